package io.ghostworks.series.part;

import io.ghostworks.series.chunk.ChunkCodec;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.select.LayerReader;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.part.BlockFraming;
import org.jspecify.annotations.Nullable;

/**
 * Reads samples of a part's series: only the chunks that overlap the range are decoded, and a
 * column of times, which the series of a target share, once as long as it is remembered.
 */
final class PartSamples implements LayerReader {
  private static final int TIMES_REMEMBERED = 512;

  private final PartIndex index;
  private final ChunkCodec codec = new ChunkCodec();
  private final BlockFraming framing = new BlockFraming();
  private final BytesOutput scratch =
      new BytesOutput(1024, SeriesPartFormat.RUN_BYTES_MAX + BlockFraming.HEADER_BYTES);
  private final BytesOutput timesScratch =
      new BytesOutput(256, SeriesPartFormat.RUN_BYTES_MAX + BlockFraming.HEADER_BYTES);
  private final BytesInput run = new BytesInput(new byte[0]);
  private final BytesInput block = new BytesInput(new byte[0]);
  private final int[] rememberedNumbers = new int[TIMES_REMEMBERED];
  private final long[] @Nullable [] rememberedTimes = new long[TIMES_REMEMBERED][];
  private final SampleBuffer probe = new SampleBuffer();

  PartSamples(PartIndex index) {
    this.index = index;
  }

  @Override
  public void read(int series, long startMs, long endMs, SampleBuffer target) {
    if (index.minTimestampMs(series) > endMs || index.maxTimestampMs(series) < startMs) {
      return;
    }
    long offset = index.runOffset(series);
    index.readBlock(offset, scratch, framing, run);
    try {
      for (int left = index.chunkCount(series); left > 0; left--) {
        long[] times = times(run.getVarint(index.timesCount() - 1));
        int length = run.getVarint(run.remaining());
        if (times[0] > endMs) {
          return;
        }
        if (times[times.length - 1] >= startMs) {
          block.reset(run.array(), run.arrayOffset(), length);
          codec.decode(block, times, startMs, endMs, target);
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
    if (oldest >= startMs || newest <= endMs) {
      return true;
    }
    probe.clear();
    read(series, startMs, endMs, probe);
    return probe.size() > 0;
  }

  private long[] times(int number) throws DamagedDataException {
    int slot = number % TIMES_REMEMBERED;
    long @Nullable [] remembered = rememberedTimes[slot];
    if (remembered != null && rememberedNumbers[slot] == number) {
      return remembered;
    }
    index.readBlock(index.timesOffset(number), timesScratch, framing, block);
    long[] times = codec.decodeTimes(block);
    rememberedNumbers[slot] = number;
    rememberedTimes[slot] = times;
    return times;
  }
}
