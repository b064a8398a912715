package io.ghostworks.series.level;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.query.level.FloatFacts;
import io.ghostworks.query.level.HistogramFacts;
import io.ghostworks.series.chunk.HistogramCodec;
import io.ghostworks.series.chunk.IntegerPacking;
import io.ghostworks.series.chunk.ValueColumnCodec;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a chunk without their times, and the times of rows, which all series of a target
 * share. A chunk holds rows of floats or of histograms, and the staleness markers of its kind as
 * entries that count nothing.
 *
 * <pre>
 * times      := count:varint last:zigzag lasts spans counts   // 1 to {@value #ROWS_MAX} entries; columns of {@link IntegerPacking}
 * lasts      := the count - 1 differences of the times of the last samples, each above 0, ms
 * spans      := time of the last sample minus that of the first, of each entry
 * counts     := samples that each entry stands for; 0 for a staleness marker
 * rows       := kind:u8 (floats | histograms)                 // 0 floats, 1 histograms
 * floats     := predicted:u8 value(last) [value(first)] [value(min)] [value(max)] [value(sum)] [squares] [value(correction)] [resets] [changes]
 * value(x)   := x of each entry as a column of {@link ValueColumnCodec}
 * squares, resets, changes := columns of {@link IntegerPacking}; squares are the upper 32 bits of the doubles, rounded to nearest
 * histograms := resets changes entry[count]
 * entry      := marker | lost:u8 first last sum [correction]  // lost is 1 where a correction follows; markers are told by their count
 * </pre>
 *
 * A bit of {@code predicted} says that a column is left out, since each entry has the value that
 * the others predict: bit 0 first = last, 1 min = the lesser of first and last, 2 max = the
 * greater, 3 sum = last * count, 4 squares = 0, 5 correction and resets = 0, 6 changes = 0, 7
 * changes = count - 1. So a constant needs its last values only, a counter neither min nor max.
 *
 * <p>Histograms stand as in {@link HistogramCodec}: the first after the last of the entry before,
 * the last after the first, the sum after the sum before, the correction after the last. All facts
 * keep their exact bits but the squares, which keep 21 of 53 bits. One object serves one thread.
 */
public final class LevelChunkCodec {
  /** The most entries in one chunk. */
  public static final int ROWS_MAX = 480;

  private static final int FLOATS = 0;
  private static final int HISTOGRAMS = 1;

  private static final int FIRST = 0;
  private static final int MIN = 1;
  private static final int MAX = 2;
  private static final int SUM = 3;
  private static final int SQUARES = 4;
  private static final int CORRECTION = 5;
  private static final int UNCHANGED = 6;
  private static final int CHANGING = 7;

  private static final double STALE = Double.longBitsToDouble(Samples.STALE_BITS);

  private final ValueColumnCodec values = new ValueColumnCodec();
  private final IntegerPacking packing = new IntegerPacking();
  private final long[][] columns = new long[10][ROWS_MAX];
  private final long[] column = new long[ROWS_MAX];
  private final FloatFacts floats = new FloatFacts();
  private final HistogramFacts histograms = new HistogramFacts();

  /** The times of the entries of a chunk. */
  public record Times(long[] lastMs, long[] spanMs, long[] counts) {
    public int size() {
      return lastMs.length;
    }

    long firstMs(int index) {
      return lastMs[index] - spanMs[index];
    }
  }

  /** Appends the times of entries {@code [from, to)}. */
  public void encodeTimes(LevelBuffer rows, int from, int to, BytesOutput out) {
    int count = to - from;
    out.putVarint(count);
    out.putZigzag(rows.lastMs(from));
    for (int i = 1; i < count; i++) {
      column[i] = rows.lastMs(from + i) - rows.lastMs(from + i - 1);
    }
    packing.encode(column, 1, count - 1, out);
    for (int i = 0; i < count; i++) {
      column[i] = rows.lastMs(from + i) - rows.firstMs(from + i);
    }
    packing.encode(column, 0, count, out);
    for (int i = 0; i < count; i++) {
      column[i] = rows.count(from + i);
    }
    packing.encode(column, 0, count, out);
  }

  /** Reads the times of a chunk. */
  public static Times decodeTimes(BytesInput in) throws DamagedDataException {
    int count = in.getVarint(ROWS_MAX);
    if (count == 0) {
      throw new DamagedDataException("a column of times must not be empty");
    }
    long[] lasts = new long[count];
    long[] spans = new long[count];
    long[] counts = new long[count];
    lasts[0] = in.getZigzag();
    IntegerPacking.decode(in, lasts, 1, count - 1);
    for (int i = 1; i < count; i++) {
      if (lasts[i] <= 0) {
        throw new DamagedDataException(
            "times of rows must ascend, got a difference of %d ms".formatted(lasts[i]));
      }
      lasts[i] += lasts[i - 1];
    }
    IntegerPacking.decode(in, spans, 0, count);
    IntegerPacking.decode(in, counts, 0, count);
    for (int i = 0; i < count; i++) {
      if (spans[i] < 0 || counts[i] < 0) {
        throw new DamagedDataException(
            "the span and the count of a row must not be negative, got %d ms and %d"
                .formatted(spans[i], counts[i]));
      }
    }
    return new Times(lasts, spans, counts);
  }

