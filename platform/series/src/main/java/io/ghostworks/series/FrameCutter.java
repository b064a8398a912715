package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.series.chunk.HistogramCodec;
import io.ghostworks.series.head.HeadIndex;
import io.ghostworks.storage.bytes.BytesOutput;
import java.util.ArrayList;
import java.util.List;

/** Cuts what is accepted of a batch into frames that the journal takes. */
final class FrameCutter {
  private static final int ROWS_MAX = 16_384;

  /** More than the encoded size of a float row. */
  private static final int ROW_BYTES = 40;

  private static final int FRAME_BYTES = 256;

  private final int frameBytesMax;
  private final BytesOutput encoded = new BytesOutput(256, 1 << 24);
  private TenantId tenant = TenantId.DEFAULT;
  private HeadIndex index;
  private List<Rows> frames = new ArrayList<>();
  private int frameBytes;

  FrameCutter(SeriesOptions options, HeadIndex index) {
    this.frameBytesMax = options.journal().frameBytesMax() / 2;
    this.index = index;
  }

  void begin(TenantId owner, HeadIndex generation) {
    tenant = owner;
    index = generation;
    frames = new ArrayList<>(1);
    newFrame();
  }

  /** All frames of the batch, also those without anything in them so far. */
  List<Rows> frames() {
    return frames;
  }

  /** The frames that have something in them. */
  List<Rows> cut() {
    frames.removeIf(Rows::isEmpty);
    return frames;
  }

  /** The frame for something that takes about as many bytes. */
  Rows frameFor(int bytes) {
    Rows frame = frames.getLast();
    if (frame.size() >= ROWS_MAX || (!frame.isEmpty() && frameBytes + bytes > frameBytesMax)) {
      frame = newFrame();
    }
    frameBytes += bytes;
    return frame;
  }

  /** Takes a row that is accepted. */
  void add(SeriesBatch batch, int row, int series, long startMs) {
    long time = batch.timestampMs(row);
    int definitionBytes = definitionBytes(batch, batch.set(row));
    if (!batch.isHistogram(row)) {
      frameFor(ROW_BYTES + definitionBytes)
          .add(series, time, batch.valueBits(row), Rows.FLOAT, startMs);
      return;
    }
    encoded.clear();
    HistogramCodec.encode(batch.histogram(row), null, encoded);
    Rows frame = frameFor(ROW_BYTES + definitionBytes + encoded.position());
    long slice = frame.histograms.append(encoded.array(), 0, encoded.position());
    frame.add(series, time, slice, Rows.HISTOGRAM, startMs);
  }

  /** What the definition of a set's series takes at most. */
  static int definitionBytes(SeriesBatch batch, int set) {
    // Texts of new pairs, and the ids of all: at most four times what short pairs take themselves.
    return 4 * batch.sets().packedBytesMax(set) + 32;
  }

  private Rows newFrame() {
    Rows frame = new Rows(tenant, index);
    frames.add(frame);
    frameBytes = FRAME_BYTES;
    return frame;
  }
}
