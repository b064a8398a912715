package io.ghostworks.series;

import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.select.MergedSelection;
import java.util.List;

/** Reads series that have samples as they came, and no downsampled rows. */
final class SampleReader implements SeriesRows {
  private final LayersReader layers;
  private final SeriesSelection selection;
  private final SampleBuffer samples = new SampleBuffer();

  SampleReader(List<VisibleLayer> layers, MergedSelection series, SeriesSelection selection) {
    this.layers = new LayersReader(layers, series);
    this.selection = selection;
  }

  @Override
  public SampleColumns read(int index) {
    samples.clear();
    layers.add(index, layers.layers(), selection.startMs(), selection.endMs(), samples);
    samples.normalize();
    return samples.columns();
  }

  @Override
  public long bytes() {
    return samples.bytes();
  }
}
