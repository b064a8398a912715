package io.ghostworks.server.prometheus;

import io.ghostworks.config.DurationForm;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.text.QuotedText;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import java.time.DateTimeException;
import java.time.Duration;

/**
 * Times and durations as Prometheus's API takes them: seconds as a number, or RFC 3339; a number of
 * seconds, or a Prometheus duration. Errors are its own words.
 */
final class TimeParameters {

  /**
   * Prometheus's own bounds for "any time": what {@code series} and {@code labels} take without
   * start or end.
   */
  static final long EARLIEST_MS = Long.MIN_VALUE / 1000 / 1000;

  static final long LATEST_MS = Long.MAX_VALUE / 1000 / 1000;

  /** How Go writes those bounds, which its own reader of times does not take. */
  private static final String EARLIEST = "-292273086-05-16T16:47:06Z";

  private static final String LATEST = "292277025-08-18T07:12:54.999999999Z";
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NANOS_PER_MS = 1_000_000;

  private TimeParameters() {}

  /** A time that may be missing. */
  static long timeMs(Exchange exchange, String name, long absentMs) {
    try {
      return optionalTimeMs(exchange, name, absentMs);
    } catch (IllegalArgumentException e) {
      throw PrometheusErrors.parameter(name, String.valueOf(e.getMessage()));
    }
  }

  /**
   * A time that may be missing.
   *
   * @throws IllegalArgumentException in Prometheus's words, without the name of the parameter
   */
  static long optionalTimeMs(Exchange exchange, String name, long absentMs) {
    String text = exchange.parameter(name).orElse("");
    if (text.isEmpty()) {
      return absentMs;
    }
    try {
      return timeMs(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "invalid time value for '%s': %s".formatted(name, e.getMessage()), e);
    }
  }

  static long requiredTimeMs(Exchange exchange, String name) {
    try {
      return timeMs(exchange.parameter(name).orElse(""));
    } catch (IllegalArgumentException e) {
      throw PrometheusErrors.parameter(name, String.valueOf(e.getMessage()));
    }
  }

  /** How far evaluations are apart; more than 0. */
  static long stepNanos(Exchange exchange) {
    long nanos = durationNanos(exchange, "step");
    if (nanos <= 0) {
      throw PrometheusErrors.parameter(
          "step",
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    return nanos;
  }

  static Duration timeout(Exchange exchange, Duration longest) {
    if (exchange.parameter("timeout").isEmpty()) {
      return longest;
    }
    Duration wanted = Duration.ofNanos(durationNanos(exchange, "timeout"));
    return wanted.compareTo(longest) < 0 ? wanted : longest;
  }

  /** How old a sample may be, 0 for the default. */
  static long lookbackMs(String text) {
    try {
      return Math.max(0, durationNanos(text) / NANOS_PER_MS);
    } catch (IllegalArgumentException e) {
      throw new RequestException(
          400, "error parsing lookback delta duration: " + e.getMessage(), e);
    }
  }

  /**
   * What a request asks for beside the query itself: {@code lookback_delta} and {@code
   * max_source_resolution}.
   *
   * @param stepMs how far evaluations are apart, or 0 for one
   */
  static EngineOptions apply(Exchange exchange, long stepMs, EngineOptions options) {
    EngineOptions own = options.withResolutionMs(sourceResolutionMs(exchange, stepMs));
    return exchange
        .parameter("lookback_delta")
        .map(TimeParameters::lookbackMs)
        .filter(lookbackMs -> lookbackMs > 0)
        .map(own::withLookbackMs)
        .orElse(own);
  }

  /**
   * The coarsest resolution of downsampled samples that a query prefers to raw ones ({@code
   * max_source_resolution}): a duration, seconds, or {@code auto} for a fifth of the step; 0
   * without.
   */
  static long sourceResolutionMs(Exchange exchange, long stepMs) {
    String name = "max_source_resolution";
    String text = exchange.parameter(name).orElse("");
    if (text.isEmpty()) {
      return 0;
    }
    if (text.equals("auto")) {
      return stepMs / 5;
    }
    long nanos = durationNanos(exchange, name);
    if (nanos < 0) {
      throw PrometheusErrors.parameter(name, "must not be negative, use 0s, 5m, 1h or auto");
    }
    return nanos / NANOS_PER_MS;
  }

  private static long durationNanos(Exchange exchange, String name) {
    try {
      return durationNanos(exchange.parameter(name).orElse(""));
    } catch (IllegalArgumentException e) {
      throw PrometheusErrors.parameter(name, String.valueOf(e.getMessage()));
    }
  }

  private static long durationNanos(String text) {
    double seconds;
    try {
      seconds = GoParameters.decimal(text);
    } catch (NumberFormatException notANumber) {
      return prometheusDurationNanos(text);
    }
    double nanos = seconds * NANOS_PER_SECOND;
    if (nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
      throw new IllegalArgumentException(
          "cannot parse %s to a valid duration. It overflows int64"
              .formatted(QuotedText.quote(text)));
    }
    return (long) nanos;
  }

  private static long prometheusDurationNanos(String text) {
    try {
      return DurationForm.PROMETHEUS.parse(text).toNanos();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "cannot parse %s to a valid duration".formatted(QuotedText.quote(text)), e);
    }
  }

  /** The arithmetic is Prometheus's, so that the same milliseconds come out. */
  private static long timeMs(String text) {
    try {
      double seconds = GoParameters.decimal(text);
      if (Double.isFinite(seconds) && Math.abs(seconds) < LATEST_MS) {
        double whole = seconds < 0 ? Math.ceil(seconds) : Math.floor(seconds);
        double thousandths = (seconds - whole) * 1000;
        double fraction =
            Math.copySign(Math.floor(Math.abs(thousandths) + 0.5), thousandths) / 1000;
        return ((long) whole) * 1000
            + Math.floorDiv((long) (fraction * NANOS_PER_SECOND), NANOS_PER_MS);
      }
    } catch (NumberFormatException notANumber) {
      return namedTimeMs(text);
    }
    throw unreadable(text);
  }

  private static long namedTimeMs(String text) {
    if (text.equals(EARLIEST)) {
      return EARLIEST_MS;
    }
    if (text.equals(LATEST)) {
      return LATEST_MS;
    }
    try {
      return Rfc3339.epochMs(text);
    } catch (DateTimeException e) {
      throw unreadable(text);
    }
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "cannot parse %s to a valid timestamp".formatted(QuotedText.quote(text)));
  }
}
