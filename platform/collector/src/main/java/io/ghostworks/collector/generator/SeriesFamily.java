package io.ghostworks.collector.generator;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A family of metrics.
 *
 * @param bounds of a histogram's classic buckets, ascending; null for counters and gauges
 * @param unit of OTLP's points; "" where the name has it
 * @param histograms how a histogram is written
 * @param exemplarsMax of one OTLP point
 */
record SeriesFamily(
    String name,
    MetricType type,
    String help,
    String unit,
    double @Nullable [] bounds,
    GeneratorSettings.Histograms histograms,
    int exemplarsMax) {

  static SeriesFamily counter(String name, String help) {
    return new SeriesFamily(
        name, MetricType.COUNTER, help, "", null, GeneratorSettings.Histograms.DEFAULT, 1);
  }

  static SeriesFamily gauge(String name, String help) {
    return new SeriesFamily(
        name, MetricType.GAUGE, help, "", null, GeneratorSettings.Histograms.DEFAULT, 0);
  }

  static SeriesFamily histogram(
      String name, String help, double[] bounds, GeneratorSettings.Histograms histograms) {
    double[] sorted = bounds.clone();
    Arrays.sort(sorted);
    return new SeriesFamily(name, MetricType.HISTOGRAM, help, "", sorted, histograms, 0);
  }

  /**
   * A histogram that becomes OTLP points.
   *
   * @param bounds ascending; null for exponential buckets, of which there are at most {@code max}
   */
  static SeriesFamily points(
      String name,
      String help,
      String unit,
      double @Nullable [] bounds,
      int max,
      int exemplarsMax) {
    GeneratorSettings.Histograms histograms =
        new GeneratorSettings.Histograms(bounds != null, bounds == null, 0, max);
    return new SeriesFamily(
        name,
        MetricType.HISTOGRAM,
        help,
        unit,
        bounds == null ? new double[0] : bounds.clone(),
        histograms,
        exemplarsMax);
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
