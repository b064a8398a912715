package io.ghostworks.wire.remoteread;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.wire.proto.ProtoWriter;

/**
 * Writes {@code prometheus.ReadResponse}: one message with all samples of all queries. Used as
 * {@code beginQuery (beginSeries (sample | histogram)* endSeries)* endQuery}; the samples of a
 * series come before its histograms only if they are given so, which readers do not mind.
 */
public final class SamplesResponse {
  private final ProtoWriter out = new ProtoWriter(4096);
  private int query;
  private int series;

  public void beginQuery() {
    query = out.begin(1);
  }

  public void beginSeries(Labels labels) {
    series = out.begin(1);
    ReadMessages.labels(out, labels);
  }

  public void sample(long timestampMs, double value) {
    int sample = out.begin(2);
    out.float64Always(1, value);
    out.uint(2, timestampMs);
    out.end(sample);
  }

  public void histogram(long timestampMs, FloatHistogram histogram) {
    ReadMessages.histogram(out, 4, timestampMs, histogram);
  }

  public void endSeries() {
    out.end(series);
  }

  public void endQuery() {
    out.end(query);
  }

  /** The bytes so far. */
  public int sizeBytes() {
    return out.size();
  }

  public byte[] toByteArray() {
    return out.toByteArray();
  }
}
