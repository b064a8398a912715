package io.ghostworks.server.traces;

import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.parse.TraceqlParseException;
import io.ghostworks.traceql.parse.TraceqlParser;
import io.ghostworks.traceql.parse.TraceqlValidationException;
import java.time.Duration;

/**
 * What a comparison of two sets of spans asks for.
 *
 * @param startNanos of the range that the spans' traces overlap
 * @param spansMax of each set
 */
record SetsRequest(
    Pipeline selection,
    Pipeline baseline,
    long startNanos,
    long endNanos,
    int spansMax,
    int attributesMax,
    int valuesMax) {
  private static final Duration RANGE_DEFAULT = Duration.ofHours(1);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  static SetsRequest of(Exchange exchange, Clock clock) {
    long end = seconds(exchange, "end", clock.epochNanos());
    long start = seconds(exchange, "start", end - RANGE_DEFAULT.toNanos());
    if (end <= start) {
      throw RequestException.bad("the parameter 'start' must be before 'end'");
    }
    return new SetsRequest(
        pipeline("selection", exchange.parameter("selection").orElse("")),
        pipeline("baseline", exchange.parameter("baseline").orElse("{ }")),
        start,
        end,
        Numbers.whole(exchange, "spans", 5_000, 1, 20_000),
        Numbers.whole(exchange, "attributes", 50, 1, 500),
        Numbers.whole(exchange, "values", 10, 1, 100));
  }

  private static long seconds(Exchange exchange, String name, long absent) {
    String text = exchange.parameter(name).orElse("");
    if (text.isEmpty()) {
      return absent;
    }
    if (!text.matches("[0-9]{1,10}")) {
      throw RequestException.bad(
          "the parameter '%s' must be seconds since the epoch, got '%s'".formatted(name, text));
    }
    return Math.min(Long.parseLong(text), Long.MAX_VALUE / NANOS_PER_SECOND) * NANOS_PER_SECOND;
  }

  private static Pipeline pipeline(String name, String query) {
    try {
      if (TraceqlParser.parseValid(query).expression() instanceof QueryExpression.Search search) {
        return search.pipeline();
      }
    } catch (TraceqlParseException | TraceqlValidationException e) {
      throw new RequestException(
          400, "the parameter '%s' must be TraceQL: %s".formatted(name, e.getMessage()), e);
    }
    throw RequestException.bad(
        "the parameter '%s' must name spans, not metrics: '%s'".formatted(name, query));
  }
}
