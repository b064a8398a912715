package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.promql.ast.Function;
import io.ghostworks.query.histogram.MutableHistogram;
import io.ghostworks.query.level.FloatFacts;
import io.ghostworks.query.level.HistogramFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions over range vectors where a window has downsampled rows. Where rows cover the range
 * as it is, the result is what the samples give, within rounding; functions that ask for single
 * samples give an estimate. The bounds stand in docs/downsampling.md.
 */
final class LevelFunctions {
  private final LevelWindow rows;
  private final RangeStep step;
  private final long rangeMs;

  LevelFunctions(LevelWindow rows, RangeStep step, long rangeMs) {
    this.rows = rows;
    this.step = step;
    this.rangeMs = rangeMs;
  }

  void apply(Function function) {
    if (rows.count() == 0) {
      return;
    }
    switch (function) {
      case RATE -> rate(true, true);
      case INCREASE -> rate(true, false);
      case DELTA -> rate(false, false);
      case IRATE -> lastDifference(true);
      case IDELTA -> lastDifference(false);
      case RESETS -> step.give((double) rows.resets());
      case CHANGES -> step.give((double) rows.changes());
      case COUNT_OVER_TIME -> step.give(rows.count() * share());
      case SUM_OVER_TIME -> sum();
      case AVG_OVER_TIME -> average();
      case PRESENT_OVER_TIME, ABSENT_OVER_TIME -> step.give(1);
      case FIRST_OVER_TIME -> first();
      case LAST_OVER_TIME -> last();
      case TS_OF_FIRST_OVER_TIME -> step.give(firstMs() / 1000.0);
      case TS_OF_LAST_OVER_TIME -> step.give(lastMs() / 1000.0);
      default -> ofFloats(function);
    }
  }

  private void ofFloats(Function function) {
    if (!rows.hasFloats()) {
      return;
    }
    if (rows.hasHistograms()) {
      step.annotations()
          .ignoredInMixedRange(step.window().metricName(), step.firstArgumentPosition());
    }
    FloatFacts floats = rows.floats();
    switch (function) {
      case MAX_OVER_TIME -> step.give(floats.max());
      case MIN_OVER_TIME -> step.give(floats.min());
      case TS_OF_MAX_OVER_TIME -> step.give(LevelEstimates.timeOf(rows, true) / 1000.0);
      case TS_OF_MIN_OVER_TIME -> step.give(LevelEstimates.timeOf(rows, false) / 1000.0);
      case STDVAR_OVER_TIME -> step.give(floats.squares() / floats.count());
      case STDDEV_OVER_TIME -> step.give(Math.sqrt(floats.squares() / floats.count()));
      case QUANTILE_OVER_TIME -> quantile();
      case MAD_OVER_TIME -> step.give(new LevelEstimates(rows).medianDeviation());
      case DERIV, PREDICT_LINEAR -> {
        if (floats.count() > 1) {
          LevelEstimates.trend(rows, step, function == Function.PREDICT_LINEAR);
        }
      }
      case DOUBLE_EXPONENTIAL_SMOOTHING -> {
        Trend.checkFactors(step);
        if (floats.count() > 1) {
          step.give(LevelEstimates.smoothed(rows, step.argument(0), step.argument(1)));
        }
      }
      default -> throw new IllegalStateException("no range function: " + function);
    }
  }

  private void quantile() {
    double q = step.argument(0);
    if (!(q >= 0 && q <= 1)) {
      step.annotations().invalidQuantile(q, step.firstArgumentPosition());
    }
    step.give(new LevelEstimates(rows).quantile(q));
  }

  /** What part of the range is of what the rows cover. */
  private double share() {
    long coveredMs = rows.endMs() - rows.startMs();
    return coveredMs == rangeMs ? 1 : (double) rangeMs / coveredMs;
  }

  private boolean isMixed() {
    if (!rows.hasFloats() || !rows.hasHistograms()) {
      return false;
    }
    step.annotations()
        .mixedFloatsHistograms(step.window().metricName(), step.firstArgumentPosition());
    return true;
  }

  private void rate(boolean counter, boolean perSecond) {
    if (isMixed() || rows.count() < 2) {
      return;
    }
    if (rows.hasFloats()) {
      FloatFacts floats = rows.floats();
      double result = floats.last() - floats.first();
      if (counter) {
        result += floats.correction();
      }
      double zeroShare =
          counter && result > 0 && floats.first() >= 0 ? floats.first() / result : Double.NaN;
      step.give(
          result
              * factor(
                  floats.firstMs(), floats.lastMs(), floats.count() - 1, zeroShare, perSecond));
      return;
    }
    List<HistogramFacts> all = rows.histograms();
    MutableHistogram result = LevelHistograms.difference(step, all, counter);
    if (result != null) {
      double before = all.getFirst().first().count();
      double zeroShare =
          counter && result.count() > 0 && before >= 0 ? before / result.count() : Double.NaN;
      double factor =
          factor(
              all.getFirst().firstMs(),
              all.getLast().lastMs(),
              rows.histogramSamples() - 1,
              zeroShare,
              perSecond);
      step.give(result.multiply(factor).toHistogram());
    }
  }

