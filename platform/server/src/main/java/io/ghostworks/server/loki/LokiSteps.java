package io.ghostworks.server.loki;

import io.ghostworks.config.DurationForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;

/**
 * Checks the {@code step} and {@code interval} of a range query as Loki does, also where the query
 * gives lines and the step changes nothing.
 */
final class LokiSteps {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final int POINTS_MAX = 11_000;

  private LokiSteps() {}

  static void check(Exchange exchange, LokiTimes.Range range) {
    exchange.parameter("step").map(LokiSteps::nanos).ifPresent(step -> check(step, range));
    exchange.parameter("interval").map(LokiSteps::nanos).ifPresent(LokiSteps::checkInterval);
  }

  private static void check(long step, LokiTimes.Range range) {
    if (step <= 0) {
      throw RequestException.bad(
          "zero or negative query resolution step widths are not accepted. Try a positive integer");
    }
    if ((range.endNanos() - range.startNanos()) / step > POINTS_MAX) {
      throw RequestException.bad(
          "exceeded maximum resolution of 11,000 points per time series. Try increasing the value of the step parameter");
    }
  }

  private static void checkInterval(long interval) {
    if (interval < 0) {
      throw RequestException.bad("interval must be >= 0");
    }
    if (interval > 0) {
      throw RequestException.bad(
          "the parameter 'interval' is not supported by this version: leave it out and all lines are given");
    }
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
