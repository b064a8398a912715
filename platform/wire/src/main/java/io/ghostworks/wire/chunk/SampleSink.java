package io.ghostworks.wire.chunk;

import io.ghostworks.model.metric.FloatHistogram;

/** Takes the samples of a chunk in their order. */
public interface SampleSink {

  /**
   * A float sample.
   *
   * @param startMs when its counter began, or 0
   */
  void sample(long timestampMs, long valueBits, long startMs);

  /**
   * A native histogram; integer counts are given as floats.
   *
   * @param startMs when its counter began, or 0
   */
  void sample(long timestampMs, FloatHistogram histogram, long startMs);
}
