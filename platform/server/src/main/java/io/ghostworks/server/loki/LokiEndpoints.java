package io.ghostworks.server.loki;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Endpoint;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.settings.LogQueryLimits;
import io.ghostworks.server.tenants.TenantUnion;
import java.util.function.Function;

/**
 * Makes endpoints of what reads log records: the query is listed and can be stopped, several
 * tenants are read as one, and what goes wrong is told in Loki's words and status codes.
 */
final class LokiEndpoints {

  private static final String CANCELED = "The request was cancelled by the client.";
  private static final String TIMED_OUT =
      "Request timed out, decrease the duration of the request or add more label matchers (prefer"
          + " exact match over regex match) to reduce the amount of data processed.";

  private final RecordSource records;
  private final Queries queries;
  private final Function<TenantId, LogQueryLimits> limits;

  LokiEndpoints(RecordSource records, Queries queries, Function<TenantId, LogQueryLimits> limits) {
    this.records = records;
    this.queries = queries;
    this.limits = limits;
  }

  /** Answers a request. */
  @FunctionalInterface
  interface Reading {
    Answer answer(LokiRequest request);
  }

  /** An endpoint that looks up what there is. */
  Endpoint lookup(Reading reading) {
    return queries.endpoint((exchange, context) -> answer(reading, exchange, context));
  }

  /** An endpoint that evaluates the query of its requests when it is its turn. */
  Endpoint evaluation(Reading reading) {
    return exchange ->
        queries.evaluate(
            exchange,
            "logql",
            exchange.parameter("query").orElse(""),
            limits(exchange).timeout(),
            (e, context) -> answer(reading, e, context));
  }

  Clock clock() {
    return queries.clock();
  }

  LogQueryLimits limits(Exchange exchange) {
    return TenantLimits.of(exchange.tenants(), limits);
  }

  /** The log records of a request's tenants. */
  RecordSource records(Exchange exchange) {
    return exchange.tenants().size() == 1 ? records : new TenantUnion(records, exchange.tenants());
  }

  private Answer answer(Reading reading, Exchange exchange, QueryContext context) {
    try {
      return reading.answer(
          new LokiRequest(exchange, context, records(exchange), limits(exchange), queries.clock()));
    } catch (QueryException e) {
      throw inLokisWords(e);
    }
  }

  /** What Loki answers to a query that failed so. */
  static RequestException inLokisWords(QueryException e) {
    return switch (e.kind()) {
      case BAD_QUERY, LIMIT -> new RequestException(400, String.valueOf(e.getMessage()), e);
      case EXECUTION -> new RequestException(500, String.valueOf(e.getMessage()), e);
      case TIMEOUT -> new RequestException(504, TIMED_OUT, e);
      case CANCELED -> new RequestException(499, CANCELED, e);
    };
  }
}
