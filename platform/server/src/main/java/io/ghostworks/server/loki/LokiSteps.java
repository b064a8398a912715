package io.ghostworks.server.loki;

import io.ghostworks.config.DurationForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;

/** {@code step} and {@code interval} of a request, as Loki takes them. */
final class LokiSteps {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int POINTS_MAX = 11_000;

  /** A request without a step has so many steps, none shorter than a second. */
  private static final int ABSENT_STEPS = 250;

  /** How many steps an aligned range may be longer. */
  static final int ALIGNED_STEPS = 2;

  private LokiSteps() {}

  /**
   * The step, at least 1 ns, also where the answer is lines and the step changes nothing.
   *
   * @throws RequestException if it is not positive or gives too many points
   */
  static long stepNanos(Exchange exchange, LokiTimes.Range range) {
    long length = range.endNanos() - range.startNanos();
    long step =
        exchange.parameter("step").map(LokiSteps::nanos).orElseGet(() -> absentStep(length));
    if (step <= 0) {
      throw RequestException.bad(
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    if (length / step > POINTS_MAX) {
      throw RequestException.bad(
          "exceeded maximum resolution of 11,000 points per time series. Try increasing the value"
              + " of the step parameter");
    }
    return step;
  }

  /**
   * The range of a metric query, from the last multiple of the step at or before its start to the
   * first at or after its end: Loki's frontend asks so, and counts kept by step answer it.
   */
  static LokiTimes.Range aligned(LokiTimes.Range range, long step) {
    long start = range.startNanos();
    long end = range.endNanos();
    long over = end % step;
    return new LokiTimes.Range(start - start % step, over == 0 ? end : end + step - over);
  }

  private static long absentStep(long lengthNanos) {
    return Math.max(1, lengthNanos / NANOS_PER_SECOND / ABSENT_STEPS) * NANOS_PER_SECOND;
  }

  /** How far apart the lines of an answer must be; 0 if all are wanted. */
  static long intervalNanos(Exchange exchange) {
    long interval = exchange.parameter("interval").map(LokiSteps::nanos).orElse(0L);
    if (interval < 0) {
      throw RequestException.bad("interval must be >= 0");
    }
    return interval;
  }

  /** Seconds with or without a fraction, or a duration. */
  private static long nanos(String text) {
    try {
      if (text.matches("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]{1,2})?")) {
        double nanos = Double.parseDouble(text) * NANOS_PER_SECOND;
        if (Math.abs(nanos) > Long.MAX_VALUE) {
          throw RequestException.bad(
              "cannot parse \"%s\" to a valid duration. It overflows int64".formatted(text));
        }
        return (long) nanos;
      }
      return DurationForm.PROMETHEUS.parse(text).toNanos();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new RequestException(400, "cannot parse \"%s\" to a valid duration".formatted(text), e);
    }
  }
}
