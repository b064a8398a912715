package io.ghostworks.series;

/**
 * What one tenant may store.
 *
 * @param activeSeriesMax series with a sample in the last hour; applied to new series only
 * @param labelsMax labels of one series
 * @param labelNameBytesMax length of a label's name in UTF-8
 * @param labelValueBytesMax length of a label's value in UTF-8
 * @param histogramBucketsMax buckets of one native histogram
 * @param familiesMax metric families with metadata
 */
public record SeriesLimits(
    int activeSeriesMax,
    int labelsMax,
    int labelNameBytesMax,
    int labelValueBytesMax,
    int histogramBucketsMax,
    int familiesMax) {

  public SeriesLimits {
    if (activeSeriesMax < 1
        || labelsMax < 1
        || labelNameBytesMax < 8
        || labelValueBytesMax < 1
        || histogramBucketsMax < 1
        || familiesMax < 0) {
      throw new IllegalArgumentException(
          "limits of series must be positive, and names of 8 bytes allowed (for __name__)");
    }
    if ((long) labelsMax * (labelNameBytesMax + labelValueBytesMax + 10L) > 1 << 20) {
      throw new IllegalArgumentException(
          "the labels of one series must fit into 1 MiB, got %d labels of %d and %d bytes"
              .formatted(labelsMax, labelNameBytesMax, labelValueBytesMax));
    }
  }

  /** A million active series of at most 64 labels. */
  public static SeriesLimits defaults() {
    return new SeriesLimits(1_000_000, 64, 512, 8_192, 1_000, 20_000);
  }

  public SeriesLimits withActiveSeriesMax(int newActiveSeriesMax) {
    return new SeriesLimits(
        newActiveSeriesMax,
        labelsMax,
        labelNameBytesMax,
        labelValueBytesMax,
        histogramBucketsMax,
        familiesMax);
  }
}
