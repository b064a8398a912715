package io.ghostworks.server.cli;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.exposition.HistoryWriter;
import io.ghostworks.wire.tsdb.PrometheusBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Sends samples to a running server as history, in requests of bounded size. */
final class HistoryUpload implements PrometheusBlock.Sink {

  private static final int REQUEST_BYTES = 24 << 20;

  private final ServerAddress server;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream(1 << 16);
  private final HistoryWriter writer = new HistoryWriter(text);
  private long samples;
  private @Nullable String refused;

  HistoryUpload(ServerAddress server) {
    this.server = server;
  }

  /** The server cannot be reached, or takes nothing of what it was sent. */
  static final class UploadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UploadException(String message) {
      super(message);
    }
  }

  /** How many samples were sent. */
  long samples() {
    return samples;
  }

  /** What the server refused first, all else being stored; null if nothing. */
  @Nullable String refused() {
    return refused;
  }

  @Override
  public void series(Labels labels) {
    writer.beginSeries(labels);
  }

  @Override
  public void sample(long timestampMs, long valueBits, long startMs) {
    try {
      writer.sample(timestampMs, Double.longBitsToDouble(valueBits), startMs);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Writing to memory does not fail.
    }
    added();
  }

  @Override
  public void sample(long timestampMs, FloatHistogram histogram, long startMs) {
    try {
      writer.histogram(timestampMs, histogram, startMs);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Writing to memory does not fail.
    }
    added();
  }

  private void added() {
    samples++;
    if (text.size() >= REQUEST_BYTES) {
      send();
    }
  }

  /** Sends what waits. */
  void send() {
    if (text.size() == 0) {
      return;
    }
    try {
      String answer =
          server.post(
              "/api/v1/import/prometheus", "gzip", ContentCoding.GZIP.encode(text.toByteArray()));
      if (!answer.isEmpty() && refused == null) {
        refused = answer.strip();
      }
    } catch (ServerAddress.ServerException e) {
      throw new UploadException(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UploadException("interrupted");
    }
    text.reset();
  }
}
