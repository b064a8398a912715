package io.ghostworks.wire.chunk;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import org.jspecify.annotations.Nullable;

/**
 * Writes native histograms as chunks of the encoding float histogram. All histograms of a chunk
 * have one layout, and a reader takes it that no counter was reset within one.
 *
 * <pre>
 * chunk := count:u16 flags:u8 layout first next*        // flags: 0x80 reset, 0xc0 gauge, 0 unknown
 * first := t:varbitInt count:f64 zeroCount:f64 sum:f64 bucket:f64*
 * next  := dod:varbitInt count:xor zeroCount:xor sum:xor bucket:xor*   // of a stale one no buckets
 * </pre>
 *
 * <p>Source: prometheus tsdb/docs/format/chunks.md, "Float histogram chunk data".
 */
public final class HistogramChunkWriter {
  private static final int RESET = 0x80;
  private static final int GAUGE = 0xc0;

  private final BitOutput out = new BitOutput();
  private final XorBits counts = new XorBits();
  private final XorBits zeroCounts = new XorBits();
  private final XorBits sums = new XorBits();
  private XorBits[] positive = {};
  private XorBits[] negative = {};
  private @Nullable HistogramLayout layout;
  private @Nullable FloatHistogram last;
  private boolean gauge;
  private int count;
  private long lastMs;
  private long lastDelta;

  /** Begins a chunk. */
  public void start() {
    layout = null;
    last = null;
    count = 0;
    lastDelta = 0;
  }

  /** The number of samples in the chunk. */
  public int count() {
    return count;
  }

  /** The size of the chunk so far. */
  public int sizeBytes() {
    return out.sizeBytes();
  }

  /** Whether a histogram may follow those of the chunk: otherwise it begins one of its own. */
  public boolean takes(FloatHistogram next) {
    FloatHistogram before = last;
    HistogramLayout ofChunk = layout;
    if (before == null || ofChunk == null) {
      return true;
    }
    if (next.isStale()) {
      return true;
    }
    if (before.isStale()
        || gauge != (next.counterReset() == CounterReset.GAUGE)
        || next.counterReset() == CounterReset.RESET
        || !ofChunk.fits(next)) {
      return false;
    }
    return gauge || !falls(before, next);
  }

  private static boolean falls(FloatHistogram before, FloatHistogram next) {
    if (next.count() < before.count() || next.zeroCount() < before.zeroCount()) {
      return true;
    }
    return falls(before.positiveCounts(), next.positiveCounts())
        || falls(before.negativeCounts(), next.negativeCounts());
  }

  private static boolean falls(double[] before, double[] next) {
    for (int i = 0; i < next.length; i++) {
      if (next[i] < before[i]) {
        return true;
      }
    }
    return false;
  }

  /** Adds a histogram that the chunk {@link #takes}, later than the one before. */
  public void add(long timestampMs, FloatHistogram histogram) {
    if (count == 0) {
      first(timestampMs, histogram);
    } else {
      next(timestampMs, histogram);
    }
    last = histogram;
    lastMs = timestampMs;
    count++;
  }

  private void first(long timestampMs, FloatHistogram histogram) {
    FloatHistogram shape = histogram.isStale() ? FloatHistogram.stale() : histogram;
    HistogramLayout ofChunk = HistogramLayout.of(shape);
    layout = ofChunk;
    gauge = histogram.counterReset() == CounterReset.GAUGE;
    out.clear();
    out.bits(0, 16);
    out.octet(gauge ? GAUGE : histogram.counterReset() == CounterReset.RESET ? RESET : 0);
    ofChunk.write(out);
    Varbit.putSigned(out, timestampMs);
    begin(counts, shape.count());
    begin(zeroCounts, shape.zeroCount());
    begin(sums, histogram.sum());
    positive = states(positive, shape.positiveCounts());
    negative = states(negative, shape.negativeCounts());
  }

  private XorBits[] states(XorBits[] before, double[] values) {
    XorBits[] states = before.length == values.length ? before : new XorBits[values.length];
    for (int i = 0; i < values.length; i++) {
      if (states[i] == null) {
        states[i] = new XorBits();
      }
      begin(states[i], values[i]);
    }
    return states;
  }

  private void begin(XorBits state, double value) {
    long bits = Double.doubleToRawLongBits(value);
    out.bits(bits, 64);
    state.start(bits);
  }

  private void next(long timestampMs, FloatHistogram histogram) {
    long delta = timestampMs - lastMs;
    Varbit.putSigned(out, delta - lastDelta);
    lastDelta = delta;
    boolean stale = histogram.isStale();
    write(counts, stale ? 0 : histogram.count());
    write(zeroCounts, stale ? 0 : histogram.zeroCount());
    write(sums, histogram.sum());
    if (!stale) {
      for (int i = 0; i < positive.length; i++) {
        write(positive[i], histogram.positiveCounts()[i]);
      }
      for (int i = 0; i < negative.length; i++) {
        write(negative[i], histogram.negativeCounts()[i]);
      }
    }
  }

  private void write(XorBits state, double value) {
    state.write(out, Double.doubleToRawLongBits(value));
  }

  /** The chunk's bytes. */
  public byte[] toByteArray() {
    out.setOctet(0, count >>> 8);
    out.setOctet(1, count);
    return out.toByteArray();
  }
}
