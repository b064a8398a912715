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

  /**
   * The difference of the last and the first one, with what a counter lost in between; null with a
   * note where they do not fit. A first histogram that is followed by a reset counts nothing, so
   * that its layout does not matter.
   */
  static @Nullable MutableHistogram difference(
      RangeStep step, List<HistogramFacts> all, boolean counter) {
    noteHints(step, all, counter);
    FloatHistogram first = all.getFirst().first();
    FloatHistogram last = all.getLast().last();
    boolean withoutFirst =
        counter
            && all.size() > 1
            && all.getFirst().count() == 1
            && isReset(all.get(1).first(), first);
    List<HistogramFacts> relevant = withoutFirst ? all.subList(1, all.size()) : all;
    if (isMixed(counter ? relevant : List.of(all.getFirst(), all.getLast()))) {
      step.annotations().mixedSchemas(step.window().metricName(), step.firstArgumentPosition());
      return null;
    }
    try {
      MutableHistogram result = MutableHistogram.of(last);
      if (!last.usesCustomBuckets()) {
        result.reduceTo(counter ? schema(relevant) : Math.min(first.schema(), last.schema()));
      }
      if (!withoutFirst) {
        note(step, result.subtract(first), Annotations.Operation.SUBTRACTION);
      }
      if (counter) {
        addLost(step, relevant, result);
      }
      return result.setHint(CounterReset.GAUGE).compact();
    } catch (IncompatibleHistogramsException e) {
      step.annotations().mixedSchemas(step.window().metricName(), step.firstArgumentPosition());
      return null;
    }
  }

  /** As in Prometheus: a gauge among a counter's histograms is noted, of a gauge's the ends are. */
  private static void noteHints(RangeStep step, List<HistogramFacts> all, boolean counter) {
    String name = step.window().metricName();
    if (counter && all.stream().anyMatch(facts -> HistogramHints.isGauge(facts.last()))) {
      step.annotations().notCounter(name, step.firstArgumentPosition());
    }
    if (!counter
        && !(HistogramHints.isGauge(all.getFirst().first())
            && HistogramHints.isGauge(all.getLast().last()))) {
      step.annotations().notGauge(name, step.firstArgumentPosition());
    }
  }

  private static boolean isMixed(List<HistogramFacts> all) {
    boolean custom = all.getLast().last().usesCustomBuckets();
    return all.stream().anyMatch(facts -> facts.first().usesCustomBuckets() != custom);
  }

  private static int schema(List<HistogramFacts> all) {
    int schema = Integer.MAX_VALUE;
    for (HistogramFacts facts : all) {
      schema = Math.min(schema, facts.last().schema());
    }
    return schema;
  }

  private static void addLost(RangeStep step, List<HistogramFacts> all, MutableHistogram result) {
    FloatHistogram before = null;
    for (HistogramFacts facts : all) {
      if (before != null && isReset(facts.first(), before)) {
        note(step, result.add(before), Annotations.Operation.ADDITION);
      }
      FloatHistogram lost = facts.correction();
      if (lost != null) {
        note(step, result.add(lost), Annotations.Operation.ADDITION);
      }
      before = facts.last();
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
