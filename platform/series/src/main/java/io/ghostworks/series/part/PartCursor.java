package io.ghostworks.series.part;

import io.ghostworks.model.label.Labels;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.level.LevelBuffer;
import io.ghostworks.series.select.LayerCursor;
import io.ghostworks.series.select.LayerReader;
import java.util.HashMap;
import java.util.Map;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** Walks over series of a part; their numbers are in the order of their labels. */
final class PartCursor implements LayerCursor {
  private static final int TEXTS_MAX = 65_536;

  private final PartIndex index;
  private final IntIterator selected;
  private final LayerReader samples;
  private final Map<Integer, String> texts = new HashMap<>();
  private int series = -1;

  PartCursor(SeriesPart part, RoaringBitmap selected) {
    this.index = part.index();
    this.samples = part.reader();
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
    samples.read(series, startMs, endMs, target);
  }

  @Override
  public void readRows(long startMs, long endMs, LevelBuffer target) {
    samples.readRows(series, startMs, endMs, target);
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
