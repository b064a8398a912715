package io.ghostworks.series.select;

import io.ghostworks.model.label.Labels;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.level.LevelBuffer;

/** A cursor that reads only what a mask lets through; series stay, even without samples. */
final class MaskedCursor implements LayerCursor {
  private final LayerCursor cursor;
  private final SeriesMask mask;

  MaskedCursor(LayerCursor cursor, SeriesMask mask) {
    this.cursor = cursor;
    this.mask = mask;
  }

  @Override
  public boolean next() {
    return cursor.next();
  }

  @Override
  public Labels labels() {
    return cursor.labels();
  }

  @Override
  public void read(long startMs, long endMs, SampleBuffer target) {
    mask.visible(
        cursor.labels(), startMs, endMs, (from, through) -> cursor.read(from, through, target));
  }

  @Override
  public void readRows(long startMs, long endMs, LevelBuffer target) {
    LevelBuffer rows = new LevelBuffer();
    cursor.readRows(startMs, endMs, rows);
    mask.visibleRows(cursor.labels(), rows, target);
  }
}
