package io.ghostworks.series.part;

import io.ghostworks.model.label.Labels;
import io.ghostworks.series.chunk.ChunkCodec;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.select.LayerCursor;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.part.BlockFraming;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** Walks over series of a part; their numbers are in the order of their labels. */
final class PartCursor implements LayerCursor {
  private static final int TEXTS_MAX = 65_536;
  private static final int TIMES_CACHED = 64;

  private final PartIndex index;
  private final IntIterator selected;
  private final ChunkCodec codec = new ChunkCodec();
  private final BlockFraming framing = new BlockFraming();
  private final BytesOutput scratch =
      new BytesOutput(1024, SeriesPartFormat.RUN_BYTES_MAX + BlockFraming.HEADER_BYTES);
  private final BytesOutput timesScratch =
      new BytesOutput(256, SeriesPartFormat.RUN_BYTES_MAX + BlockFraming.HEADER_BYTES);
  private final BytesInput run = new BytesInput(new byte[0]);
  private final BytesInput block = new BytesInput(new byte[0]);
  private final Map<Integer, String> texts = new HashMap<>();
  private final int[] cachedTimes = new int[TIMES_CACHED];
  private final long[][] cachedColumns = new long[TIMES_CACHED][];
  private final SampleBuffer probe = new SampleBuffer();
  private int series = -1;

  PartCursor(SeriesPart part, RoaringBitmap selected) {
    this.index = part.index();
    this.selected = selected.getIntIterator();
  }

  @Override
  public boolean next() {
    if (!selected.hasNext()) {
      return false;
    }
    series = selected.next();
    return true;
  }

  /** Goes to a series by its number. */
  void moveTo(int number) {
    series = number;
  }

  @Override
  public Labels labels() {
    PartIndex.Varints in = new PartIndex.Varints(index.labels(), index.labelsOffset(series));
    Labels.Builder builder = Labels.builder();
    for (long left = in.next(); left > 0; left--) {
      builder.set(text((int) in.next()), text((int) in.next()));
    }
    return builder.build();
  }

  @Override
  public void read(long startMs, long endMs, SampleBuffer target) {
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
  public boolean hasSamples(long startMs, long endMs) {
    long oldest = index.minTimestampMs(series);
    long newest = index.maxTimestampMs(series);
    if (oldest > endMs || newest < startMs) {
      return false;
    }
    if (oldest >= startMs || newest <= endMs) {
      return true;
    }
    probe.clear();
    read(startMs, endMs, probe);
    return probe.size() > 0;
  }

  private long[] times(int number) throws DamagedDataException {
    int slot = number % TIMES_CACHED;
    long @Nullable [] cached = cachedColumns[slot];
    if (cached != null && cachedTimes[slot] == number) {
      return cached;
    }
    index.readBlock(index.timesOffset(number), timesScratch, framing, block);
    long[] times = codec.decodeTimes(block);
    cachedTimes[slot] = number;
    cachedColumns[slot] = times;
    return times;
  }

  private String text(int symbol) {
    String text = texts.get(symbol);
    if (text == null) {
      if (texts.size() == TEXTS_MAX) {
        texts.clear();
      }
      text = index.symbol(symbol);
      texts.put(symbol, text);
    }
    return text;
  }
}
