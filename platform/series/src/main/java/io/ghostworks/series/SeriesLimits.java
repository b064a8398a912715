package io.ghostworks.series;

import java.time.Duration;

/**
 * What one tenant may store. Limits of series and labels are applied to new series only.
 *
 * @param activeSeriesMax series with a sample in the last hour
 * @param seriesPerMetricMax of those, with one metric name
 * @param labelsMax labels of one series
 * @param labelNameBytesMax length of a label's name in UTF-8
 * @param labelValueBytesMax length of a label's value in UTF-8
 * @param histogramBucketsMax buckets of one native histogram
 * @param familiesMax metric families with metadata
 * @param outOfOrderWindow how far behind the newest sample of its series a sample may come
 */
public record SeriesLimits(
    int activeSeriesMax,
    int seriesPerMetricMax,
    int labelsMax,
    int labelNameBytesMax,
    int labelValueBytesMax,
    int histogramBucketsMax,
    int familiesMax,
    Duration outOfOrderWindow) {
  private static final int LABELS_BYTES_MAX = 1 << 20;

  public SeriesLimits {
    if (activeSeriesMax < 1
        || seriesPerMetricMax < 1
        || labelsMax < 1
        || labelNameBytesMax < 8
        || labelValueBytesMax < 1
        || histogramBucketsMax < 1
        || familiesMax < 0) {
      throw new IllegalArgumentException(
          "limits of series must be positive, and names of 8 bytes allowed (for __name__)");
    }
    if (outOfOrderWindow.isNegative()) {
      throw new IllegalArgumentException(
          "the out-of-order window must not be negative, got %s".formatted(outOfOrderWindow));
    }
    if ((long) labelsMax * (labelNameBytesMax + labelValueBytesMax + 10L) > LABELS_BYTES_MAX) {
      throw new IllegalArgumentException(
          "the labels of one series must fit into 1 MiB, got %d labels of %d and %d bytes"
              .formatted(labelsMax, labelNameBytesMax, labelValueBytesMax));
    }
  }

  /** Two million active series of at most 64 labels, ten minutes out of order. */
  public static SeriesLimits defaults() {
    return new SeriesLimits(
        2_000_000, 1_000_000, 64, 512, 8_192, 1_000, 20_000, Duration.ofMinutes(10));
  }

  public SeriesLimits withActiveSeriesMax(int newActiveSeriesMax) {
    return new SeriesLimits(
        newActiveSeriesMax,
        seriesPerMetricMax,
        labelsMax,
        labelNameBytesMax,
        labelValueBytesMax,
        histogramBucketsMax,
        familiesMax,
        outOfOrderWindow);
  }

  public SeriesLimits withSeriesPerMetricMax(int newSeriesPerMetricMax) {
    return new SeriesLimits(
        activeSeriesMax,
        newSeriesPerMetricMax,
        labelsMax,
        labelNameBytesMax,
        labelValueBytesMax,
        histogramBucketsMax,
        familiesMax,
        outOfOrderWindow);
  }

  public SeriesLimits withOutOfOrderWindow(Duration newOutOfOrderWindow) {
    return new SeriesLimits(
        activeSeriesMax,
        seriesPerMetricMax,
        labelsMax,
        labelNameBytesMax,
        labelValueBytesMax,
        histogramBucketsMax,
        familiesMax,
        newOutOfOrderWindow);
  }
}
