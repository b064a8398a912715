package io.ghostworks.series;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesScan;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.select.MergedSelection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A scan over pinned layers. Of samples at the same time that of the older layer counts. */
final class LayerScan implements SeriesScan {
  private final LiveLayers.Pin pin;
  private final List<VisibleLayer> layers;
  private final MergedSelection series;
  private final SeriesSelection selection;
  private final QueryContext context;
  private final AtomicLong reservedBytes = new AtomicLong();

  LayerScan(
      LiveLayers.Pin pin,
      List<VisibleLayer> layers,
      MergedSelection series,
      SeriesSelection selection,
      QueryContext context) {
    this.pin = pin;
    this.layers = layers;
    this.series = series;
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
    private final LayersReader reader =
        new LayersReader(layers, series, selection.startMs(), selection.endMs());
    private final SampleBuffer samples = new SampleBuffer();
    private long heldBytes;

    @Override
    public SampleColumns read(int index) {
      context.check();
      reader.read(index, samples);
      long bytes = samples.bytes();
      if (bytes > heldBytes) {
        context.reserve(bytes - heldBytes);
        reservedBytes.addAndGet(bytes - heldBytes);
        heldBytes = bytes;
      }
      context.countSamples(samples.size());
      return samples.columns();
    }
  }
}
