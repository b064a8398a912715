package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.query.histogram.HistogramEquality;
import io.ghostworks.query.histogram.HistogramReset;
import org.jspecify.annotations.Nullable;

/** The functions resets and changes: how often a sample follows another in a certain way. */
final class Changes {

  private Changes() {}

  static void apply(RangeStep step, boolean resets) {
    SampleWindow window = step.window();
    int f = 0;
    int h = 0;
    if (step.extension() == Expr.Extension.ANCHORED) {
      int floatsBefore = countFloatsUntil(window, step.startMs());
      int histogramsBefore = countHistogramsUntil(window, step.startMs());
      if (floatsBefore == window.floats() && histogramsBefore == window.histograms()) {
        return;
      }
      f = floatsBefore;
      h = histogramsBefore;
      boolean anyBefore = f + h > 0;
      boolean floatIsNewest =
          h == 0 || (f > 0 && window.floatTime(f - 1) >= window.histogramTime(h - 1));
      if (anyBefore && floatIsNewest) {
        f--;
      } else if (anyBefore) {
        h--;
      }
    }
    count(step, resets, f, h);
  }

  private static int countFloatsUntil(SampleWindow window, long timeMs) {
    int count = 0;
    while (count < window.floats() && window.floatTime(count) <= timeMs) {
      count++;
    }
    return count;
  }

  private static int countHistogramsUntil(SampleWindow window, long timeMs) {
    int count = 0;
    while (count < window.histograms() && window.histogramTime(count) <= timeMs) {
      count++;
    }
    return count;
  }

  private static void count(RangeStep step, boolean resets, int firstFloat, int firstHistogram) {
    SampleWindow window = step.window();
    int f = firstFloat;
    int h = firstHistogram;
    boolean first = true;
    double beforeValue = 0;
    FloatHistogram before = null;
    long beforeTime = 0;
    long beforeStart = 0;
    int count = 0;
    while (f < window.floats() || h < window.histograms()) {
      double value = 0;
      FloatHistogram histogram = null;
      long time;
      long start;
      if (h >= window.histograms()
          || (f < window.floats() && window.floatTime(f) < window.histogramTime(h))) {
        time = window.floatTime(f);
        start = window.floatStart(f);
        value = window.value(f++);
      } else {
        time = window.histogramTime(h);
        start = window.histogramStart(h);
        histogram = window.histogram(h++);
      }
      if (!first
          && (follows(resets, beforeValue, before, value, histogram)
              || (resets && StartReset.between(beforeStart, beforeTime, start, time)))) {
        count++;
      }
      beforeTime = time;
      beforeStart = start;
      first = false;
      beforeValue = value;
      before = histogram;
    }
    step.give(count);
  }

  private static boolean follows(
      boolean resets,
      double beforeValue,
      @Nullable FloatHistogram before,
      double value,
      @Nullable FloatHistogram histogram) {
    if (before == null && histogram == null) {
      return resets
          ? value < beforeValue
          : value != beforeValue && !(Double.isNaN(value) && Double.isNaN(beforeValue));
    }
    if (before == null || histogram == null) {
      return true;
    }
    return resets
        ? HistogramReset.detect(histogram, before)
        : !HistogramEquality.sameData(histogram, before);
  }
}
