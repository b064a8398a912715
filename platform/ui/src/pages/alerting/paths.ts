/** The addresses of the pages about rules, receivers and routes. */
export const RULE_PAGES = /^\/alerting\/(?:new|rules|receivers|templates|backtest|review|lint)(?:\/.*)?$/;
