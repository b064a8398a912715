package io.ghostworks.server.loki;

import io.ghostworks.config.DurationForm;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.settings.LogQueryLimits;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Times as Loki takes them: nanoseconds since the epoch, or seconds where the number has at most
 * ten digits or a fraction, or RFC 3339.
 */
final class LokiTimes {

  /** How far a request without a start reaches back. */
  private static final Duration ABSENT_RANGE = Duration.ofHours(1);

  private static final int SECONDS_DIGITS_MAX = 10;
  private static final double SECONDS_MAX = 9_000_000_000.0;

  private LokiTimes() {}

  /**
   * @param startNanos inclusive
   * @param endNanos exclusive
   */
  record Range(long startNanos, long endNanos) {}

  /**
   * The range of a request within its tenants' limits; an empty one where all of it lies further
   * back than they allow.
   */
  static Range range(LokiRequest request) {
    return limited(bounds(request.exchange(), request.clock()), request.limits(), request.clock());
  }

  /** The range as the request names it. */
  static Range bounds(Exchange exchange, Clock clock) {
    long end =
        exchange.parameter("end").map(text -> nanos("end", text)).orElseGet(clock::epochNanos);
    Duration since = since(exchange);
    long endOrNow = Math.min(end, clock.epochNanos());
    long start =
        exchange
            .parameter("start")
            .map(text -> nanos("start", text))
            .orElseGet(() -> endOrNow - since.toNanos());
    if (end < start) {
      throw RequestException.bad("end timestamp must not be before or equal to start time");
    }
    return new Range(start, end);
  }

  /** The part of a range that limits allow to look at. */
  static Range limited(Range range, LogQueryLimits limits, Clock clock) {
    long start = range.startNanos();
    if (!limits.lookbackMax().isZero()) {
      long oldest = clock.epochNanos() - limits.lookbackMax().toNanos();
      if (range.endNanos() < oldest) {
        return new Range(range.endNanos(), range.endNanos());
      }
      start = Math.max(start, oldest);
    }
    Duration length = Duration.ofNanos(range.endNanos()).minus(Duration.ofNanos(start));
    if (!limits.lengthMax().isZero() && length.compareTo(limits.lengthMax()) > 0) {
      throw RequestException.bad(
          "the query time range exceeds the limit (query length: %s, limit: %s)"
              .formatted(
                  DurationForm.GO.format(length),
                  DurationForm.PROMETHEUS.format(limits.lengthMax())));
    }
    return new Range(start, range.endNanos());
  }

  private static Duration since(Exchange exchange) {
    return exchange
        .parameter("since")
        .map(text -> {
          try {
            return DurationForm.PROMETHEUS.parse(text);
          } catch (IllegalArgumentException e) {
            throw new RequestException(
                400,
                "could not parse 'since' parameter: not a valid duration string: \"%s\""
                    .formatted(text),
                e);
          }
        })
        .orElse(ABSENT_RANGE);
  }

  static long nanos(String name, String text) {
    try {
      if (text.matches("[-+]?[0-9]+")) {
        long value = Long.parseLong(text);
        return text.length() <= SECONDS_DIGITS_MAX
            ? Math.multiplyExact(value, 1_000_000_000L)
            : value;
      }
      if (text.matches("[-+]?[0-9]*\\.[0-9]+([eE][-+]?[0-9]{1,2})?")) {
        return fractional(Double.parseDouble(text));
      }
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    } catch (ArithmeticException | NumberFormatException e) {
      throw refused(name, text, "value out of range", e);
    } catch (DateTimeException e) {
      throw refused(name, text, "invalid syntax", e);
    }
  }

  private static RequestException refused(String name, String text, String why, Exception cause) {
    return new RequestException(
        400,
        "could not parse '%s' parameter: strconv.ParseInt: parsing \"%s\": %s"
            .formatted(name, text, why),
        cause);
  }

  /** Seconds with a fraction, of which Loki keeps milliseconds. */
  private static long fractional(double time) {
    double seconds = time < 0 ? Math.ceil(time) : Math.floor(time);
    double millis = (time - seconds) * 1000;
    double fraction = Math.copySign(Math.floor(Math.abs(millis) + 0.5), millis) / 1000;
    if (Math.abs(seconds) > SECONDS_MAX) {
      throw new ArithmeticException("beyond 64 bits");
    }
    return Math.addExact(((long) seconds) * 1_000_000_000L, (long) (fraction * 1e9));
  }
}
