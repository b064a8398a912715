package io.ghostworks.wire.chunk;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.model.metric.Samples;

/** Reads the histograms of one chunk, of integer or of float counts. */
final class HistogramChunkReader {
  private static final int GAUGE = 0xc0;

  private final BitInput in;
  private final boolean integers;
  private final boolean gauge;
  private final StartTimes starts;
  private final HistogramLayout layout;
  private final Counter count;
  private final Counter zeroCount;
  private final XorBits sum = new XorBits();
  private final Counter[] positive;
  private final Counter[] negative;
  private long time;
  private long delta;

  /** One number of each histogram: an integer as delta of deltas, a float as what differs. */
  private final class Counter {
    private final XorBits bits = new XorBits();
    private long value;
    private long change;

    void readFirst(boolean signed) {
      if (integers) {
        value = signed ? Varbit.signed(in) : Varbit.unsigned(in);
        change = 0;
      } else {
        bits.start(in.bits(64));
      }
    }

    void readNext() {
      if (integers) {
        change += Varbit.signed(in);
        value += change;
      } else {
        bits.read(in);
      }
    }
  }

  /**
   * @param flags the byte whose two highest bits tell of resets
   */
  HistogramChunkReader(BitInput in, boolean integers, int flags, StartTimes starts) {
    this.in = in;
    this.integers = integers;
    this.gauge = (flags & GAUGE) == GAUGE;
    this.starts = starts;
    this.layout =
        in.remaining() == 0 ? HistogramLayout.of(FloatHistogram.stale()) : HistogramLayout.read(in);
    this.count = new Counter();
    this.zeroCount = new Counter();
    this.positive = counters(layout.positiveBuckets());
    this.negative = counters(layout.negativeBuckets());
  }

  private Counter[] counters(int size) {
    if (size > in.remaining() * 8L) {
      throw in.malformed("a chunk has no room for %d buckets".formatted(size));
    }
    Counter[] counters = new Counter[size];
    for (int i = 0; i < size; i++) {
      counters[i] = new Counter();
    }
    return counters;
  }

  void read(int samples, SampleSink into) {
    for (int i = 0; i < samples; i++) {
      long before = time;
      if (i == 0) {
        first();
      } else {
        next();
      }
      long start = starts.read(in, i, time, before);
      into.sample(time, histogram(), start);
    }
  }

  private void first() {
    time = Varbit.signed(in);
    count.readFirst(false);
    zeroCount.readFirst(false);
    sum.start(in.bits(64));
    for (Counter bucket : positive) {
      bucket.readFirst(true);
    }
    for (Counter bucket : negative) {
      bucket.readFirst(true);
    }
  }

  private void next() {
    delta += Varbit.signed(in);
    time += delta;
    count.readNext();
    zeroCount.readNext();
    sum.read(in);
    if (Samples.isStale(sum.bits())) {
      return;
    }
    for (Counter bucket : positive) {
      bucket.readNext();
    }
    for (Counter bucket : negative) {
      bucket.readNext();
    }
  }

  /** Resets are to be found by comparing: chunks that overlap make the flags mean little. */
  private FloatHistogram histogram() {
    if (Samples.isStale(sum.bits())) {
      return FloatHistogram.stale();
    }
    return new FloatHistogram(
        gauge ? CounterReset.GAUGE : CounterReset.UNKNOWN,
        layout.schema,
        layout.zeroThreshold,
        number(zeroCount),
        number(count),
        Double.longBitsToDouble(sum.bits()),
        layout.positiveOffsets,
        layout.positiveLengths,
        buckets(positive),
        layout.negativeOffsets,
        layout.negativeLengths,
        buckets(negative),
        layout.bounds);
  }

  private double number(Counter counter) {
    return integers ? counter.value : Double.longBitsToDouble(counter.bits.bits());
  }

  /** Integer buckets are stored as differences to the bucket before. */
  private double[] buckets(Counter[] counters) {
    double[] values = new double[counters.length];
    long running = 0;
    for (int i = 0; i < values.length; i++) {
      running += counters[i].value;
      values[i] = integers ? running : number(counters[i]);
    }
    return values;
  }
}
