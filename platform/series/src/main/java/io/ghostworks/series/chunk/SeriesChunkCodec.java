package io.ghostworks.series.chunk;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples of a chunk without their times, which are those of {@link ChunkCodec}.
 *
 * <pre>
 * samples := flags:u8 [starts] (values | histogram[count])
 * flags   := bit 0 histograms, bit 1 start timestamps, bit 2 the values are counts of a bucket, bit 3 and those of the bucket before are needed
 * starts  := count start timestamps as a column of {@link IntegerPacking}
 * values  := a column of {@link FloatColumnCodec}
 * histogram := as in {@link HistogramCodec}, each after the one before it in the chunk
 * </pre>
 *
 * One object serves one thread.
 */
public final class SeriesChunkCodec {
  private static final int HISTOGRAMS = 1;
  private static final int STARTS = 2;
  private static final int BUCKET = 4;
  private static final int SIBLING = 8;

  private final FloatColumnCodec values = new FloatColumnCodec();
  private final IntegerPacking packing = new IntegerPacking();
  private final long[] column = new long[ChunkCodec.SAMPLES_MAX];
  private final long[] startColumn = new long[ChunkCodec.SAMPLES_MAX];

  /**
   * Appends samples {@code [from, to)}, which are all floats or all histograms.
   *
   * @param before of the bucket before, at the same times; null where there is none
   * @param bucket null where the series is no bucket, else gets its counts for the next one
   * @return whether the column of the bucket before is needed to read this one
   */
  public boolean encode(
      SampleBuffer samples,
      int from,
      int to,
      @Nullable BucketColumn before,
      @Nullable BucketColumn bucket,
      BytesOutput out) {
    boolean histograms = samples.histogram(from) != null;
    boolean starts = hasStarts(samples, from, to);
    int flagsAt = out.position();
    int flags = (histograms ? HISTOGRAMS : 0) | (starts ? STARTS : 0);
    out.putByte(flags);
    if (starts) {
      for (int i = from; i < to; i++) {
        column[i - from] = samples.startTimestampMs(i);
      }
      packing.encode(column, 0, to - from, out);
    }
    if (histograms) {
      encodeHistograms(samples, from, to, out);
      if (bucket != null) {
        bucket.clear();
      }
      return false;
    }
    for (int i = from; i < to; i++) {
      column[i - from] = samples.valueBits(i);
    }
    int valuesAt = out.position();
    values.encode(column, 0, to - from, before, bucket, out);
    boolean sibling = FloatColumnCodec.needsBucketBefore(out.array()[valuesAt]);
    if (bucket != null && bucket.size() > 0) {
      flags |= BUCKET | (sibling ? SIBLING : 0);
      out.array()[flagsAt] = (byte) flags;
    }
    return sibling;
  }

  /** Whether the samples that begin here are counts of a bucket. */
  public static boolean isBucket(BytesInput in) {
    return (in.array()[in.arrayOffset()] & BUCKET) != 0;
  }

  /** Whether reading the samples that begin here needs the column of the bucket before. */
  public static boolean needsBucketBefore(BytesInput in) {
    return (in.array()[in.arrayOffset()] & SIBLING) != 0;
  }

  /**
   * Reads samples and adds those in a range of time.
   *
   * @param times of all samples of the chunk
   * @param before of the bucket before, where {@link #needsBucketBefore} said so
   * @param bucket gets the counts where {@link #isBucket} said so; else null
   */
  public void decode(
      BytesInput in,
      long[] times,
      long startMs,
      long endMs,
      @Nullable BucketColumn before,
      @Nullable BucketColumn bucket,
      SampleBuffer target)
      throws DamagedDataException {
    int count = times.length;
    int from = lowerBound(times, startMs);
    int to = endMs == Long.MAX_VALUE ? count : lowerBound(times, endMs + 1);
    int flags = in.getByte();
    if (flags > (HISTOGRAMS | STARTS | BUCKET | SIBLING)) {
      throw new DamagedDataException("a chunk must not have the flags %d".formatted(flags));
    }
    boolean starts = (flags & STARTS) != 0;
    if (starts) {
      IntegerPacking.decode(in, startColumn, 0, count);
    } else if ((flags & HISTOGRAMS) != 0) {
      Arrays.fill(startColumn, 0, count, 0);
    }
    if ((flags & HISTOGRAMS) != 0) {
      decodeHistograms(in, times, from, to, target);
      return;
    }
    values.decode(in, column, count, before, bucket);
    if (starts) {
      for (int i = from; i < to; i++) {
        target.add(times[i], column[i], startColumn[i]);
      }
    } else if (from < to) {
      target.add(times, column, from, to);
    }
  }

  private static boolean hasStarts(SampleBuffer samples, int from, int to) {
    if (samples.hasStartTimestamps()) {
      for (int i = from; i < to; i++) {
        if (samples.startTimestampMs(i) != 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static void encodeHistograms(SampleBuffer samples, int from, int to, BytesOutput out) {
    FloatHistogram before = null;
    for (int i = from; i < to; i++) {
      FloatHistogram histogram = samples.histogram(i);
      if (histogram == null) {
        throw new IllegalStateException("a chunk holds floats or histograms, not both");
      }
      HistogramCodec.encode(histogram, before, out);
      before = histogram;
    }
  }

  private void decodeHistograms(BytesInput in, long[] times, int from, int to, SampleBuffer target)
      throws DamagedDataException {
    FloatHistogram before = null;
    for (int i = 0; i < to; i++) {
      before = HistogramCodec.decode(in, before);
      if (i >= from) {
        target.add(times[i], before, startColumn[i]);
      }
    }
  }

  private static int lowerBound(long[] times, long time) {
    int index = Arrays.binarySearch(times, time);
    return index < 0 ? -index - 1 : index;
  }
}
