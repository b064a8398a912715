package io.ghostworks.server.prometheus;

import io.ghostworks.config.DurationForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Times and durations as Prometheus's API takes them: seconds as a number, or RFC 3339; a number of
 * seconds, or a Prometheus duration.
 */
final class TimeParameters {

  /**
   * Prometheus's own bounds for "any time": what {@code series} and {@code labels} take without
   * start or end.
   */
  static final long EARLIEST_MS = Long.MIN_VALUE / 1000 / 1000;

  static final long LATEST_MS = Long.MAX_VALUE / 1000 / 1000;

  private TimeParameters() {}

  static long timeMs(Exchange exchange, String name, long absentMs) {
    String middle = "invalid time value for '%s': ".formatted(name);
    return exchange.parameter(name).map(text -> timeMs(name, middle, text)).orElse(absentMs);
  }

  static long requiredTimeMs(Exchange exchange, String name) {
    return timeMs(name, "", exchange.parameter(name).orElse(""));
  }

  static long stepMs(Exchange exchange) {
    String text = exchange.parameter("step").orElse("");
    long step = durationMs("step", text);
    if (step <= 0) {
      throw RequestException.bad(
          "invalid parameter \"step\": zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    return step;
  }

  static Duration timeout(Exchange exchange, Duration longest) {
    return exchange
        .parameter("timeout")
        .map(text -> Duration.ofMillis(durationMs("timeout", text)))
        .filter(wanted -> wanted.compareTo(longest) < 0)
        .orElse(longest);
  }

  static long durationMs(String name, String text) {
    return prefixedDurationMs(text, "invalid parameter \"%s\": ".formatted(name));
  }

  static long lookbackMs(String text) {
    return prefixedDurationMs(text, "error parsing lookback delta duration: ");
  }

  private static long prefixedDurationMs(String text, String prefix) {
    try {
      double seconds = Double.parseDouble(text);
      double ms = seconds * 1000;
      if (Double.isNaN(ms)
          || ms > 9.2e15
          || ms < -9.2e15
          || text.endsWith("d")
          || text.endsWith("f")) {
        throw new NumberFormatException("out of range");
      }
      return (long) ms;
    } catch (NumberFormatException notANumber) {
      try {
        return DurationForm.PROMETHEUS.parse(text).toMillis();
      } catch (IllegalArgumentException e) {
        throw new RequestException(
            400, prefix + "cannot parse \"%s\" to a valid duration".formatted(text), e);
      }
    }
  }

  private static long timeMs(String name, String middle, String text) {
    if (!text.isEmpty() && "+-.0123456789".indexOf(text.charAt(0)) >= 0 && !text.contains(":")) {
      try {
        double seconds = Double.parseDouble(text);
        if (Double.isFinite(seconds) && Math.abs(seconds) < 9.2e15) {
          double whole = Math.floor(seconds);
          return ((long) whole) * 1000 + Math.round((seconds - whole) * 1000);
        }
      } catch (NumberFormatException e) {
        throw badTime(name, middle, text);
      }
    }
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      return instant.toEpochMilli();
    } catch (DateTimeException e) {
      throw badTime(name, middle, text);
    }
  }

  private static RequestException badTime(String name, String middle, String text) {
    return RequestException.bad(
        "invalid parameter \"%s\": %scannot parse \"%s\" to a valid timestamp"
            .formatted(name, middle, text));
  }
}