  /** Whether an entry may stand in one chunk with another. */
  public static boolean sameKind(LevelBuffer rows, int index, int other) {
    return (rows.histogram(index) != null) == (rows.histogram(other) != null);
  }

  /** Appends entries {@code [from, to)}, which are all of one kind. */
  public void encode(LevelBuffer rows, int from, int to, BytesOutput out) {
    if (rows.histogram(from) != null) {
      out.putByte(HISTOGRAMS);
      encodeHistograms(rows, from, to, out);
    } else {
      out.putByte(FLOATS);
      encodeFloats(rows, from, to, out);
    }
  }

  /** Reads entries and adds those whose last sample lies in a range. */
  public void decode(
      BytesInput in, Times times, int resolutionMs, long startMs, long endMs, LevelBuffer target)
      throws DamagedDataException {
    int kind = in.getByte();
    switch (kind) {
      case FLOATS -> decodeFloats(in, times, resolutionMs, startMs, endMs, target);
      case HISTOGRAMS -> decodeHistograms(in, times, resolutionMs, startMs, endMs, target);
      default ->
          throw new DamagedDataException(
              "the kind of a chunk of rows must be 0 or 1, got %d".formatted(kind));
    }
  }

  private void encodeFloats(LevelBuffer rows, int from, int to, BytesOutput out) {
    int count = to - from;
    int predicted = 0xff;
    for (int i = 0; i < count; i++) {
      if (rows.isRow(from + i)) {
        rows.levels().read(from + i, floats);
      } else {
        markerFacts(rows.lastMs(from + i), rows.value(from + i));
      }
      predicted &= predictions(floats);
      columns[FIRST][i] = bits(floats.first());
      columns[MIN][i] = bits(floats.min());
      columns[MAX][i] = bits(floats.max());
      columns[SUM][i] = bits(floats.sum());
      columns[SQUARES][i] = upperHalf(floats.squares());
      columns[CORRECTION][i] = bits(floats.correction());
      columns[UNCHANGED][i] = floats.changes();
      columns[CHANGING][i] = floats.resets();
      column[i] = bits(floats.last());
    }
    out.putByte(predicted);
    values.encode(column, 0, count, out);
    for (int c = FIRST; c <= SUM; c++) {
      if ((predicted & 1 << c) == 0) {
        values.encode(columns[c], 0, count, out);
      }
    }
    if ((predicted & 1 << SQUARES) == 0) {
      packing.encode(columns[SQUARES], 0, count, out);
    }
    if ((predicted & 1 << CORRECTION) == 0) {
      values.encode(columns[CORRECTION], 0, count, out);
      packing.encode(columns[CHANGING], 0, count, out);
    }
    if ((predicted & (1 << UNCHANGED | 1 << CHANGING)) == 0) {
      packing.encode(columns[UNCHANGED], 0, count, out);
    }
  }

  /** What a staleness marker has in the columns: whatever the others predict. */
  private void markerFacts(long timeMs, double value) {
    floats.set(timeMs, value, timeMs, value, 0, value, value, value * 0, 0, 0, 0, 0);
  }

  private static int predictions(FloatFacts facts) {
    double first = facts.first();
    double last = facts.last();
    boolean marker = facts.count() == 0;
    int predicted = 0;
    predicted |= bits(first) == bits(last) ? 1 << FIRST : 0;
    predicted |= bits(facts.min()) == bits(lesser(first, last)) ? 1 << MIN : 0;
    predicted |= bits(facts.max()) == bits(greater(first, last)) ? 1 << MAX : 0;
    predicted |= marker || bits(facts.sum()) == bits(last * facts.count()) ? 1 << SUM : 0;
    predicted |= bits(facts.squares()) == 0 ? 1 << SQUARES : 0;
    predicted |= bits(facts.correction()) == 0 && facts.resets() == 0 ? 1 << CORRECTION : 0;
    predicted |= facts.changes() == 0 ? 1 << UNCHANGED : 0;
    predicted |= marker || facts.changes() == facts.count() - 1 ? 1 << CHANGING : 0;
    return predicted;
  }

