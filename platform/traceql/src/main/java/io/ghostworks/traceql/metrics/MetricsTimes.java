package io.ghostworks.traceql.metrics;

import io.ghostworks.config.DurationForm;
import io.ghostworks.query.QueryException;
import java.time.Duration;

/** How a metrics query's range and step become steps, as Tempo's query frontend does it. */
public final class MetricsTimes {

  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;
  private static final long MINUTE = 60 * SECOND;
  private static final long[] GRANULARITIES = {
    60 * MINUTE, 5 * MINUTE, MINUTE, 15 * SECOND, 5 * SECOND, SECOND
  };
  private static final int POINTS = 240;

  private MetricsTimes() {}

  /**
   * The step of a range that names none: about 240 steps, in whole granularities; below a minute in
   * multiples of 50 ms.
   */
  public static long defaultStepNanos(long startNanos, long endNanos) {
    long range = endNanos - startNanos;
    long baseline = range / POINTS;
    if (range < MINUTE) {
      long least = 50 * MILLISECOND;
      return baseline > least ? baseline / least * least : least;
    }
    for (long granularity : GRANULARITIES) {
      if (baseline > granularity) {
        return baseline / granularity * granularity;
      }
    }
    return SECOND;
  }

  /**
   * The steps of a range query: multiples of the step since the epoch that take the range in, and
   * one more before it.
   *
   * @param stepNanos 0 for the default
   * @throws QueryException in Tempo's words if the range or the step is out of bounds
   */
  static Steps range(long startNanos, long endNanos, long stepNanos, MetricsOptions options) {
    check(startNanos, endNanos, options);
    long step = stepNanos == 0 ? defaultStepNanos(startNanos, endNanos) : stepNanos;
    if (step < 0) {
      throw bad("step must be greater than 0");
    }
    long range = endNanos - startNanos;
    if (range / step > options.stepsMax()) {
      throw bad(
          "step of %s is too small, minimum step for given range is %s"
              .formatted(duration(step), duration(range / options.stepsMax())));
    }
    long start = startNanos - startNanos % step;
    long end = endNanos % step == 0 ? endNanos : endNanos + (step - endNanos % step);
    if (end < 0) {
      throw bad("end plus one step must be before the year 2262");
    }
    return Steps.range(start > step ? start - step : start, end, step);
  }

  /** The one step of an instant query. */
  static Steps instant(long startNanos, long endNanos, MetricsOptions options) {
    check(startNanos, endNanos, options);
    return Steps.instant(startNanos, endNanos);
  }

  private static void check(long startNanos, long endNanos, MetricsOptions options) {
    // Tempo's times have no sign: one before the epoch lies behind all others.
    if (startNanos < 0 || startNanos >= endNanos) {
      throw bad("end must be greater than start");
    }
    long most = options.rangeMax().toNanos();
    if (most > 0 && endNanos - startNanos > most) {
      throw bad(
          "metrics query time range exceeds the maximum allowed duration of " + duration(most));
    }
  }

  private static String duration(long nanos) {
    return DurationForm.GO.format(Duration.ofNanos(nanos));
  }

  private static QueryException bad(String message) {
    return new QueryException(QueryException.Kind.BAD_QUERY, message);
  }
}
