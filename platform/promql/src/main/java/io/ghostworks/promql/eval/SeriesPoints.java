package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import org.jspecify.annotations.Nullable;

/** One series of a matrix as columns, ascending by time. Immutable by agreement. */
public final class SeriesPoints {
  private final Labels labels;
  private final long[] timestampsMs;
  private final double[] values;
  private final @Nullable FloatHistogram @Nullable [] histograms;

  SeriesPoints(
      Labels labels,
      long[] timestampsMs,
      double[] values,
      @Nullable FloatHistogram @Nullable [] histograms) {
    this.labels = labels;
    this.timestampsMs = timestampsMs;
    this.values = values;
    this.histograms = histograms;
  }

  /**
   * A series of floats.
   *
   * @param timestampsMs ascending; may be shared, as the values may be, since nobody changes them
   * @param values one for each time
   */
  public static SeriesPoints ofFloats(Labels labels, long[] timestampsMs, double[] values) {
    if (timestampsMs.length != values.length) {
      throw new IllegalArgumentException(
          "a series needs one value for each time, got %d and %d"
              .formatted(values.length, timestampsMs.length));
    }
    return new SeriesPoints(labels, timestampsMs, values, null);
  }

  public Labels labels() {
    return labels;
  }

  public int size() {
    return timestampsMs.length;
  }

  public long timestampMs(int index) {
    return timestampsMs[index];
  }

  /** The value, if the sample is no histogram. */
  public double value(int index) {
    return values[index];
  }

  /** Whether no sample is a histogram. */
  public boolean hasFloatsOnly() {
    return histograms == null;
  }

  public @Nullable FloatHistogram histogram(int index) {
    return histograms == null ? null : histograms[index];
  }
}
