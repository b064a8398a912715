package io.ghostworks.collector.generator;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A family of metrics.
 *
 * @param bounds of a histogram's classic buckets, ascending; null for counters and gauges
 * @param histograms how a histogram is written
 */
record SeriesFamily(
    String name,
    MetricType type,
    String help,
    double @Nullable [] bounds,
    GeneratorSettings.Histograms histograms) {

  static SeriesFamily counter(String name, String help) {
    return new SeriesFamily(
        name, MetricType.COUNTER, help, null, GeneratorSettings.Histograms.DEFAULT);
  }

  static SeriesFamily gauge(String name, String help) {
    return new SeriesFamily(
        name, MetricType.GAUGE, help, null, GeneratorSettings.Histograms.DEFAULT);
  }

  static SeriesFamily histogram(
      String name, String help, double[] bounds, GeneratorSettings.Histograms histograms) {
    double[] sorted = bounds.clone();
    Arrays.sort(sorted);
    return new SeriesFamily(name, MetricType.HISTOGRAM, help, sorted, histograms);
  }

  boolean isGauge() {
    return type == MetricType.GAUGE;
  }

  /** The labels of one of its series: with {@code suffix} behind the name. */
  Labels labels(Labels labels, String suffix) {
    return labels.toBuilder().set(Labels.METRIC_NAME, name + suffix).build();
  }

  GeneratedMetric metric(String traceIdLabel) {
    return bounds == null
        ? new CounterMetric(this)
        : new HistogramMetric(this, bounds, traceIdLabel);
  }

  /** How many series one label set has. */
  int series() {
    if (bounds == null) {
      return 1;
    }
    return (histograms.classic() ? bounds.length + 3 : 0) + (histograms.nativeOnes() ? 1 : 0);
  }
}
