package io.ghostworks.query.histogram;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A histogram that is being computed. Buckets are held by index, so that layouts need no care; what
 * Kahan's summation owes is held beside each number. Used by one thread.
 *
 * <p>Schemas and zero thresholds of two operands are reconciled to the coarser schema and the wider
 * zero bucket, custom bounds to those that both have.
 */
public final class MutableHistogram {
  private static final double[] NO_BOUNDS = {};

  private CounterReset hint;
  private int schema;
  private double zeroThreshold;
  private KahanSum zeroCount;
  private KahanSum count;
  private KahanSum sum;
  private final BucketSide positive;
  private final BucketSide negative;
  private double[] customBounds;

  private MutableHistogram(FloatHistogram source) {
    hint = source.counterReset();
    schema = source.schema();
    zeroThreshold = source.zeroThreshold();
    zeroCount = new KahanSum(source.zeroCount(), 0);
    count = new KahanSum(source.count(), 0);
    sum = new KahanSum(source.sum(), 0);
    positive =
        BucketSide.of(
            source.positiveSpanOffsets(), source.positiveSpanLengths(), source.positiveCounts());
    negative =
        BucketSide.of(
            source.negativeSpanOffsets(), source.negativeSpanLengths(), source.negativeCounts());
    customBounds = source.customBounds();
  }

  private MutableHistogram(MutableHistogram source) {
    hint = source.hint;
    schema = source.schema;
    zeroThreshold = source.zeroThreshold;
    zeroCount = new KahanSum(source.zeroCount.sum(), source.zeroCount.compensation());
    count = new KahanSum(source.count.sum(), source.count.compensation());
    sum = new KahanSum(source.sum.sum(), source.sum.compensation());
    positive = source.positive.copy();
    negative = source.negative.copy();
    customBounds = source.customBounds;
  }

  /** What happened beside the operation itself. */
  public record Outcome(boolean resetCollision, boolean boundsReconciled) {
    static final Outcome PLAIN = new Outcome(false, false);
  }

  /** A copy that may be changed. */
  public static MutableHistogram of(FloatHistogram source) {
    return new MutableHistogram(source);
  }

  /** An empty histogram with the layout of another. */
  public static MutableHistogram emptyLike(FloatHistogram layout) {
    MutableHistogram empty = new MutableHistogram(layout);
    empty.hint = CounterReset.UNKNOWN;
    empty.zeroThreshold = 0;
    empty.zeroCount = new KahanSum();
    empty.count = new KahanSum();
    empty.sum = new KahanSum();
    empty.positive.clear();
    empty.negative.clear();
    return empty;
  }

  public MutableHistogram copy() {
    return new MutableHistogram(this);
  }

  public boolean usesCustomBuckets() {
    return schema == FloatHistogram.CUSTOM_BUCKETS;
  }

  public int schema() {
    return schema;
  }

  public double count() {
    return count.sum();
  }

  public MutableHistogram setHint(CounterReset newHint) {
    hint = newHint;
    return this;
  }

  public BucketSide positive() {
    return positive;
  }

  public BucketSide negative() {
    return negative;
  }

  double zeroThreshold() {
    return zeroThreshold;
  }

  double zeroCount() {
    return zeroCount.sum();
  }

  void setZeroCount(double newZeroCount) {
    zeroCount.set(newZeroCount, 0);
  }

  void setTotals(double newCount, double newSum) {
    count.set(newCount, 0);
    sum.set(newSum, 0);
  }

  /** The bound of a bucket of the positive side, or of the mirrored negative one. */
  public double bound(int index) {
    return ExponentialBounds.upper(index, schema, customBounds);
  }

  /** Multiplies everything; by a negative factor a counter becomes a gauge. */
  public MutableHistogram multiply(double factor) {
    zeroCount.set(zeroCount.sum() * factor, zeroCount.compensation() * factor);
    count.set(count.sum() * factor, count.compensation() * factor);
    sum.set(sum.sum() * factor, sum.compensation() * factor);
    positive.multiply(factor);
    negative.multiply(factor);
    if (factor < 0) {
      hint = CounterReset.GAUGE;
    }
    return this;
  }

