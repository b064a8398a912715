package io.ghostworks.series.part;

import io.ghostworks.series.chunk.BucketColumn;
import io.ghostworks.series.chunk.ChunkCodec;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.chunk.SeriesChunkCodec;
import io.ghostworks.series.select.LayerReader;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.part.BlockFraming;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads samples of a part's series: only the chunks that overlap the range are decoded, and a
 * column of times, which the series of a target share, once as long as it is remembered. The same
 * holds for the bucket of a histogram that the next one refers to: in the order of series each is
 * decoded once.
 */
final class PartSamples implements LayerReader {
  private static final int TIMES_REMEMBERED = 512;

  /** More buckets than any writer leads through to one. */
  private static final int DEPTH_MAX = 64;

  private final PartIndex index;
  private final ChunkCodec firstVersion = new ChunkCodec();
  private final SeriesChunkCodec codec = new SeriesChunkCodec();
  private final BlockFraming framing = new BlockFraming();
  private final BytesOutput timesScratch =
      new BytesOutput(256, SeriesPartFormat.RUN_BYTES_MAX + BlockFraming.HEADER_BYTES);
  private final BytesInput block = new BytesInput(new byte[0]);
  private final List<Run> runs = new ArrayList<>();
  private final BucketMemory buckets = new BucketMemory();
  private int[] rememberedNumbers = {};
  private long[] @Nullable [] rememberedTimes = {};
  private @Nullable SampleBuffer probe;
  private @Nullable SampleBuffer unwanted;

  PartSamples(PartIndex index) {
    this.index = index;
  }

  /** The run of a series that is read, and of one that it refers to the next. */
  private static final class Run {
    private final BytesOutput scratch =
        new BytesOutput(1024, SeriesPartFormat.RUN_BYTES_MAX + BlockFraming.HEADER_BYTES);
    private final BytesInput in = new BytesInput(new byte[0]);
  }

  @Override
  public void read(int series, long startMs, long endMs, SampleBuffer target) {
    read(series, startMs, endMs, target, 0);
  }

  private void read(int series, long startMs, long endMs, SampleBuffer target, int depth) {
    if (index.minTimestampMs(series) > endMs || index.maxTimestampMs(series) < startMs) {
      return;
    }
    if (depth == runs.size()) {
      runs.add(new Run());
    }
    Run run = runs.get(depth);
    long offset = index.runOffset(series);
    index.readBlock(offset, run.scratch, framing, run.in);
    try {
      if (index.version() == SeriesPartFormat.FIRST_VERSION) {
        readFirstVersion(series, run.in, startMs, endMs, target);
      } else {
        readChunks(series, run.in, startMs, endMs, target, depth);
      }
    } catch (DamagedDataException e) {
      throw index.damaged(offset, e);
    }
  }

  private void readFirstVersion(
      int series, BytesInput in, long startMs, long endMs, SampleBuffer target)
      throws DamagedDataException {
    for (int left = index.chunkCount(series); left > 0; left--) {
      long[] times = times(in.getVarint(index.timesCount() - 1));
      int length = in.getVarint(in.remaining());
      if (times[0] > endMs) {
        return;
      }
      if (times[times.length - 1] >= startMs) {
        block.reset(in.array(), in.arrayOffset(), length);
        firstVersion.decode(block, times, startMs, endMs, target);
      }
      in.skip(length);
    }
  }

  private void readChunks(
      int series, BytesInput in, long startMs, long endMs, SampleBuffer target, int depth)
      throws DamagedDataException {
    int before = series - in.getVarint(series);
    int number = 0;
    for (int left = index.chunkCount(series); left > 0; left--) {
      number += (int) in.getZigzag();
      if (number < 0 || number >= index.timesCount()) {
        throw new DamagedDataException(
            "a chunk's times must be one of %d columns, got %d"
                .formatted(index.timesCount(), number));
      }
      long[] times = times(number);
      int length = in.getVarint(in.remaining());
      if (times[0] > endMs) {
        return;
      }
      if (times[times.length - 1] >= startMs) {
        readChunk(series, before, number, in, length, times, startMs, endMs, target, depth);
      }
      in.skip(length);
    }
  }

  private void readChunk(
      int series,
      int before,
      int number,
      BytesInput in,
      int length,
      long[] times,
      long startMs,
      long endMs,
      SampleBuffer target,
      int depth)
      throws DamagedDataException {
    if (length == 0) {
      throw new DamagedDataException("a chunk must not be empty");
    }
    block.reset(in.array(), in.arrayOffset(), length);
    if (!SeriesChunkCodec.isBucket(block)) {
      codec.decode(block, times, startMs, endMs, null, null, target);
      return;
    }
    BucketColumn column = null;
    if (SeriesChunkCodec.needsBucketBefore(block)) {
      column = buckets.take(before, number);
      if (column == null) {
        column = bucketBefore(series, before, number, startMs, endMs, depth);
        block.reset(in.array(), in.arrayOffset(), length);
      }
    }
    BucketColumn own = column == null ? new BucketColumn() : column;
    codec.decode(block, times, startMs, endMs, column, own, target);
    buckets.put(series, number, own);
  }

  /** Reads the bucket before, in the whole range, since its other chunks are needed next. */
  private BucketColumn bucketBefore(
      int series, int before, int number, long startMs, long endMs, int depth)
      throws DamagedDataException {
    if (before == series || depth == DEPTH_MAX) {
      throw new DamagedDataException(
          "a bucket must lead to one that stands alone within %d others".formatted(DEPTH_MAX));
    }
    if (unwanted == null) {
      unwanted = new SampleBuffer();
    }
    unwanted.clear();
    read(before, startMs, endMs, unwanted, depth + 1);
    BucketColumn column = buckets.take(before, number);
    if (column == null) {
      throw new DamagedDataException(
          "a bucket refers to series %d, which has no counts at its times".formatted(before));
    }
    return column;
  }

  @Override
  public boolean hasSamples(int series, long startMs, long endMs) {
    long oldest = index.minTimestampMs(series);
    long newest = index.maxTimestampMs(series);
    if (oldest > endMs || newest < startMs) {
      return false;
    }
    if (oldest >= startMs || newest <= endMs) {
      return true;
    }
    if (probe == null) {
      probe = new SampleBuffer();
    }
    probe.clear();
    read(series, startMs, endMs, probe);
    return probe.size() > 0;
  }

  private long[] times(int number) throws DamagedDataException {
    if (rememberedTimes.length == 0) {
      int room = Math.min(TIMES_REMEMBERED, index.timesCount());
      rememberedTimes = new long[room][];
      rememberedNumbers = new int[room];
    }
    int slot = number % rememberedTimes.length;
    long @Nullable [] remembered = rememberedTimes[slot];
    if (remembered != null && rememberedNumbers[slot] == number) {
      return remembered;
    }
    index.readBlock(index.timesOffset(number), timesScratch, framing, block);
    long[] times = firstVersion.decodeTimes(block);
    rememberedNumbers[slot] = number;
    rememberedTimes[slot] = times;
    return times;
  }
}
