package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.Expr;

/**
 * rate, increase and delta of anchored and smoothed selectors: no extrapolation; the values at the
 * borders are those of the samples before them, or interpolated.
 */
final class ExtendedRate {

  private ExtendedRate() {}

  static void apply(RangeStep step, boolean counter, boolean perSecond) {
    SampleWindow window = step.window();
    boolean smoothed = step.extension() == Expr.Extension.SMOOTHED;
    long startMs = step.startMs();
    long endMs = step.endMs();
    int last = window.floats() - 1;
    int first = Math.max(0, firstAfter(window, startMs, last) - 1);
    if (smoothed) {
      last = firstFrom(window, endMs, last);
    }
    if (window.floatTime(last) <= startMs || (smoothed && window.floatTime(first) > endMs)) {
      return;
    }
    double left = left(window, first, startMs, smoothed, counter);
    double right = right(window, last, endMs, smoothed, counter);
    double result = right - left;
    if (counter) {
      if (window.floatTime(first) <= startMs) {
        first++;
      }
      if (window.floatTime(last) >= endMs) {
        last--;
      }
      result += resets(window, first, last, left, right);
    }
    step.give(perSecond ? result / step.rangeSeconds() : result);
  }

  private static int firstAfter(SampleWindow window, long timeMs, int limit) {
    int at = 0;
    while (at < limit && window.floatTime(at) <= timeMs) {
      at++;
    }
    return at;
  }

  private static int firstFrom(SampleWindow window, long timeMs, int limit) {
    int at = 0;
    while (at < limit && window.floatTime(at) < timeMs) {
      at++;
    }
    return at;
  }

  private static double left(
      SampleWindow window, int first, long startMs, boolean smoothed, boolean counter) {
    return smoothed && window.floatTime(first) < startMs
        ? interpolate(window, first, startMs, counter)
        : window.value(first);
  }

  private static double right(
      SampleWindow window, int last, long endMs, boolean smoothed, boolean counter) {
    return smoothed && last > 0 && window.floatTime(last) > endMs
        ? interpolate(window, last - 1, endMs, counter)
        : window.value(last);
  }

  /** The value at a time between a sample and the next; after a reset a counter starts at 0. */
  static double interpolate(SampleWindow window, int index, long timeMs, boolean counter) {
    double before = window.value(index);
    double after = window.value(index + 1);
    double from = counter && after < before ? 0 : before;
    long fromMs = window.floatTime(index);
    return from
        + (after - from)
            * (double) (timeMs - fromMs)
            / (double) (window.floatTime(index + 1) - fromMs);
  }

  private static double resets(
      SampleWindow window, int first, int last, double left, double right) {
    double correction = 0;
    double before = left;
    for (int i = first; i <= last; i++) {
      if (window.value(i) < before) {
        correction += before;
      }
      before = window.value(i);
    }
    return right < before ? correction + before : correction;
  }

  /** The samples of a range with values at its borders, as an extended matrix selector gives. */
  static SeriesPoints points(SampleWindow window, long startMs, long endMs, boolean smoothed) {
    int last = window.floats() - 1;
    int first = Math.max(0, firstAfter(window, startMs, last) - 1);
    if (smoothed) {
      last = firstFrom(window, endMs, last);
    }
    if (last < 0 || window.floatTime(last) <= startMs) {
      return new SeriesPoints(window.labels(), new long[0], new double[0], null);
    }
    double left = left(window, first, startMs, smoothed, false);
    double right = right(window, last, endMs, smoothed, false);
    if (window.floatTime(first) <= startMs) {
      first++;
    }
    if (window.floatTime(last) >= endMs) {
      last--;
    }
    int inner = Math.max(last - first + 1, 0);
    long[] times = new long[inner + 2];
    double[] values = new double[inner + 2];
    times[0] = startMs;
    values[0] = left;
    for (int i = 0; i < inner; i++) {
      times[i + 1] = window.floatTime(first + i);
      values[i + 1] = window.value(first + i);
    }
    times[inner + 1] = endMs;
    values[inner + 1] = right;
    return new SeriesPoints(window.labels(), times, values, null);
  }
}
