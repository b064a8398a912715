package io.ghostworks.collector.generator;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.record.Distributions;
import java.util.Arrays;

/**
 * The positive buckets of a native histogram, dense from the lowest to the highest one in use. When
 * there are more than allowed, pairs of them are merged. Not thread-safe.
 *
 * <p>Source: the behaviour of prometheus client_golang's histogram.go, which besides widens the
 * zero bucket or begins anew where this only merges.
 */
final class ExponentialBuckets {
  private static final int SCHEMA_MAX = 8;
  private static final int SCHEMA_MIN = -4;
  private static final double ZERO_THRESHOLD = 0x1p-128;
  private static final int[] NO_INTS = {};
  private static final double[] NO_DOUBLES = {};

  private final int bucketsMax;
  private final boolean dense;
  private int schema;
  private double[] bounds;
  private double[] counts = new double[16];
  private int lowest;
  private int size;
  private int used;
  private double zeroCount;

  private ExponentialBuckets(int schema, int bucketsMax, boolean dense) {
    this.bucketsMax = bucketsMax;
    this.dense = dense;
    this.schema = schema;
    this.bounds = bounds(schema);
  }

  /** Buckets that are never finer than a factor; a factor of 0 counts empty ones in between too. */
  static ExponentialBuckets of(GeneratorSettings.Histograms histograms) {
    boolean dense = histograms.bucketFactor() == 0;
    int schema = dense ? SCHEMA_MAX : schema(histograms.bucketFactor());
    return new ExponentialBuckets(schema, histograms.bucketsMax(), dense);
  }

  /** The coarsest schema whose buckets grow by no more than the factor. */
  static int schema(double bucketFactor) {
    double log = Math.log(Math.log(bucketFactor) / Math.log(2)) / Math.log(2);
    return (int) Math.clamp(-Math.floor(log), SCHEMA_MIN, SCHEMA_MAX);
  }

  private static double[] bounds(int schema) {
    double[] bounds = new double[schema <= 0 ? 1 : 1 << schema];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = Math.pow(2, (double) i / bounds.length - 1);
    }
    return bounds;
  }

  void observe(double value, double weight) {
    if (value <= ZERO_THRESHOLD) {
      zeroCount += weight;
      return;
    }
    add(index(value), weight);
    while ((dense ? size : used) > bucketsMax && schema > SCHEMA_MIN) {
      halve();
    }
  }

  /** The bucket whose upper bound is the smallest that is not below the value. */
  private int index(double value) {
    int exponent = Math.getExponent(value) + 1;
    double fraction = value / Math.scalb(1.0, exponent);
    if (schema > 0) {
      int at = Arrays.binarySearch(bounds, fraction);
      return (at >= 0 ? at : -at - 1) + (exponent - 1) * bounds.length;
    }
    int key = fraction == 0.5 ? exponent - 1 : exponent;
    return (key + (1 << -schema) - 1) >> -schema;
  }

  private void add(int index, double weight) {
    if (size == 0) {
      lowest = index;
    }
    int low = Math.min(lowest, index);
    int high = Math.max(lowest + size - 1, index);
    if (low < lowest || high - low + 1 > counts.length) {
      double[] larger =
          new double[Math.max(counts.length, Integer.highestOneBit(high - low + 1) << 1)];
      System.arraycopy(counts, 0, larger, lowest - low, size);
      counts = larger;
    }
    lowest = low;
    size = high - low + 1;
    used += counts[index - lowest] == 0 ? 1 : 0;
    counts[index - lowest] += weight;
  }

  private void halve() {
    double[] before = Arrays.copyOf(counts, size);
    int first = lowest;
    counts = new double[16];
    size = 0;
    used = 0;
    schema--;
    bounds = bounds(schema);
    for (int i = 0; i < before.length; i++) {
      if (before[i] != 0) {
        add((first + i + 1) >> 1, before[i]);
      }
    }
  }

  /** Adds the row of an OTLP point, whose buckets are named by their lower bounds. */
  int distribution(Distributions into, double sum, boolean zero) {
    long zeros = zero ? 0 : Math.round(zeroCount);
    long all = zeros;
    int buckets = zero ? 0 : size;
    for (int i = 0; i < buckets; i++) {
      long rounded = Math.round(counts[i]);
      into.counts().add(rounded);
      all += rounded;
    }
    return into.end(
        Distributions.HAS_SUM,
        all,
        zero ? 0 : sum,
        0,
        0,
        schema,
        zeros,
        0,
        buckets == 0 ? 0 : lowest - 1,
        0,
        buckets);
  }

  /**
   * @param reset whether this is the first sample since the histogram began
   */
  FloatHistogram histogram(double count, double sum, boolean reset) {
    int[] offsets = new int[used];
    int[] lengths = new int[used];
    double[] kept = new double[used];
    int spans = 0;
    int buckets = 0;
    int next = 0;
    for (int i = 0; i < size; i++) {
      if (counts[i] == 0) {
        continue;
      }
      int index = lowest + i;
      if (spans == 0 || index != next) {
        offsets[spans] = spans == 0 ? index : index - next;
        spans++;
      }
      lengths[spans - 1]++;
      kept[buckets++] = counts[i];
      next = index + 1;
    }
    return new FloatHistogram(
        reset ? FloatHistogram.CounterReset.RESET : FloatHistogram.CounterReset.UNKNOWN,
        schema,
        ZERO_THRESHOLD,
        zeroCount,
        count,
        sum,
        Arrays.copyOf(offsets, spans),
        Arrays.copyOf(lengths, spans),
        kept,
        NO_INTS,
        NO_INTS,
        NO_DOUBLES,
        NO_DOUBLES);
  }
}
