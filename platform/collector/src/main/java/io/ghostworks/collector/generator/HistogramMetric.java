package io.ghostworks.collector.generator;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.Distributions;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Latencies in classic buckets, with an exemplar for each, and in a native histogram, as its family
 * says. Series come in the order count, sum, buckets, native.
 */
final class HistogramMetric extends GeneratedMetric {
  private final SeriesFamily family;
  private final double[] bounds;
  private final String traceIdLabel;
  private final double[] counts;
  private final long[] exemplarHigh;
  private final long[] exemplarLow;
  private final double[] exemplarValues;
  private final long[] exemplarSpans;
  private final @Nullable ExponentialBuckets exponential;
  private boolean exemplars;
  private double count;
  private double sum;
  private double countBefore;
  private double sumBefore;

  HistogramMetric(SeriesFamily family, double[] bounds, String traceIdLabel) {
    this.family = family;
    this.bounds = bounds;
    this.traceIdLabel = traceIdLabel;
    this.counts = new double[bounds.length + 1];
    this.exemplarHigh = new long[bounds.length + 1];
    this.exemplarLow = new long[bounds.length + 1];
    this.exemplarValues = new double[bounds.length + 1];
    this.exemplarSpans = new long[bounds.length + 1];
    GeneratorSettings.Histograms histograms = family.histograms();
    this.exponential = histograms.nativeOnes() ? ExponentialBuckets.of(histograms) : null;
  }

  /** Counts a latency; a trace id of zeros gives no exemplar. */
  void observe(double seconds, double weight, long traceHigh, long traceLow, long span) {
    count += weight;
    sum += seconds * weight;
    int bucket = bucket(seconds);
    counts[bucket] += weight;
    if ((traceHigh | traceLow) != 0) {
      exemplarHigh[bucket] = traceHigh;
      exemplarLow[bucket] = traceLow;
      exemplarValues[bucket] = seconds;
      exemplarSpans[bucket] = span;
      exemplars = true;
    }
    if (exponential != null) {
      exponential.observe(seconds, weight);
    }
  }

  /** The first bucket whose bound is not below the value. */
  private int bucket(double value) {
    int low = 0;
    int high = bounds.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bounds[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  int series() {
    return family.series();
  }

  @Override
  void add(Labels labels, LabelSetTable table) {
    if (family.histograms().classic()) {
      table.add(family.labels(labels, "_count"));
      table.add(family.labels(labels, "_sum"));
      for (int bucket = 0; bucket <= bounds.length; bucket++) {
        table.add(bucketLabels(labels, bucket));
      }
    }
    if (exponential != null) {
      table.add(family.labels(labels, ""));
    }
  }

  private Labels bucketLabels(Labels labels, int bucket) {
    return family.labels(labels, "_bucket").toBuilder().set("le", le(bucket)).build();
  }

  private String le(int bucket) {
    return bucket == bounds.length
        ? "+Inf"
        : new BigDecimal(Double.toString(bounds[bucket])).stripTrailingZeros().toPlainString();
  }

  @Override
  void restore(Labels labels, RestoredSamples restored) {
    Double stored = restored.value(family.labels(labels, "_count"));
    if (!family.histograms().classic() || stored == null) {
      return;
    }
    double below = 0;
    for (int bucket = 0; bucket <= bounds.length; bucket++) {
      Double cumulative = restored.value(bucketLabels(labels, bucket));
      if (cumulative == null) {
        Arrays.fill(counts, 0);
        return; // The buckets are others now: they begin anew, with zeros.
      }
      counts[bucket] = cumulative - below;
      below = cumulative;
    }
    Double storedSum = restored.value(family.labels(labels, "_sum"));
    count = stored;
    sum = storedSum == null ? 0 : storedSum;
    countBefore = count;
    sumBefore = sum;
    setBegun();
  }

  @Override
  void write(SeriesBatch into, long timeMs, long zeroMs) {
    int set = firstSet();
    if (family.histograms().classic()) {
      zero(into, set, zeroMs);
      into.add(set++, timeMs, count);
      into.add(set++, timeMs, sum);
      double below = 0;
      for (int bucket = 0; bucket <= bounds.length; bucket++, set++) {
        zero(into, set, zeroMs);
        below += counts[bucket];
        into.add(set, timeMs, below);
        addExemplar(into, set, bucket, timeMs);
      }
    }
    if (exponential != null) {
      FloatHistogram histogram =
          exponential.histogram(count - countBefore, sum - sumBefore, !isWritten());
      into.add(set, timeMs, histogram);
      for (int bucket = 0; bucket <= bounds.length; bucket++) {
        addExemplar(into, set, bucket, timeMs);
      }
    }
    clearExemplars();
  }

  private void clearExemplars() {
    if (exemplars) {
      Arrays.fill(exemplarHigh, 0);
      Arrays.fill(exemplarLow, 0);
      exemplars = false;
    }
  }

  @Override
  void write(PointBatch into, Labels labels) {
    if (!isBegun()) {
      into.addDistribution(labels, distribution(into, true), true);
    }
    int left = family.exemplarsMax();
    for (int bucket = bounds.length; exemplars && bucket >= 0 && left > 0; bucket--) {
      if ((exemplarHigh[bucket] | exemplarLow[bucket]) != 0) {
        into.addExemplar(
            exemplarValues[bucket],
            exemplarHigh[bucket],
            exemplarLow[bucket],
            exemplarSpans[bucket]);
        left--;
      }
    }
    into.addDistribution(labels, distribution(into, false), false);
    clearExemplars();
  }

  @Override
  void writeEnd(PointBatch into, Labels labels) {
    into.addEnd(labels, distribution(into, true));
  }

  /** OTLP counts in whole numbers: of fractions what was counted up to now is rounded. */
  private int distribution(PointBatch into, boolean zero) {
    Distributions distributions = into.batch().distributions();
    if (exponential != null) {
      return exponential.distribution(distributions, sum, zero);
    }
    long all = 0;
    for (int bucket = 0; bucket <= bounds.length; bucket++) {
      long rounded = zero ? 0 : Math.round(counts[bucket]);
      distributions.counts().add(rounded);
      all += rounded;
    }
    for (double bound : bounds) {
      distributions.bounds().add(Double.doubleToRawLongBits(bound));
    }
    return distributions.end(
        Distributions.HAS_SUM, all, zero ? 0 : sum, 0, 0, 0, 0, 0, 0, 0, bounds.length + 1);
  }

  private void zero(SeriesBatch into, int set, long zeroMs) {
    if (!isBegun()) {
      into.add(set, zeroMs, 0);
    }
  }

  private void addExemplar(SeriesBatch into, int set, int bucket, long timeMs) {
    if (!exemplars || (exemplarHigh[bucket] | exemplarLow[bucket]) == 0) {
      return;
    }
    String id =
        exemplarHigh[bucket] == 0
            ? Long.toHexString(exemplarLow[bucket])
            : Long.toHexString(exemplarHigh[bucket]) + "%016x".formatted(exemplarLow[bucket]);
    into.addExemplar(
        set, new Exemplar(Labels.of(traceIdLabel, id), exemplarValues[bucket], timeMs));
  }

  @Override
  void writeStale(SeriesBatch into, long timeMs) {
    int classic = family.histograms().classic() ? bounds.length + 3 : 0;
    for (int i = 0; i < classic; i++) {
      into.addBits(firstSet() + i, timeMs, Samples.STALE_BITS);
    }
    if (exponential != null) {
      into.add(firstSet() + classic, timeMs, FloatHistogram.stale());
    }
  }
}
