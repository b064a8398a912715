package io.ghostworks.promql.script;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.promql.text.FloatText;
import io.ghostworks.query.histogram.MutableHistogram;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes native histograms with custom buckets of the series of classic histograms. */
final class CustomBucketsConversion {
  private static final int[] NO_INTS = {};
  private static final double[] NO_DOUBLES = {};

  private final Map<Labels, Map<Long, Classic>> histograms = new TreeMap<>();

  private static final class Classic {
    private final TreeMap<Double, Double> buckets = new TreeMap<>();
    private @Nullable Double count;
    private double sum;
  }

  static void add(ScriptCommand.Load load, MemorySeries target) {
    CustomBucketsConversion conversion = new CustomBucketsConversion();
    load.series().forEach(series -> conversion.collect(series, load.stepMs()));
    conversion.histograms.forEach((labels, byTime) ->
        byTime.forEach((time, classic) -> target.add(labels, time, convert(classic))));
  }

  private void collect(SeriesDescription series, long stepMs) {
    String name = series.labels().metricName();
    for (String suffix : List.of("_bucket", "_count", "_sum")) {
      if (name.endsWith(suffix)) {
        Double bound = null;
        if (suffix.equals("_bucket")) {
          try {
            bound = FloatText.parseFloat(series.labels().get("le"));
          } catch (NumberFormatException e) {
            return; // no bucket
          }
          if (bound.isNaN()) {
            return;
          }
        }
        Labels base =
            series.labels().toBuilder()
                .set(Labels.METRIC_NAME, name.substring(0, name.length() - suffix.length()))
                .remove("le")
                .build();
        collect(series, stepMs, suffix, bound, base);
        return;
      }
    }
  }

  private void collect(
      SeriesDescription series, long stepMs, String suffix, @Nullable Double bound, Labels base) {
    Map<Long, Classic> byTime = histograms.computeIfAbsent(base, l -> new TreeMap<>());
    long time = 0;
    for (SequenceValue value : series.values()) {
      if (!value.omitted() && value.histogram() == null) {
        Classic classic = byTime.computeIfAbsent(time, t -> new Classic());
        if (bound != null) {
          classic.buckets.putIfAbsent(bound, value.value());
        } else if (suffix.equals("_count")) {
          classic.count = value.value();
        } else {
          classic.sum = value.value();
        }
      }
      time += stepMs;
    }
  }

  private static FloatHistogram convert(Classic classic) {
    TreeMap<Double, Double> buckets = classic.buckets;
    double count =
        classic.count != null
            ? classic.count
            : buckets.isEmpty() ? 0 : buckets.lastEntry().getValue();
    buckets.putIfAbsent(Double.POSITIVE_INFINITY, count);
    double[] bounds = new double[buckets.size() - 1];
    double[] counts = new double[buckets.size()];
    double before = 0;
    int at = 0;
    for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
      counts[at] = bucket.getValue() - before;
      before = bucket.getValue();
      if (at < bounds.length) {
        bounds[at] = bucket.getKey();
      }
      at++;
    }
    FloatHistogram histogram =
        new FloatHistogram(
            CounterReset.UNKNOWN,
            FloatHistogram.CUSTOM_BUCKETS,
            0,
            0,
            count,
            classic.sum,
            new int[] {0},
            new int[] {counts.length},
            counts,
            NO_INTS,
            NO_INTS,
            NO_DOUBLES,
            bounds);
    return MutableHistogram.of(histogram).compact().toHistogram();
  }
}
