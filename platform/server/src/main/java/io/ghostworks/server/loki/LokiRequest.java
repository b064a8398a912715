package io.ghostworks.server.loki;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.settings.LogQueryLimits;

/**
 * What is asked of the log records of a request's tenants.
 *
 * @param records those of all its tenants
 * @param limits of its tenants: of several the smallest
 */
record LokiRequest(
    Exchange exchange,
    QueryContext context,
    RecordSource records,
    LogQueryLimits limits,
    Clock clock) {

  /** The text of the query, "" if there is none. */
  String query() {
    return exchange.parameter("query").orElse("");
  }
}