  private void decodeFloats(
      BytesInput in, Times times, int resolutionMs, long startMs, long endMs, LevelBuffer target)
      throws DamagedDataException {
    int count = times.size();
    int predicted = in.getByte();
    values.decode(in, column, count);
    for (int c = FIRST; c <= SUM; c++) {
      if ((predicted & 1 << c) == 0) {
        values.decode(in, columns[c], count);
      }
    }
    if ((predicted & 1 << SQUARES) == 0) {
      IntegerPacking.decode(in, columns[SQUARES], 0, count);
    }
    if ((predicted & 1 << CORRECTION) == 0) {
      values.decode(in, columns[CORRECTION], count);
      IntegerPacking.decode(in, columns[CHANGING], 0, count);
    }
    if ((predicted & (1 << UNCHANGED | 1 << CHANGING)) == 0) {
      IntegerPacking.decode(in, columns[UNCHANGED], 0, count);
    }
    for (int i = 0; i < count; i++) {
      long lastMs = times.lastMs()[i];
      if (lastMs < startMs || lastMs > endMs) {
        continue;
      }
      double last = Double.longBitsToDouble(column[i]);
      long samples = times.counts()[i];
      if (samples == 0) {
        target.add(lastMs, last, null);
        continue;
      }
      double first = explicit(predicted, FIRST, i, last);
      boolean corrected = (predicted & 1 << CORRECTION) == 0;
      floats.set(
          times.firstMs(i),
          first,
          lastMs,
          last,
          samples,
          explicit(predicted, MIN, i, lesser(first, last)),
          explicit(predicted, MAX, i, greater(first, last)),
          explicit(predicted, SUM, i, last * samples),
          (predicted & 1 << SQUARES) != 0 ? 0 : fromUpperHalf(columns[SQUARES][i]),
          corrected ? Double.longBitsToDouble(columns[CORRECTION][i]) : 0,
          corrected ? columns[CHANGING][i] : 0,
          changes(predicted, i, samples));
      target.add(resolutionMs, floats);
    }
  }

  private double explicit(int predicted, int c, int index, double prediction) {
    return (predicted & 1 << c) != 0 ? prediction : Double.longBitsToDouble(columns[c][index]);
  }

  private long changes(int predicted, int index, long samples) {
    if ((predicted & 1 << UNCHANGED) != 0) {
      return 0;
    }
    return (predicted & 1 << CHANGING) != 0 ? samples - 1 : columns[UNCHANGED][index];
  }

  private void encodeHistograms(LevelBuffer rows, int from, int to, BytesOutput out) {
    int count = to - from;
    for (int i = 0; i < count; i++) {
      boolean row = rows.isRow(from + i);
      if (row) {
        rows.levels().read(from + i, histograms);
      }
      columns[0][i] = row ? histograms.resets() : 0;
      columns[1][i] = row ? histograms.changes() : 0;
    }
    packing.encode(columns[0], 0, count, out);
    packing.encode(columns[1], 0, count, out);
    FloatHistogram last = null;
    FloatHistogram sum = null;
    for (int i = from; i < to; i++) {
      if (!rows.isRow(i)) {
        HistogramCodec.encode(marker(rows.histogram(i)), null, out);
        continue;
      }
      rows.levels().read(i, histograms);
      FloatHistogram lost = histograms.correction();
      FloatHistogram rowSum = histograms.sum();
      out.putByte(lost == null ? 0 : 1);
      HistogramCodec.encode(histograms.first(), last, out);
      last = histograms.last();
      HistogramCodec.encode(last, histograms.first(), out);
      HistogramCodec.encode(rowSum, sum, out);
      sum = rowSum;
      if (lost != null) {
        HistogramCodec.encode(lost, last, out);
      }
    }
  }

  private static FloatHistogram marker(@Nullable FloatHistogram found) {
    return found == null ? FloatHistogram.stale() : found;
  }

  private void decodeHistograms(
      BytesInput in, Times times, int resolutionMs, long startMs, long endMs, LevelBuffer target)
      throws DamagedDataException {
    int count = times.size();
    IntegerPacking.decode(in, columns[0], 0, count);
    IntegerPacking.decode(in, columns[1], 0, count);
    FloatHistogram last = null;
    FloatHistogram sum = null;
    for (int i = 0; i < count; i++) {
      long lastMs = times.lastMs()[i];
      boolean wanted = lastMs >= startMs && lastMs <= endMs;
      long samples = times.counts()[i];
      if (samples == 0) {
        FloatHistogram marker = HistogramCodec.decode(in, null);
        if (wanted) {
          target.add(lastMs, STALE, marker);
        }
        continue;
      }
      int lost = in.getByte();
      FloatHistogram first = HistogramCodec.decode(in, last);
      last = HistogramCodec.decode(in, first);
      sum = HistogramCodec.decode(in, sum);
      FloatHistogram correction = lost == 0 ? null : HistogramCodec.decode(in, last);
      if (wanted) {
        histograms.set(
            times.firstMs(i),
            first,
            lastMs,
            last,
            samples,
            sum,
            correction,
            columns[0][i],
            columns[1][i]);
        target.add(resolutionMs, histograms);
      }
    }
  }

  private static double lesser(double left, double right) {
    return right < left ? right : left;
  }

  private static double greater(double left, double right) {
    return right > left ? right : left;
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  /** The upper half of a double, rounded to nearest; what is not finite stays so. */
  private static long upperHalf(double value) {
    return Double.isFinite(value)
        ? (bits(value) + 0x8000_0000L) >>> 32
        : Double.doubleToLongBits(value) >>> 32;
  }

  private static double fromUpperHalf(long half) {
    return Double.longBitsToDouble(half << 32);
  }
}