  /** Divides everything; division by 0 leaves no buckets. */
  public MutableHistogram divide(double divisor) {
    zeroCount.set(zeroCount.sum() / divisor, zeroCount.compensation() / divisor);
    count.set(count.sum() / divisor, count.compensation() / divisor);
    sum.set(sum.sum() / divisor, sum.compensation() / divisor);
    if (divisor == 0) {
      positive.clear();
      negative.clear();
      return this;
    }
    positive.divide(divisor);
    negative.divide(divisor);
    if (divisor < 0) {
      hint = CounterReset.GAUGE;
    }
    return this;
  }

  /**
   * Adds a histogram.
   *
   * @throws IncompatibleHistogramsException if one has custom buckets and the other has not
   */
  public Outcome add(FloatHistogram other) {
    return combine(new MutableHistogram(other), false, false);
  }

  /** Subtracts a histogram; see {@link #add}. */
  public Outcome subtract(FloatHistogram other) {
    return combine(new MutableHistogram(other), true, false);
  }

  /** Adds a histogram with Kahan's summation; {@link #settle} ends the sum. See {@link #add}. */
  public Outcome addCompensated(FloatHistogram other) {
    return combine(new MutableHistogram(other), false, true);
  }

  /** Adds what the summation still owes. */
  public MutableHistogram settle() {
    zeroCount.set(zeroCount.total(), 0);
    count.set(count.total(), 0);
    sum.set(sum.total(), 0);
    positive.settle();
    negative.settle();
    return this;
  }

  private Outcome combine(MutableHistogram other, boolean minus, boolean kahan) {
    if (usesCustomBuckets() != other.usesCustomBuckets()) {
      throw new IncompatibleHistogramsException();
    }
    boolean collision = adjustHint(other.hint);
    if (!usesCustomBuckets()) {
      double otherZeros = reconcileZeroBuckets(other, kahan);
      accumulate(zeroCount, otherZeros, minus, kahan);
    }
    accumulate(count, other.count.sum(), minus, kahan);
    accumulate(sum, other.sum.sum(), minus, kahan);
    boolean reconciled = false;
    if (usesCustomBuckets()) {
      reconciled = !sameBounds(customBounds, other.customBounds);
      if (reconciled) {
        CustomBounds.combine(
            this.positive, customBounds, other.positive, other.customBounds, minus, kahan);
        customBounds = CustomBounds.intersect(customBounds, other.customBounds);
      } else {
        positive.add(other.positive, 0, minus, kahan);
      }
    } else {
      combineExponential(other, minus, kahan);
    }
    return collision || reconciled ? new Outcome(collision, reconciled) : Outcome.PLAIN;
  }

  private void combineExponential(MutableHistogram other, boolean minus, boolean kahan) {
    if (other.schema < schema) {
      positive.reduceResolution(schema - other.schema, kahan);
      negative.reduceResolution(schema - other.schema, kahan);
      schema = other.schema;
    } else {
      other.positive.reduceResolution(other.schema - schema, kahan);
      other.negative.reduceResolution(other.schema - schema, kahan);
    }
    positive.add(other.positive, aboveZeroBucket(other.positive), minus, kahan);
    negative.add(other.negative, aboveZeroBucket(other.negative), minus, kahan);
  }

  /** The first bucket that does not lie in the zero bucket. */
  private int aboveZeroBucket(BucketSide side) {
    int from = 0;
    while (from < side.size()
        && ExponentialBounds.exponential(side.index(from), schema) <= zeroThreshold) {
      from++;
    }
    return from;
  }

  private static void accumulate(KahanSum total, double value, boolean minus, boolean kahan) {
    double signed = minus ? -value : value;
    if (kahan) {
      total.add(signed);
    } else {
      total.set(total.sum() + signed, total.compensation());
    }
  }

