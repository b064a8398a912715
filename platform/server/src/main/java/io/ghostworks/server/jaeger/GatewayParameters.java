package io.ghostworks.server.jaeger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.config.DurationForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.wire.jaeger.json.JaegerIds;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads what requests of version 3 ask over HTTP: parameters of the query string with their new
 * names and their deprecated ones, or the same as a JSON body.
 *
 * <p>Source: jaegertracing/jaeger cmd/jaeger/internal/extension/jaegerquery/internal/apiv3
 * query_parser.
 */
final class GatewayParameters {

  static final int LIMIT_DEFAULT = 100;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final Set<String> TRUTHS =
      Set.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");

  private final Function<String, Optional<String>> values;

  private GatewayParameters(Function<String, Optional<String>> values) {
    this.values = values;
  }

  /** Of the query string. */
  static GatewayParameters ofQuery(Exchange exchange) {
    return new GatewayParameters(exchange::parameter);
  }

  /** Of the query string, or of the body of a POST. */
  static GatewayParameters ofSearch(Exchange exchange) {
    if (!exchange.method().equals("POST")) {
      return ofQuery(exchange);
    }
    try {
      JsonNode query = MAPPER.readTree(exchange.body()).path("query");
      return new GatewayParameters(name -> of(query, name));
    } catch (IOException e) {
      throw new RequestException(400, "malformed body: it must be JSON", e);
    }
  }

  private static Optional<String> of(JsonNode query, String name) {
    JsonNode value =
        query.path(name.startsWith("query.") ? name.substring("query.".length()) : name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    String text = value.isValueNode() ? value.asText() : value.toString();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** A search. */
  TraceQuery query() {
    if (values.apply("query.filter").isPresent()) {
      throw filterRefused();
    }
    String min = find("query.startTimeMin", "query.start_time_min").orElse("");
    String max = find("query.startTimeMax", "query.start_time_max").orElse("");
    if (min.isEmpty() || max.isEmpty()) {
      throw RequestException.bad("query.startTimeMin and query.startTimeMax are required");
    }
    long start = nanos(min, "query.startTimeMin");
    long end = nanos(max, "query.startTimeMax");
    if (start >= end) {
      throw RequestException.bad("query.startTimeMin must be before query.startTimeMax");
    }
    checkTruth("query.rawTraces", "query.raw_traces");
    return new TraceQuery(
        find("query.serviceName", "query.service_name").orElse(""),
        find("query.operationName", "query.operation_name").orElse(""),
        attributes(),
        start,
        end - 1,
        duration("query.durationMin", "query.duration_min"),
        duration("query.durationMax", "query.duration_max"),
        limit());
  }

  /** Jaeger has it behind a gate, which is closed by default. */
  static RequestException filterRefused() {
    return RequestException.bad(
        "the structured query filter is disabled: ask with attributes, whose keys may end in '!',"
            + " '~' and '!~'");
  }

  private List<TagCondition> attributes() {
    return values
        .apply("query.attributes")
        .map(json ->
            JaegerParameters.conditions(
                JaegerParameters.jsonTags(json, "malformed parameter query.attributes: ")))
        .orElse(List.of());
  }

  private int limit() {
    String text =
        find("query.searchDepth", "query.search_depth")
            .or(() -> values.apply("query.num_traces"))
            .orElse("");
    if (text.isEmpty()) {
      return LIMIT_DEFAULT;
    }
    int limit;
    try {
      limit = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw malformed(
          "query.searchDepth", "strconv.Atoi: parsing \"%s\": invalid syntax".formatted(text), e);
    }
    if (limit < 1 || limit > JaegerParameters.LIMIT_MAX) {
      throw RequestException.bad(
          "search depth must be greater than 0 and at most %d, got %d"
              .formatted(JaegerParameters.LIMIT_MAX, limit));
    }
    return limit;
  }

  private long duration(String name, String deprecated) {
    return find(name, deprecated)
        .map(text -> {
          try {
            return DurationForm.GO.parse(text).toNanos();
          } catch (IllegalArgumentException | ArithmeticException e) {
            throw malformed(name, "time: invalid duration \"%s\"".formatted(text), e);
          }
        })
        .orElse(0L);
  }

  /** A parameter under its new name, else under its old one. */
  Optional<String> find(String name, String deprecated) {
    return values.apply(name).or(() -> values.apply(deprecated));
  }

  /** A time that must be there, in nanoseconds since the epoch. */
  long time(String name, String deprecated) {
    String text =
        find(name, deprecated).orElseThrow(() -> RequestException.bad(deprecated + " is required"));
    return nanos(text, name);
  }

  /** Refuses options of a look-up by id that are none. */
  void checkTraceOptions() {
    find("startTime", "start_time").ifPresent(text -> nanos(text, "startTime"));
    find("endTime", "end_time").ifPresent(text -> nanos(text, "endTime"));
    checkTruth("rawTraces", "raw_traces");
  }

  private void checkTruth(String name, String deprecated) {
    find(name, deprecated)
        .filter(text -> !TRUTHS.contains(text))
        .ifPresent(text -> {
          throw RequestException.bad(
              "malformed parameter %s: strconv.ParseBool: parsing \"%s\": invalid syntax"
                  .formatted(name, text));
        });
  }

  static JaegerIds.TraceId traceId(String text) {
    try {
      return JaegerIds.parseTrace(text);
    } catch (IllegalArgumentException e) {
      throw malformed("trace_id", String.valueOf(e.getMessage()), e);
    }
  }

  /** RFC 3339; a plus that came unescaped is a blank by now. */
  private static long nanos(String text, String name) {
    try {
      Instant instant = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw malformed(name, "parsing time \"%s\" as RFC 3339".formatted(text), e);
    }
  }

  private static RequestException malformed(String name, String reason, Exception cause) {
    return new RequestException(400, "malformed parameter %s: %s".formatted(name, reason), cause);
  }
}
