package io.ghostworks.series.chunk;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;

/**
 * Columns of times, which many chunks share, and the samples of a chunk of version 1, which are
 * only read; {@link SeriesChunkCodec} has those of today.
 *
 * <pre>
 * times   := count:varint first:zigzag differences       // 1 to {@value #SAMPLES_MAX} ascending times, ms since the epoch
 * samples := flags:u8 [starts] (values | histogram[count])
 * flags   := bit 0 histograms, bit 1 start timestamps
 * starts  := count start timestamps as a column of {@link IntegerPacking}
 * values  := a column of {@link ValueColumnCodec}
 * histogram := as in {@link HistogramCodec}, each after the one before it in the chunk
 * </pre>
 *
 * One object serves one thread.
 */
public final class ChunkCodec {
  /** The most samples in one chunk. */
  public static final int SAMPLES_MAX = 480;

  private static final int HISTOGRAMS = 1;
  private static final int STARTS = 2;

  private final ValueColumnCodec values = new ValueColumnCodec();
  private final IntegerPacking packing = new IntegerPacking();
  private final long[] column = new long[SAMPLES_MAX];
  private final long[] startColumn = new long[SAMPLES_MAX];

  /** Appends the times of samples {@code [from, to)}. */
  public void encodeTimes(SampleBuffer samples, int from, int to, BytesOutput out) {
    int count = to - from;
    out.putVarint(count);
    out.putZigzag(samples.timestampMs(from));
    for (int i = 1; i < count; i++) {
      column[i] = samples.timestampMs(from + i) - samples.timestampMs(from + i - 1);
    }
    packing.encode(column, 1, count - 1, out);
  }

  /** Reads a column of times. */
  public long[] decodeTimes(BytesInput in) throws DamagedDataException {
    int count = in.getVarint(SAMPLES_MAX);
    if (count == 0) {
      throw new DamagedDataException("a column of times must not be empty");
    }
    long[] times = new long[count];
    times[0] = in.getZigzag();
    IntegerPacking.decode(in, times, 1, count - 1);
    for (int i = 1; i < count; i++) {
      if (times[i] <= 0) {
        throw new DamagedDataException(
            "times of a chunk must ascend, got a difference of %d ms".formatted(times[i]));
      }
      times[i] += times[i - 1];
    }
    return times;
  }

  /**
   * Reads samples and adds those in a range of time.
   *
   * @param times of all samples of the chunk
   */
  public void decode(BytesInput in, long[] times, long startMs, long endMs, SampleBuffer target)
      throws DamagedDataException {
    int count = times.length;
    int from = lowerBound(times, startMs);
    int to = endMs == Long.MAX_VALUE ? count : lowerBound(times, endMs + 1);
    if (from >= to) {
      return;
    }
    int flags = in.getByte();
    if (flags > (HISTOGRAMS | STARTS)) {
      throw new DamagedDataException("a chunk must not have the flags %d".formatted(flags));
    }
    if ((flags & STARTS) != 0) {
      IntegerPacking.decode(in, startColumn, 0, count);
    } else {
      Arrays.fill(startColumn, 0, count, 0);
    }
    if ((flags & HISTOGRAMS) != 0) {
      FloatHistogram before = null;
      for (int i = 0; i < to; i++) {
        before = HistogramCodec.decode(in, before);
        if (i >= from) {
          target.add(times[i], before, startColumn[i]);
        }
      }
    } else {
      values.decode(in, column, count);
      if ((flags & STARTS) == 0) {
        target.add(times, column, from, to);
      } else {
        for (int i = from; i < to; i++) {
          target.add(times[i], column[i], startColumn[i]);
        }
      }
    }
  }

  private static int lowerBound(long[] times, long time) {
    int index = Arrays.binarySearch(times, time);
    return index < 0 ? -index - 1 : index;
  }
}
