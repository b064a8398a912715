package io.ghostworks.server.jaeger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.config.DurationForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.wire.JsonMistake;
import io.ghostworks.wire.jaeger.json.JaegerIds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what requests of version 1 ask, and refuses it in Jaeger's words.
 *
 * <p>Source: jaegertracing/jaeger cmd/query/app query_parser (1.x) and cmd/jaeger/internal/
 * extension/jaegerquery/internal (2.x).
 */
final class JaegerParameters {

  static final int LIMIT_MAX = 10_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int LIMIT_DEFAULT = 100;
  private static final int TAGS_MAX = 100;
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LOOKBACK_DEFAULT_NANOS = 48L * 3_600 * 1_000_000_000;
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

  private final Exchange exchange;
  private final long nowNanos;

  JaegerParameters(Exchange exchange, long nowNanos) {
    this.exchange = exchange;
    this.nowNanos = nowNanos;
  }

  /** A search; without a service it is one over all of them. */
  TraceQuery query() {
    long end = micros("end", nowNanos);
    long lookback = duration("lookback", LOOKBACK_DEFAULT_NANOS);
    long min = duration("minDuration", 0);
    long max = duration("maxDuration", 0);
    if (min != 0 && max != 0 && max < min) {
      throw RequestException.bad("'maxDuration' should be greater than 'minDuration'");
    }
    return new TraceQuery(
        exchange.parameter("service").orElse(""),
        exchange.parameter("operation").orElse(""),
        conditions(tags()),
        micros("start", end - lookback),
        end,
        min,
        max,
        limit());
  }

  private int limit() {
    String text = exchange.parameter("limit").orElse(Integer.toString(LIMIT_DEFAULT));
    long limit = whole(text, "limit");
    if (limit < 1 || limit > LIMIT_MAX) {
      throw RequestException.bad(
          "unable to parse param 'limit': must be from 1 to %d, got %d"
              .formatted(LIMIT_MAX, limit));
    }
    return (int) limit;
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String tag : exchange.parameters("tag")) {
      int colon = tag.indexOf(':');
      if (colon < 0) {
        throw RequestException.bad(
            "malformed 'tag' parameter, expecting key:value, received: " + tag);
      }
      tags.put(tag.substring(0, colon), tag.substring(colon + 1));
    }
    for (String json : exchange.parameters("tags")) {
      if (!json.isEmpty()) {
        tags.putAll(jsonTags(json, "malformed 'tags' parameter, cannot unmarshal JSON: "));
      }
    }
    return tags;
  }

  /**
   * An object of texts, numbers and truths.
   *
   * @param mistake how it is told that it is none
   */
  static Map<String, String> jsonTags(String json, String mistake) {
    JsonNode object;
    try {
      object = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new RequestException(400, mistake + JsonMistake.text(e), e);
    }
    if (!object.isObject()) {
      throw RequestException.bad(mistake + "it must be an object of texts");
    }
    Map<String, String> tags = new LinkedHashMap<>();
    object
        .properties()
        .forEach(property -> {
          if (!property.getValue().isValueNode()) {
            throw RequestException.bad(
                mistake + "the value of '%s' must be a text".formatted(property.getKey()));
          }
          tags.put(property.getKey(), property.getValue().asText());
        });
    return tags;
  }

  /** What tags ask. */
  static List<TagCondition> conditions(Map<String, String> tags) {
    if (tags.size() > TAGS_MAX) {
      throw RequestException.bad(
          "a search may have at most %d tags, got %d".formatted(TAGS_MAX, tags.size()));
    }
    try {
      return tags.entrySet().stream()
          .map(tag -> TagCondition.of(tag.getKey(), tag.getValue()))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether spans are wanted as they are stored. */
  boolean raw() {
    return truth("raw");
  }

  boolean truth(String name) {
    String text = exchange.parameter(name).orElse("false");
    if (!TRUE.contains(text) && !FALSE.contains(text)) {
      throw mistake(name, "strconv.ParseBool: parsing \"%s\": invalid syntax".formatted(text));
    }
    return TRUE.contains(text);
  }

  /** Refuses times that are none; a trace is found whatever they are. */
  void checkTimes() {
    micros("start", 0);
    micros("end", 0);
  }

  /** A time in microseconds since the epoch, as nanoseconds. */
  long micros(String name, long absentNanos) {
    return scaled(name, absentNanos, NANOS_PER_MICRO);
  }

  /** A time or duration in milliseconds, as nanoseconds. */
  long millis(String name, long absentNanos) {
    return scaled(name, absentNanos, NANOS_PER_MILLI);
  }

  private long scaled(String name, long absent, long unit) {
    return exchange
        .parameter(name)
        .map(text -> {
          try {
            return Math.multiplyExact(whole(text, name), unit);
          } catch (ArithmeticException e) {
            throw mistake(
                name, "strconv.ParseInt: parsing \"%s\": value out of range".formatted(text));
          }
        })
        .orElse(absent);
  }

  private static long whole(String text, String name) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw mistake(name, "strconv.ParseInt: parsing \"%s\": invalid syntax".formatted(text));
    }
  }

  /** A duration with a unit; {@code lookback} of the user interface may also say {@code custom}. */
  private long duration(String name, long absent) {
    String text = exchange.parameter(name).orElse("");
    if (text.isEmpty() || (name.equals("lookback") && text.equals("custom"))) {
      return absent;
    }
    return name.equals("lookback") ? lookback(text, absent) : goDuration(text, name);
  }

  /** The user interface's lookback has days and weeks too; start and end say it exactly. */
  private long lookback(String text, long absent) {
    try {
      return DurationForm.PROMETHEUS.parse(text).toNanos();
    } catch (IllegalArgumentException | ArithmeticException e) {
      return absent;
    }
  }

  /** A duration as Go reads it, in nanoseconds. */
  static long goDuration(String text, String name) {
    try {
      return DurationForm.GO.parse(text).toNanos();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw mistake(name, "time: invalid duration \"%s\"".formatted(text));
    }
  }

  /** The trace that the path names. */
  JaegerIds.TraceId traceId() {
    return traceId(exchange.variable("traceId"), "");
  }

  /** The traces that parameters name. */
  List<JaegerIds.TraceId> traceIds() {
    return exchange.parameters("traceID").stream()
        .map(text -> traceId(text, "cannot parse traceID param: "))
        .toList();
  }

  private static JaegerIds.TraceId traceId(String text, String prefix) {
    try {
      return JaegerIds.parseTrace(text);
    } catch (IllegalArgumentException e) {
      throw new RequestException(400, prefix + e.getMessage(), e);
    }
  }

  static RequestException mistake(String name, String reason) {
    return RequestException.bad("unable to parse param '%s': %s".formatted(name, reason));
  }
}
