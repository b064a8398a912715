package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.query.histogram.HistogramEquality;
import io.ghostworks.query.histogram.HistogramHints;
import io.ghostworks.query.histogram.HistogramReset;
import io.ghostworks.query.histogram.IncompatibleHistogramsException;
import io.ghostworks.query.histogram.MutableHistogram;
import io.ghostworks.query.level.HistogramFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums and differences of histograms that stand in downsampled rows. */
final class LevelHistograms {
  private LevelHistograms() {}

  static boolean isReset(FloatHistogram next, FloatHistogram before) {
    return HistogramReset.detect(next, before);
  }

  static boolean isChange(FloatHistogram next, FloatHistogram before) {
    return !HistogramEquality.sameData(next, before);
  }

  /** The difference of the last and the first one; null with a note where they do not fit. */
  static @Nullable MutableHistogram difference(
      RangeStep step, List<HistogramFacts> all, boolean counter) {
    String name = step.window().metricName();
    boolean anyGauge = false;
    boolean anyCounter = false;
    int schema = Integer.MAX_VALUE;
    for (HistogramFacts facts : all) {
      boolean gauge = HistogramHints.isGauge(facts.last());
      anyGauge |= gauge;
      anyCounter |= !gauge;
      schema = Math.min(schema, facts.last().schema());
    }
    if (counter && anyGauge) {
      step.annotations().notCounter(name, step.firstArgumentPosition());
    }
    if (!counter && anyCounter) {
      step.annotations().notGauge(name, step.firstArgumentPosition());
    }
    FloatHistogram first = all.getFirst().first();
    FloatHistogram last = all.getLast().last();
    try {
      MutableHistogram result = MutableHistogram.of(last);
      if (!last.usesCustomBuckets()) {
        result.reduceTo(schema);
      }
      note(step, result.subtract(first), Annotations.Operation.SUBTRACTION);
      FloatHistogram before = null;
      for (HistogramFacts facts : all) {
        if (counter && before != null && isReset(facts.first(), before)) {
          note(step, result.add(before), Annotations.Operation.ADDITION);
        }
        FloatHistogram lost = facts.correction();
        if (counter && lost != null) {
          note(step, result.add(lost), Annotations.Operation.ADDITION);
        }
        before = facts.last();
      }
      return result.setHint(CounterReset.GAUGE).compact();
    } catch (IncompatibleHistogramsException e) {
      step.annotations().mixedSchemas(name, step.firstArgumentPosition());
      return null;
    }
  }

  /** The sum of all; null with a note where they do not fit. */
  static @Nullable MutableHistogram sum(RangeStep step, List<HistogramFacts> all) {
    try {
      MutableHistogram sum = MutableHistogram.of(all.getFirst().sum());
      for (HistogramFacts facts : all.subList(1, all.size())) {
        note(step, sum.addCompensated(facts.sum()), Annotations.Operation.AGGREGATION);
      }
      return sum.settle();
    } catch (IncompatibleHistogramsException e) {
      step.annotations().mixedSchemas(step.window().metricName(), step.firstArgumentPosition());
      return null;
    }
  }

  private static void note(
      RangeStep step, MutableHistogram.Outcome outcome, Annotations.Operation operation) {
    if (outcome.boundsReconciled()) {
      step.annotations().reconciledBounds(operation, step.firstArgumentPosition());
    }
  }
}
