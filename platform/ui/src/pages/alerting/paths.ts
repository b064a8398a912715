/** The addresses of the pages about rules, receivers and routes. */
export const RULE_PAGES = /^\/alerting\/(?:new|rules|receivers|templates|backtest|review|lint)(?:\/.*)?$/;

/** The addresses of the pages about what is going on, and of Grafana's that lead there. */
export const STATE_PAGES = /^\/(?:alerts|alerting(?:\/(?:alerts|incidents|silences|silence|notifications|routing|alertmanager|list|groups|routes)(?:\/.*)?)?)$/;
