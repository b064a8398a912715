package io.ghostworks.server.tempo;

import io.ghostworks.config.DurationForm;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/**
 * The ranges of requests as Tempo reads them: seconds, fractions of seconds, nanoseconds or RFC
 * 3339, or {@code since}. Unlike there, no end is pulled back: what was acknowledged is visible.
 */
final class TempoTimes {

  static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** How far ahead of this clock spans may be. */
  private static final Duration AHEAD = Duration.ofMinutes(10);

  private static final Duration DEFAULT_METRICS_RANGE = Duration.ofHours(1);
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern FRACTION = Pattern.compile("[+-]?[0-9]*\\.[0-9]*([eE][+-]?[0-9]+)?");

  private TempoTimes() {}

  /** From start to end, both in nanoseconds since the epoch. */
  record Range(long startNanos, long endNanos) {
    long startSeconds() {
      return startNanos / NANOS_PER_SECOND;
    }

    long endSeconds() {
      return endNanos / NANOS_PER_SECOND;
    }
  }

  /**
   * The range of a search, in whole seconds; as long as may be asked for if the request names none.
   *
   * @param longest what may be asked for; 0 is no limit
   */
  static Range search(Exchange exchange, Clock clock, Duration longest) {
    long now = clock.epochNanos() / NANOS_PER_SECOND;
    String start = exchange.parameter("start").orElse("");
    String end = exchange.parameter("end").orElse("");
    String since = exchange.parameter("since").orElse("");
    try {
      if (!since.isEmpty()) {
        return seconds(now - since(since).toSeconds(), now);
      }
      if (start.isEmpty() && end.isEmpty()) {
        Duration range = longest.isZero() ? Duration.ofDays(7) : longest;
        long latest = now + AHEAD.toSeconds();
        return seconds(latest - range.toSeconds(), latest);
      }
      if (start.isEmpty() || end.isEmpty()) {
        throw RequestException.bad(
            "only one of start and end provided: must provide both or neither");
      }
      return seconds(
          nanos("start", start) / NANOS_PER_SECOND, nanos("end", end) / NANOS_PER_SECOND);
    } catch (RequestException e) {
      throw new RequestException(400, "error parsing date range: " + e.getMessage(), e);
    }
  }

  private static Range seconds(long start, long end) {
    return new Range(
        Math.multiplyExact(Math.max(0, start), NANOS_PER_SECOND),
        Math.multiplyExact(Math.max(0, end), NANOS_PER_SECOND));
  }

  /** The range of a metrics query; the last hour if the request names none. */
  static Range metrics(Exchange exchange, Clock clock) {
    long now = clock.epochNanos();
    Duration since =
        exchange.parameter("since").map(TempoTimes::since).orElse(DEFAULT_METRICS_RANGE);
    long end = exchange.parameter("end").map(text -> nanos("end", text)).orElse(now);
    long start =
        exchange
            .parameter("start")
            .map(text -> nanos("start", text))
            .orElse(Math.min(end, now) - since.toNanos());
    return new Range(start, end);
  }

  private static Duration since(String text) {
    try {
      return DurationForm.PROMETHEUS.parse(text);
    } catch (IllegalArgumentException e) {
      throw new RequestException(
          400,
          "could not parse 'since' parameter: not a valid duration string: "
              + GoNumbers.quoted(text),
          e);
    }
  }

  private static long nanos(String name, String text) {
    try {
      if (FRACTION.matcher(text).matches()) {
        return new BigDecimal(text).movePointRight(9).longValueExact();
      }
      if (WHOLE.matcher(text).matches()) {
        long value = Long.parseLong(text);
        return text.length() <= 10 ? Math.multiplyExact(value, NANOS_PER_SECOND) : value;
      }
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
      throw new RequestException(
          400,
          "could not parse '%s' parameter: strconv.ParseInt: parsing %s: %s"
              .formatted(
                  name,
                  GoNumbers.quoted(text),
                  WHOLE.matcher(text).matches() ? "value out of range" : "invalid syntax"),
          e);
    }
  }

  /** A length of time as Go's {@code time.Duration} prints it: {@code 168h0m0s}. */
  static String shown(Duration duration) {
    return DurationForm.GO.format(duration);
  }
}
