package io.ghostworks.series;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesScan;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.series.select.MergedSelection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A scan over pinned layers of samples and of downsampled rows. */
final class LevelledScan implements SeriesScan {
  private final LiveLayers.Pin pin;
  private final LevelSelection needed;
  private final List<VisibleLayer> layers;
  private final MergedSelection series;
  private final Visibility visibility;
  private final SeriesSelection selection;
  private final QueryContext context;
  private final AtomicLong reservedBytes = new AtomicLong();

  /**
   * @param layers all that are needed, those of samples first, as they were selected from
   */
  LevelledScan(
      LiveLayers.Pin pin,
      LevelSelection needed,
      List<VisibleLayer> layers,
      MergedSelection series,
      Visibility visibility,
      SeriesSelection selection,
      QueryContext context) {
    this.pin = pin;
    this.needed = needed;
    this.layers = layers;
    this.series = series;
    this.visibility = visibility;
    this.selection = selection;
    this.context = context;
  }

  @Override
  public int size() {
    return series.size();
  }

  @Override
  public Labels labels(int index) {
    return series.labels(index);
  }

  @Override
  public Reader reader() {
    return new ScanReader();
  }

  @Override
  public void close() {
    pin.close();
    context.release(reservedBytes.getAndSet(0));
  }

  private final class ScanReader implements Reader {
    private final LevelledReader reader =
        new LevelledReader(needed, layers, series, visibility, selection, context);
    private long heldBytes;

    @Override
    public SampleColumns read(int index) {
      context.check();
      SampleColumns samples = reader.read(index);
      long bytes = reader.bytes();
      if (bytes > heldBytes) {
        context.reserve(bytes - heldBytes);
        reservedBytes.addAndGet(bytes - heldBytes);
        heldBytes = bytes;
      }
      context.countSamples(samples.size());
      return samples;
    }
  }
}
