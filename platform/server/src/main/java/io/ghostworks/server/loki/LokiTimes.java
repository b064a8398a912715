package io.ghostworks.server.loki;

import io.ghostworks.config.DurationForm;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Times as Loki takes them: nanoseconds since the epoch, or seconds where the number has at most
 * ten digits or a fraction, or RFC 3339.
 */
final class LokiTimes {

  /** Without a start: for queries. */
  static final Duration QUERY_RANGE = Duration.ofHours(1);

  /** Without a start: for labels and series. */
  static final Duration LABELS_RANGE = Duration.ofHours(6);

  private static final int SECONDS_DIGITS_MAX = 10;
  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);

  private LokiTimes() {}

  /**
   * @param startNanos inclusive
   * @param endNanos exclusive
   */
  record Range(long startNanos, long endNanos) {}

  static Range range(Exchange exchange, Clock clock, Duration absentRange) {
    long end =
        exchange.parameter("end").map(text -> nanos("end", text)).orElseGet(clock::epochNanos);
    long start =
        exchange
            .parameter("start")
            .map(text -> nanos("start", text))
            .orElseGet(() -> end - since(exchange, absentRange).toNanos());
    if (end < start) {
      throw RequestException.bad("end timestamp must not be before or equal to start time");
    }
    return new Range(start, end);
  }

  private static Duration since(Exchange exchange, Duration absent) {
    return exchange
        .parameter("since")
        .map(text -> {
          try {
            return DurationForm.PROMETHEUS.parse(text);
          } catch (IllegalArgumentException e) {
            throw new RequestException(
                400, "could not parse 'since' parameter: " + e.getMessage(), e);
          }
        })
        .orElse(absent);
  }

  static long nanos(String name, String text) {
    try {
      if (text.matches("-?[0-9]+")) {
        long value = Long.parseLong(text);
        return text.length() <= SECONDS_DIGITS_MAX
            ? Math.multiplyExact(value, 1_000_000_000L)
            : value;
      }
      if (text.matches("-?[0-9]+\\.[0-9]+")) {
        return new BigDecimal(text).multiply(NANOS_PER_SECOND).longValue();
      }
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
      throw new RequestException(
          400, "could not parse '%s' parameter: invalid timestamp '%s'".formatted(name, text), e);
    }
  }
}
