/** Prometheus's HTTP API over the series engine, PromQL, the scrape loops and the rules. */
package io.ghostworks.server.prometheus;