  /** As in {@link Rate}, for the range that the rows cover. */
  private double factor(
      long firstMs, long lastMs, long intervals, double zeroShare, boolean perSecond) {
    double toStart = (firstMs - rows.startMs()) / 1000.0;
    double toEnd = (rows.endMs() - lastMs) / 1000.0;
    double sampled = (lastMs - firstMs) / 1000.0;
    double mean = sampled / intervals;
    double threshold = mean * 1.1;
    if (toStart >= threshold) {
      toStart = mean / 2;
    }
    if (!Double.isNaN(zeroShare)) {
      toStart = Math.min(toStart, sampled * zeroShare);
    }
    if (toEnd >= threshold) {
      toEnd = mean / 2;
    }
    double factor = sampled == 0 ? 1 : (sampled + toStart + toEnd) / sampled;
    long coveredMs = rows.endMs() - rows.startMs();
    if (!perSecond) {
      return coveredMs == rangeMs ? factor : factor * rangeMs / coveredMs;
    }
    return factor / (coveredMs == rangeMs ? step.rangeSeconds() : coveredMs / 1000.0);
  }

  /** Of the last two samples, or, where they stand in one row with others, its mean difference. */
  private void lastDifference(boolean rate) {
    if (rows.count() < 2 || isMixed()) {
      return;
    }
    if (rows.hasHistograms()) {
      lastHistogramDifference(rate);
      return;
    }
    LastFloats last = new LastFloats();
    rows.forEachFloats(last::see);
    if (last.toMs == last.fromMs) {
      return;
    }
    double difference = last.to - last.from;
    if (rate) {
      difference += last.intervals == 1 && last.to < last.from ? last.from : last.lost;
      step.give(difference / ((last.toMs - last.fromMs) / 1000.0));
    } else {
      step.give(difference / last.intervals);
    }
  }

  private void lastHistogramDifference(boolean rate) {
    List<HistogramFacts> all = rows.histograms();
    HistogramFacts last = all.getLast();
    int from = last.count() > 1 ? all.size() - 1 : all.size() - 2;
    List<HistogramFacts> pair = all.subList(from, all.size());
    HistogramFacts start = pair.getFirst();
    if (pair.size() == 2) {
      HistogramFacts before = new HistogramFacts().clear();
      before.add(start.lastMs(), start.last());
      start = before;
      pair = List.of(before, last);
    }
    MutableHistogram result = LevelHistograms.difference(step, pair, rate);
    if (result == null) {
      return;
    }
    double intervals = pair.size() == 2 ? 1 : last.count() - 1.0;
    double seconds = (last.lastMs() - start.firstMs()) / 1000.0;
    step.give(
        result
            .divide(rate ? seconds : intervals)
            .setHint(CounterReset.GAUGE)
            .compact()
            .toHistogram());
  }

  private void sum() {
    if (isMixed()) {
      return;
    }
    if (rows.hasFloats()) {
      step.give((0 + rows.floats().sum()) * share());
      return;
    }
    MutableHistogram sum = LevelHistograms.sum(step, rows.histograms());
    if (sum != null) {
      double share = share();
      step.give((share == 1 ? sum : sum.multiply(share)).toHistogram());
    }
  }

  private void average() {
    if (isMixed()) {
      return;
    }
    if (rows.hasFloats()) {
      step.give(rows.floats().mean());
      return;
    }
    MutableHistogram sum = LevelHistograms.sum(step, rows.histograms());
    if (sum != null) {
      step.give(sum.divide(rows.histogramSamples()).toHistogram());
    }
  }

  private void first() {
    if (rows.hasHistograms()
        && (!rows.hasFloats()
            || rows.histograms().getFirst().firstMs() < rows.floats().firstMs())) {
      step.give(rows.histograms().getFirst().first());
    } else {
      step.give(rows.floats().first());
    }
  }

  private void last() {
    @Nullable FloatHistogram histogram =
        rows.hasHistograms()
                && (!rows.hasFloats()
                    || rows.histograms().getLast().lastMs() > rows.floats().lastMs())
            ? rows.histograms().getLast().last()
            : null;
    if (histogram != null) {
      step.give(histogram);
    } else {
      step.give(rows.floats().last());
    }
  }

  private long firstMs() {
    long f = rows.hasFloats() ? rows.floats().firstMs() : Long.MAX_VALUE;
    return rows.hasHistograms() ? Math.min(f, rows.histograms().getFirst().firstMs()) : f;
  }

  private long lastMs() {
    long f = rows.hasFloats() ? rows.floats().lastMs() : Long.MIN_VALUE;
    return rows.hasHistograms() ? Math.max(f, rows.histograms().getLast().lastMs()) : f;
  }

  /** The last two samples as far as they are known. */
  private static final class LastFloats {
    private long fromMs;
    private double from;
    private long toMs;
    private double to;
    private double lost;
    private double intervals;

    void see(FloatFacts facts) {
      boolean single = facts.count() == 1;
      fromMs = single ? toMs : facts.firstMs();
      from = single ? to : facts.first();
      lost = single ? 0 : facts.correction();
      intervals = single ? 1 : facts.count() - 1.0;
      toMs = facts.lastMs();
      to = facts.last();
    }
  }
}
