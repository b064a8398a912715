package io.ghostworks.server.zipkin;

import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code /api/v2/traces} asks for. All of it must hold of a trace, each part of any of its
 * spans; a service name confines the other parts to spans of that service.
 *
 * <p>Source: the behaviour of openzipkin/zipkin QueryRequest.
 *
 * @param serviceName in lower case; "" for any, like the other names
 * @param annotations what must be there: tags with their values, and with "" tags or annotations
 *     whatever their value
 * @param minMicros 0 for none
 * @param maxMicros {@code Long.MAX_VALUE} for none
 * @param endMs since the epoch
 */
record TraceQuery(
    String serviceName,
    String remoteServiceName,
    String spanName,
    Map<String, String> annotations,
    long minMicros,
    long maxMicros,
    long endMs,
    long lookbackMs,
    int limit) {

  static final long LOOKBACK_DEFAULT_MS = 86_400_000;
  private static final int LIMIT_DEFAULT = 10;
  private static final int LIMIT_MAX = 10_000;
  private static final int PARTS_MAX = 100;

  static TraceQuery of(Exchange exchange, long nowMs) {
    String span = name(exchange, "spanName");
    long min = number(exchange, "minDuration").orElse(0L);
    long max = number(exchange, "maxDuration").orElse(Long.MAX_VALUE);
    if (exchange.parameter("minDuration").isPresent() && min <= 0) {
      throw RequestException.bad("minDuration <= 0");
    }
    if (max != Long.MAX_VALUE && min == 0) {
      throw RequestException.bad("maxDuration is only valid with minDuration");
    }
    if (max < min) {
      throw RequestException.bad("maxDuration < minDuration");
    }
    long limit = number(exchange, "limit").orElse((long) LIMIT_DEFAULT);
    if (limit <= 0) {
      throw RequestException.bad("limit <= 0");
    }
    return new TraceQuery(
        name(exchange, "serviceName"),
        name(exchange, "remoteServiceName"),
        span.equals("all") ? "" : span,
        annotations(exchange.parameter("annotationQuery").orElse("")),
        min,
        max,
        endMs(exchange, nowMs),
        lookbackMs(exchange),
        (int) Math.min(LIMIT_MAX, limit));
  }

  static long endMs(Exchange exchange, long nowMs) {
    long end = number(exchange, "endTs").orElse(nowMs);
    if (end <= 0) {
      throw RequestException.bad("endTs <= 0");
    }
    return Math.min(end, Long.MAX_VALUE / 2_000_000);
  }

  static long lookbackMs(Exchange exchange) {
    long lookback = number(exchange, "lookback").orElse(LOOKBACK_DEFAULT_MS);
    if (lookback <= 0) {
      throw RequestException.bad("lookback <= 0");
    }
    return Math.min(lookback, Long.MAX_VALUE / 2_000_000);
  }

  private static String name(Exchange exchange, String parameter) {
    return exchange.parameter(parameter).orElse("").toLowerCase(Locale.ROOT);
  }

  private static Optional<Long> number(Exchange exchange, String parameter) {
    return exchange
        .parameter(parameter)
        .map(text -> {
          try {
            return Long.parseLong(text);
          } catch (NumberFormatException e) {
            throw new RequestException(
                400, "%s must be a whole number, got '%s'".formatted(parameter, text), e);
          }
        });
  }

  /** {@code error and http.method=GET}: the last value of a tag counts. */
  private static Map<String, String> annotations(String text) {
    Map<String, String> annotations = new LinkedHashMap<>();
    if (text.isEmpty()) {
      return annotations;
    }
    for (String part : text.split(" and ", PARTS_MAX)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        annotations.putIfAbsent(part.strip(), "");
      } else {
        annotations.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    return annotations;
  }
}
