package io.ghostworks.server.tempo;

import io.ghostworks.config.DurationForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.settings.TraceQueryLimits;
import io.ghostworks.traceql.TraceSearchRequest;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.ast.TraceqlQuery;
import io.ghostworks.traceql.parse.TraceqlParseException;
import io.ghostworks.traceql.parse.TraceqlParser;
import io.ghostworks.traceql.parse.TraceqlValidationException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the parameters of a search as Tempo does, with its words for mistakes. */
final class SearchRequest {

  private static final int LIMIT_DEFAULT = 20;
  private static final Set<String> RESERVED =
      Set.of("q", "tags", "minDuration", "maxDuration", "limit", "spss", "start", "end");
  private static final Set<String> OTHERS = Set.of("since", "order", "skip_ast_transformations");

  private SearchRequest() {}

  static TraceSearchRequest read(TempoRequest request) {
    Exchange exchange = request.exchange();
    OptionalLong start = GoNumbers.unsigned(exchange, "start");
    OptionalLong end = GoNumbers.unsigned(exchange, "end");
    String text = text(exchange, start.isPresent() || end.isPresent());
    int limit = (int) GoNumbers.unsigned(exchange, "limit").orElse(LIMIT_DEFAULT);
    if (limit == 0) {
      throw RequestException.bad("invalid limit: must be a positive number");
    }
    long spansPerSet = GoNumbers.unsigned(exchange, "spss").orElse(0);
    if ((start.isPresent() || end.isPresent()) && end.orElse(0) <= start.orElse(0)) {
      throw RequestException.bad(
          "http parameter start must be before end. received start=%d end=%d"
              .formatted(start.orElse(0), end.orElse(0)));
    }
    TraceQueryLimits limits = request.limits();
    if (limits.resultsMax() > 0 && Integer.compareUnsigned(limit, limits.resultsMax()) > 0) {
      throw RequestException.bad(
          "limit %d exceeds max limit %d".formatted(limit & 0xffffffffL, limits.resultsMax()));
    }
    TraceqlQuery query = parsed(text);
    TempoTimes.Range range =
        TempoTimes.search(exchange, request.clock(), limits.searchDurationMax());
    checkRange(range, limits);
    if (limits.spansPerSetMax() > 0 && spansPerSet > limits.spansPerSetMax()) {
      throw RequestException.bad(
          "spans per span set exceeds %d. received %d"
              .formatted(limits.spansPerSetMax(), spansPerSet));
    }
    return new TraceSearchRequest(
        query,
        range.startNanos(),
        range.endNanos(),
        limit < 0 ? Integer.MAX_VALUE : limit,
        spansPerSet == 0
            ? TraceSearchRequest.DEFAULT_SPANS_PER_SPANSET
            : (int) Math.min(spansPerSet, Integer.MAX_VALUE),
        order(exchange));
  }

  /** Refuses a range that is longer than allowed. */
  static void checkRange(TempoTimes.Range range, TraceQueryLimits limits) {
    long most = limits.searchDurationMax().toSeconds();
    // Tempo's difference has no sign, so that an end before the start is too far from it.
    long seconds = range.endSeconds() - range.startSeconds();
    if (most > 0 && (seconds > most || seconds < 0)) {
      throw RequestException.bad(
          "range specified by start and end exceeds %s. received start=%d end=%d"
              .formatted(
                  TempoTimes.shown(limits.searchDurationMax()),
                  range.startSeconds(),
                  range.endSeconds()));
    }
  }

  private static TraceSearchRequest.Order order(Exchange exchange) {
    String order = exchange.parameter("order").orElse("newest");
    return switch (order) {
      case "newest" -> TraceSearchRequest.Order.NEWEST_FIRST;
      case "longest" -> TraceSearchRequest.Order.LONGEST_FIRST;
      default ->
          throw RequestException.bad(
              "invalid order: must be newest or longest, got " + GoNumbers.quoted(order));
    };
  }

  /** The query; a search by tags as one. */
  private static String text(Exchange exchange, boolean ranged) {
    String query = exchange.parameter("q").orElse("");
    String tags = exchange.parameter("tags").orElse("");
    if (!query.isEmpty() && !tags.isEmpty()) {
      throw RequestException.bad("invalid request: can't specify tags and q in the same query");
    }
    Map<String, String> wanted =
        query.isEmpty() && tags.isEmpty() && !ranged
            ? namedByParameters(exchange)
            : LogfmtTags.read(tags);
    long min = milliseconds(exchange, "minDuration");
    long max = milliseconds(exchange, "maxDuration");
    if (max > 0 && min > max) {
      throw RequestException.bad("invalid maxDuration: must be greater than minDuration");
    }
    return query.isEmpty() ? LegacyTags.query(wanted, min, max) : query;
  }

  /** The oldest form of a search: each parameter is a tag. */
  private static Map<String, String> namedByParameters(Exchange exchange) {
    Map<String, String> tags = new LinkedHashMap<>();
    exchange.parameters().keySet().stream()
        .filter(name -> !RESERVED.contains(name) && !OTHERS.contains(name))
        .forEach(name -> exchange.parameter(name).ifPresent(value -> tags.put(name, value)));
    return tags;
  }

  private static long milliseconds(Exchange exchange, String name) {
    String text = exchange.parameter(name).orElse("");
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return DurationForm.GO.parse(text).toMillis();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new RequestException(
          400, "invalid %s: time: invalid duration %s".formatted(name, GoNumbers.quoted(text)), e);
    }
  }

  /** A valid search; of a metrics query the spans that it computes with. */
  static TraceqlQuery parsed(String text) {
    try {
      TraceqlQuery query = TraceqlParser.parseValid(text);
      return switch (query.expression()) {
        case QueryExpression.Search search -> query;
        case QueryExpression.Metrics metrics ->
            new TraceqlQuery(new QueryExpression.Search(metrics.pipeline()), query.hints());
        case QueryExpression.Arithmetic arithmetic ->
            throw RequestException.bad(
                "invalid TraceQL query: arithmetic between queries gives series, no traces");
      };
    } catch (TraceqlParseException | TraceqlValidationException e) {
      throw new RequestException(400, "invalid TraceQL query: " + e.getMessage(), e);
    }
  }
}
