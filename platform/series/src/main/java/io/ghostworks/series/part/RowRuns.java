package io.ghostworks.series.part;

import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.level.LevelBuffer;
import io.ghostworks.series.level.LevelChunkCodec;
import io.ghostworks.series.select.LayerReader;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.part.BlockFraming;
import org.jspecify.annotations.Nullable;

/** Reads the runs of a part of downsampled rows. Used by one thread. */
final class RowRuns implements LayerReader {
  private static final int TIMES_CACHED = 64;

  private final PartIndex index;
  private final int resolutionMs;
  private final LevelChunkCodec codec = new LevelChunkCodec();
  private final BlockFraming framing = new BlockFraming();
  private final BytesOutput scratch =
      new BytesOutput(1024, SeriesPartFormat.RUN_BYTES_MAX + BlockFraming.HEADER_BYTES);
  private final BytesOutput timesScratch =
      new BytesOutput(256, SeriesPartFormat.RUN_BYTES_MAX + BlockFraming.HEADER_BYTES);
  private final BytesInput run = new BytesInput(new byte[0]);
  private final BytesInput block = new BytesInput(new byte[0]);
  private final int[] cachedNumbers = new int[TIMES_CACHED];
  private final LevelChunkCodec.@Nullable Times[] cached =
      new LevelChunkCodec.@Nullable Times[TIMES_CACHED];
  private final LevelBuffer probe = new LevelBuffer();

  RowRuns(PartIndex index, int resolutionMs) {
    this.index = index;
    this.resolutionMs = resolutionMs;
  }

  @Override
  public void read(int series, long startMs, long endMs, SampleBuffer target) {
    throw new IllegalStateException("a part of rows has no samples");
  }

  @Override
  public void readRows(int series, long startMs, long endMs, LevelBuffer target) {
    if (index.minTimestampMs(series) > endMs || index.maxTimestampMs(series) < startMs) {
      return;
    }
    long offset = index.runOffset(series);
    index.readBlock(offset, scratch, framing, run);
    try {
      for (int left = index.chunkCount(series); left > 0; left--) {
        LevelChunkCodec.Times times = times(run.getVarint(index.timesCount() - 1));
        int length = run.getVarint(run.remaining());
        if (times.lastMs()[0] > endMs) {
          return;
        }
        if (times.lastMs()[times.size() - 1] >= startMs) {
          block.reset(run.array(), run.arrayOffset(), length);
          codec.decode(block, times, resolutionMs, startMs, endMs, target);
        }
        run.skip(length);
      }
    } catch (DamagedDataException e) {
      throw index.damaged(offset, e);
    }
  }

  @Override
  public boolean hasSamples(int series, long startMs, long endMs) {
    long oldest = index.minTimestampMs(series);
    long newest = index.maxTimestampMs(series);
    if (oldest > endMs || newest < startMs) {
      return false;
    }
    if (newest <= endMs) {
      return true;
    }
    probe.clear();
    readRows(series, startMs, endMs, probe);
    return probe.size() > 0;
  }

  private LevelChunkCodec.Times times(int number) throws DamagedDataException {
    int slot = number % TIMES_CACHED;
    LevelChunkCodec.Times known = cached[slot];
    if (known != null && cachedNumbers[slot] == number) {
      return known;
    }
    index.readBlock(index.timesOffset(number), timesScratch, framing, block);
    LevelChunkCodec.Times times = LevelChunkCodec.decodeTimes(block);
    cachedNumbers[slot] = number;
    cached[slot] = times;
    return times;
  }
}
