package io.ghostworks.wire.remoteread;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.chunk.ChunkEncoding;
import io.ghostworks.wire.chunk.FloatChunkWriter;
import io.ghostworks.wire.chunk.HistogramChunkWriter;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/**
 * Writes series as a stream of {@code prometheus.ChunkedReadResponse}. A frame holds chunks of one
 * series, about as many as the bytes of a frame.
 *
 * <pre>
 * frame := length:uvarint crc32c:u32 message{length}          // big-endian, of the message
 * </pre>
 *
 * <p>Source: prometheus prompb/remote.proto, storage/remote/chunked.go.
 */
public final class ChunkFrames {
  private static final int CHUNK_SAMPLES_MAX = 120;
  private static final int HISTOGRAM_CHUNK_BYTES = 1024;

  private final OutputStream out;
  private final int frameBytes;
  private final ProtoWriter message = new ProtoWriter(4096);
  private final FloatChunkWriter floats = new FloatChunkWriter();
  private final HistogramChunkWriter histograms = new HistogramChunkWriter();
  private Labels labels = Labels.EMPTY;
  private long query;
  private int series;
  private int begun;
  private boolean open;
  private long chunkMinMs;
  private long chunkMaxMs;

  /**
   * @param frameBytes at which a frame ends; one chunk more may be in it
   */
  public ChunkFrames(OutputStream out, int frameBytes) {
    this.out = out;
    this.frameBytes = frameBytes;
  }

  /** Begins a series of a query. */
  public void beginSeries(int queryIndex, Labels of) {
    labels = of;
    query = queryIndex;
    open = false;
    floats.start();
    histograms.start();
  }

  /** Adds a float sample, later than what was added before. */
  public void sample(long timestampMs, double value) throws IOException {
    if (histograms.count() > 0) {
      endChunk();
    }
    if (floats.count() == CHUNK_SAMPLES_MAX) {
      endChunk();
    }
    reach(timestampMs, floats.count() == 0);
    floats.add(timestampMs, Double.doubleToRawLongBits(value));
  }

  /** Adds a native histogram, later than what was added before. */
  public void histogram(long timestampMs, FloatHistogram histogram) throws IOException {
    if (floats.count() > 0
        || histograms.count() == CHUNK_SAMPLES_MAX
        || (histograms.count() > 0 && histograms.sizeBytes() > HISTOGRAM_CHUNK_BYTES)
        || !histograms.takes(histogram)) {
      endChunk();
    }
    reach(timestampMs, histograms.count() == 0);
    histograms.add(timestampMs, histogram);
  }

  private void reach(long timestampMs, boolean first) {
    if (first) {
      chunkMinMs = timestampMs;
    }
    chunkMaxMs = timestampMs;
  }

  private void endChunk() throws IOException {
    if (floats.count() > 0) {
      chunk(ChunkEncoding.XOR, floats.toByteArray());
      floats.start();
    } else if (histograms.count() > 0) {
      chunk(ChunkEncoding.FLOAT_HISTOGRAM, histograms.toByteArray());
      histograms.start();
    }
  }

  private void chunk(ChunkEncoding encoding, byte[] data) throws IOException {
    if (!open) {
      message.truncate(0);
      series = message.begin(1);
      ReadMessages.labels(message, labels);
      begun = message.size();
      open = true;
    }
    ReadMessages.chunk(message, chunkMinMs, chunkMaxMs, encoding, data);
    if (begun + message.size() > frameBytes) {
      endFrame();
    }
  }

  private void endFrame() throws IOException {
    message.end(series);
    message.uint(2, query);
    open = false;
    CRC32C checksum = new CRC32C();
    checksum.update(message.array(), 0, message.size());
    uvarint(message.size());
    int crc = (int) checksum.getValue();
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(crc >>> shift);
    }
    out.write(message.array(), 0, message.size());
  }

  private void uvarint(int value) throws IOException {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out.write(rest | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /** Ends the series: its last frame is written. */
  public void endSeries() throws IOException {
    endChunk();
    if (open) {
      endFrame();
    }
  }
}
