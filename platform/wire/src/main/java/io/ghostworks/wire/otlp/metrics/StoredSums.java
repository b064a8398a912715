package io.ghostworks.wire.otlp.metrics;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.Distributions;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.wire.number.DecimalText;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes up the sums of a stream of delta temporality from its series: the newest samples with a
 * start are its sums, and their start is the stream's. That a start is there tells that they are
 * sums; a stale series goes on from what it had before.
 */
final class StoredSums {
  private static final byte[] LE = PointLabels.bytes("le");
  private static final byte[] INFINITY = PointLabels.bytes("+Inf");
  private static final byte[] NONE = {};

  /** Integers up to here are told apart by floats. */
  private static final double EXACT_MAX = 1L << 53;

  private final StoredSeries stored;
  private final MetricBatch batch;
  private final PointLabels labels;
  private final boolean customBuckets;

  /**
   * @param customBuckets whether histograms with explicit bounds are stored as native ones
   */
  StoredSums(StoredSeries stored, MetricBatch batch, PointLabels labels, boolean customBuckets) {
    this.customBuckets = customBuckets;
    this.stored = stored;
    this.batch = batch;
    this.labels = labels;
  }

  /**
   * Gives a new stream the sums that are stored for it, if there are some.
   *
   * @param point the stream's next, whose labels have been entered
   * @param fromMs samples before it are too old to go on with
   */
  void restore(DeltaStream stream, TenantId tenant, int point, String family, long fromMs) {
    switch (batch.metrics().kind(batch.metric(point))) {
      case SUM -> restoreSum(stream, tenant, point, family, fromMs);
      case EXPONENTIAL_HISTOGRAM -> restoreHistogram(stream, tenant, family, fromMs);
      case HISTOGRAM -> {
        if (customBuckets) {
          restoreCustom(stream, tenant, point, family, fromMs);
        } else {
          restoreBuckets(stream, tenant, point, family, fromMs);
        }
      }
      case GAUGE, SUMMARY -> {}
    }
  }

  private void restoreSum(
      DeltaStream stream, TenantId tenant, int point, String family, long fromMs) {
    SeriesBatch known = read(tenant, family, fromMs);
    for (int row = known.rows() - 1; row >= 0; row--) {
      if (!known.isHistogram(row) && isSum(known, row)) {
        double sum = Double.longBitsToDouble(known.valueBits(row));
        boolean whole = batch.valueKind(point) == MetricBatch.INT_VALUE && isExact(sum);
        stream.restore(
            known.timestampMs(row),
            known.startTimestampMs(row),
            whole ? (long) sum : 0,
            whole ? 0 : sum);
        return;
      }
    }
  }

  private void restoreHistogram(DeltaStream stream, TenantId tenant, String family, long fromMs) {
    SeriesBatch known = read(tenant, family, fromMs);
    int row = newestHistogram(known, false);
    if (row >= 0) {
      stream.restore(known.timestampMs(row), known.startTimestampMs(row), known.histogram(row));
    }
  }

  /** The native histogram does not tell whether the points have a sum: the next point does. */
  private void restoreCustom(
      DeltaStream stream, TenantId tenant, int point, String family, long fromMs) {
    SeriesBatch known = read(tenant, family, fromMs);
    int row = newestHistogram(known, true);
    if (row < 0) {
      return;
    }
    FloatHistogram sum = known.histogram(row);
    Distributions rows = batch.distributions();
    int next = (int) batch.value(point);
    boolean bucketless = rows.countsEnd(next) == rows.countsStart(next);
    double[] bounds = sum.customBounds();
    stream.restore(
        known.timestampMs(row),
        known.startTimestampMs(row),
        bounds,
        bounds.length == 0 && bucketless ? new long[0] : ownCounts(sum, bounds.length + 1),
        (long) sum.count(),
        rows.has(next, Distributions.HAS_SUM) ? sum.sum() : null);
  }

  /** The row of the newest histogram that is a sum, or -1. */
  private static int newestHistogram(SeriesBatch known, boolean custom) {
    for (int row = known.rows() - 1; row >= 0; row--) {
      if (known.isHistogram(row)
          && isSum(known, row)
          && custom == (known.histogram(row).schema() == FloatHistogram.CUSTOM_BUCKETS)) {
        return row;
      }
    }
    return -1;
  }