  /** Whether one operand says reset and the other no reset. */
  private boolean adjustHint(CounterReset other) {
    if (other == hint || hint == CounterReset.GAUGE) {
      return false;
    }
    if (other == CounterReset.GAUGE) {
      hint = CounterReset.GAUGE;
      return false;
    }
    boolean collision = hint != CounterReset.UNKNOWN && other != CounterReset.UNKNOWN;
    hint = CounterReset.UNKNOWN;
    return collision;
  }

  /** Widens the zero buckets until they agree; answers the other's zero count then. */
  private double reconcileZeroBuckets(MutableHistogram other, boolean kahan) {
    double otherThreshold = other.zeroThreshold;
    double otherCount = other.zeroCount.sum();
    while (otherThreshold != zeroThreshold) {
      if (zeroThreshold > otherThreshold) {
        ZeroBucket wider = ZeroBucket.widen(other, zeroThreshold, false);
        otherThreshold = wider.threshold();
        otherCount = wider.count();
      }
      if (otherThreshold > zeroThreshold) {
        ZeroBucket wider = ZeroBucket.widen(this, otherThreshold, kahan);
        zeroThreshold = wider.threshold();
        zeroCount.set(wider.count(), kahan ? wider.compensation() : zeroCount.compensation());
        removeBucketsInZeroBucket();
      }
    }
    return otherCount;
  }

  private void removeBucketsInZeroBucket() {
    for (BucketSide side : new BucketSide[] {positive, negative}) {
      for (int i = 0; i < side.size(); i++) {
        if (ExponentialBounds.exponential(side.index(i) - 1, schema) >= zeroThreshold) {
          break;
        }
        side.clear(i);
      }
      side.compact();
    }
  }

  double zeroCompensation() {
    return zeroCount.compensation();
  }

  /** Merges buckets down to a schema that is not finer. */
  public MutableHistogram reduceTo(int targetSchema) {
    if (targetSchema < schema && !usesCustomBuckets()) {
      positive.reduceResolution(schema - targetSchema, false);
      negative.reduceResolution(schema - targetSchema, false);
      schema = targetSchema;
      hint = CounterReset.UNKNOWN;
    }
    return this;
  }

  /** Whether a number has grown beyond all bounds. */
  public boolean hasOverflow() {
    return Double.isInfinite(zeroCount.sum())
        || Double.isInfinite(count.sum())
        || Double.isInfinite(sum.sum())
        || positive.hasInfinity()
        || negative.hasInfinity()
        || Arrays.stream(customBounds).anyMatch(Double::isInfinite);
  }

  /** Removes empty buckets. */
  public MutableHistogram compact() {
    positive.compact();
    negative.compact();
    return this;
  }

  /** The histogram as it is now, without what the summation still owes. */
  public FloatHistogram toHistogram() {
    int[][] positiveSpans = spans(positive.toIndexes());
    int[][] negativeSpans = spans(negative.toIndexes());
    return new FloatHistogram(
        hint,
        schema,
        zeroThreshold,
        zeroCount.sum(),
        count.sum(),
        sum.sum(),
        positiveSpans[0],
        positiveSpans[1],
        positive.toCounts(),
        negativeSpans[0],
        negativeSpans[1],
        negative.toCounts(),
        usesCustomBuckets() ? customBounds : NO_BOUNDS);
  }

  static boolean sameBounds(double[] left, double @Nullable [] right) {
    if (right == null || left.length != right.length) {
      return false;
    }
    for (int i = 0; i < left.length; i++) {
      if (left[i] != right[i]) {
        return false;
      }
    }
    return true;
  }

  private static int[][] spans(int[] indexes) {
    int[] offsets = new int[indexes.length];
    int[] lengths = new int[indexes.length];
    int spans = 0;
    int end = 0;
    for (int i = 0; i < indexes.length; i++) {
      if (i == 0 || indexes[i] != end) {
        offsets[spans] = indexes[i] - end;
        lengths[spans++] = 0;
      }
      lengths[spans - 1]++;
      end = indexes[i] + 1;
    }
    return new int[][] {Arrays.copyOf(offsets, spans), Arrays.copyOf(lengths, spans)};
  }
}
