package io.ghostworks.series;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesScan;
import io.ghostworks.series.select.MergedSelection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A scan over pinned layers. */
final class LayerScan implements SeriesScan {
  private final LiveLayers.Pin pin;
  private final MergedSelection series;
  private final Supplier<SeriesRows> readers;
  private final QueryContext context;
  private final AtomicLong reservedBytes = new AtomicLong();

  /**
   * @param readers gives what reads the layers, a new one for each thread
   */
  LayerScan(
      LiveLayers.Pin pin,
      MergedSelection series,
      Supplier<SeriesRows> readers,
      QueryContext context) {
    this.pin = pin;
    this.series = series;
    this.readers = readers;
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
    private final SeriesRows reader = readers.get();
    private long heldBytes;
    private boolean rawCounted;

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
      if (!rawCounted && samples.size() > 0 && samples.levels() == null) {
        rawCounted = true;
        context.countResolution(0);
      }
      context.countSamples(samples.size());
      return samples;
    }
  }
}