  /** The counts of all buckets, those between the spans, too. */
  private static long[] ownCounts(FloatHistogram histogram, int buckets) {
    long[] counts = new long[buckets];
    int[] offsets = histogram.positiveSpanOffsets();
    int[] lengths = histogram.positiveSpanLengths();
    double[] kept = histogram.positiveCounts();
    int at = 0;
    int from = 0;
    for (int span = 0; span < offsets.length; span++) {
      at += offsets[span];
      for (int i = 0; i < lengths[span]; i++) {
        counts[at++] = (long) kept[from++];
      }
    }
    return counts;
  }

  private SeriesBatch read(TenantId tenant, String family, long fromMs) {
    LabelSetTable wanted = new LabelSetTable();
    labels.series(wanted, PointLabels.bytes(family), null, NONE);
    return stored.read(tenant, wanted, fromMs);
  }

  /**
   * The series of a histogram are taken where all of them have a sample: a crash may have come
   * between two of them, and then the point comes again.
   */
  private void restoreBuckets(
      DeltaStream stream, TenantId tenant, int point, String family, long fromMs) {
    Distributions rows = batch.distributions();
    int row = (int) batch.value(point);
    double[] bounds = new double[rows.boundsEnd(row) - rows.boundsStart(row)];
    int counts = rows.countsEnd(row) - rows.countsStart(row);
    LabelSetTable wanted = new LabelSetTable();
    byte[] bucket = PointLabels.bytes(family + "_bucket");
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = Double.longBitsToDouble(rows.bounds().get(rows.boundsStart(row) + i));
      labels.series(wanted, bucket, LE, PointLabels.bytes(DecimalText.plain(bounds[i])));
    }
    int infinite = labels.series(wanted, bucket, LE, INFINITY);
    int sumSet = labels.series(wanted, PointLabels.bytes(family + "_sum"), null, NONE);
    SeriesBatch known = stored.read(tenant, wanted, fromMs);
    Map<Long, double[]> byTime = new HashMap<>();
    for (int i = 0; i < known.rows(); i++) {
      if (!known.isHistogram(i) && isSum(known, i)) {
        byTime.computeIfAbsent(known.timestampMs(i), time -> nothing(sumSet + 1))[known.set(i)] =
            Double.longBitsToDouble(known.valueBits(i));
      }
    }
    int newest = newest(known, byTime, infinite);
    if (newest >= 0) {
      double[] values = Objects.requireNonNull(byTime.get(known.timestampMs(newest)));
      stream.restore(
          known.timestampMs(newest),
          known.startTimestampMs(newest),
          bounds,
          differences(values, infinite, counts),
          (long) values[infinite],
          isAbsent(values[sumSet]) ? null : values[sumSet]);
    }
  }

  /** The row of the last bucket at the newest time at which all buckets have a sample, or -1. */
  private static int newest(SeriesBatch known, Map<Long, double[]> byTime, int infinite) {
    int newest = -1;
    for (int i = 0; i < known.rows(); i++) {
      if (known.set(i) == infinite
          && byTime.containsKey(known.timestampMs(i))
          && isWhole(byTime.get(known.timestampMs(i)), infinite)
          && (newest < 0 || known.timestampMs(i) > known.timestampMs(newest))) {
        newest = i;
      }
    }
    return newest;
  }

  private static boolean isWhole(double @Nullable [] values, int infinite) {
    for (int i = 0; values != null && i <= infinite; i++) {
      if (isAbsent(values[i])) {
        return false;
      }
    }
    return values != null;
  }

  private static long[] differences(double[] cumulative, int infinite, int counts) {
    long[] differences = new long[counts];
    double before = 0;
    for (int i = 0; i < counts && i <= infinite; i++) {
      differences[i] = (long) (cumulative[i] - before);
      before = cumulative[i];
    }
    return differences;
  }

  /** A staleness marker stands for nothing here, since it is no sum. */
  private static double[] nothing(int size) {
    double[] nothing = new double[size];
    java.util.Arrays.fill(nothing, Double.longBitsToDouble(Samples.STALE_BITS));
    return nothing;
  }

  private static boolean isAbsent(double value) {
    return Samples.isStale(value);
  }

  private static boolean isSum(SeriesBatch known, int row) {
    boolean stale =
        known.isHistogram(row)
            ? Samples.isStale(known.histogram(row).sum())
            : known.valueBits(row) == Samples.STALE_BITS;
    return !stale && known.startTimestampMs(row) != 0;
  }

  private static boolean isExact(double value) {
    return value == Math.rint(value) && Math.abs(value) < EXACT_MAX;
  }
}
