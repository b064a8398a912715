package io.ghostworks.query.histogram;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;

/** Finds out whether a counter began anew between two histograms. */
public final class HistogramReset {

  private HistogramReset() {}

  /**
   * Whether the histogram cannot follow the previous one without a reset: a count became smaller, a
   * populated bucket went away, or the resolution became finer. A hint of the histogram decides
   * alone.
   */
  public static boolean detect(FloatHistogram current, FloatHistogram previous) {
    if (current.counterReset() == CounterReset.RESET) {
      return true;
    }
    if (current.counterReset() == CounterReset.NOT_RESET) {
      return false;
    }
    if (current.count() < previous.count()) {
      return true;
    }
    if (current.usesCustomBuckets()) {
      if (!previous.usesCustomBuckets()) {
        return true;
      }
      if (!MutableHistogram.sameBounds(current.customBounds(), previous.customBounds())) {
        return detectInCommonBounds(current, previous);
      }
    }
    if (current.schema() > previous.schema()
        || current.zeroThreshold() < previous.zeroThreshold()) {
      return true;
    }
    MutableHistogram before = MutableHistogram.of(previous);
    if (!current.usesCustomBuckets()) {
      ZeroBucket zero = ZeroBucket.widen(before, current.zeroThreshold(), false);
      if (zero.threshold() != current.zeroThreshold() || current.zeroCount() < zero.count()) {
        return true;
      }
    }
    MutableHistogram now = MutableHistogram.of(current);
    before.reduceTo(current.schema());
    return detect(now, now.positive(), before.positive())
        || detect(now, now.negative(), before.negative());
  }

  private static boolean detect(MutableHistogram now, BucketSide current, BucketSide previous) {
    int i = firstAboveZero(now, current);
    for (int j = firstAboveZero(now, previous); j < previous.size(); j++) {
      while (i < current.size() && current.index(i) < previous.index(j)) {
        i++;
      }
      boolean same = i < current.size() && current.index(i) == previous.index(j);
      if (same ? current.count(i) < previous.count(j) : previous.count(j) != 0) {
        return true;
      }
    }
    return false;
  }

  private static int firstAboveZero(MutableHistogram layout, BucketSide side) {
    int from = 0;
    if (!layout.usesCustomBuckets() && layout.zeroThreshold() != 0) {
      while (from < side.size() && layout.bound(side.index(from)) <= layout.zeroThreshold()) {
        from++;
      }
    }
    return from;
  }

  private static boolean detectInCommonBounds(FloatHistogram current, FloatHistogram previous) {
    double[] common = CustomBounds.intersect(current.customBounds(), previous.customBounds());
    double[] now = sums(current, common);
    double[] before = sums(previous, common);
    for (int i = 0; i < now.length; i++) {
      if (now[i] < before[i]) {
        return true;
      }
    }
    return false;
  }

  private static double[] sums(FloatHistogram histogram, double[] bounds) {
    double[] sums = new double[bounds.length + 1];
    BucketSide side = MutableHistogram.of(histogram).positive();
    double[] own = histogram.customBounds();
    int at = 0;
    for (int i = 0; i < side.size(); i++) {
      double upper = ExponentialBounds.upper(side.index(i), histogram.schema(), own);
      while (at < bounds.length && bounds[at] < upper) {
        at++;
      }
      sums[at] += side.count(i);
    }
    return sums;
  }
}
