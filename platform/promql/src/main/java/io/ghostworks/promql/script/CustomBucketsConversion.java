package io.ghostworks.promql.script;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.ClassicHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.promql.text.FloatText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes native histograms with custom buckets of the series of classic histograms. */
final class CustomBucketsConversion {
  private final Map<Labels, Map<Long, ClassicHistogram>> histograms = new TreeMap<>();

  static void add(ScriptCommand.Load load, MemorySeries target) {
    CustomBucketsConversion conversion = new CustomBucketsConversion();
    load.series().forEach(series -> conversion.collect(series, load.stepMs()));
    conversion.histograms.forEach((labels, byTime) ->
        byTime.forEach((time, classic) ->
            classic
                .toNative(CounterReset.UNKNOWN)
                .ifPresent(histogram -> target.add(labels, time, histogram))));
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
    Map<Long, ClassicHistogram> byTime = histograms.computeIfAbsent(base, l -> new TreeMap<>());
    long time = 0;
    for (SequenceValue value : series.values()) {
      if (!value.omitted() && value.histogram() == null) {
        ClassicHistogram classic = byTime.computeIfAbsent(time, t -> new ClassicHistogram());
        if (bound != null) {
          classic.bucket(bound, value.value());
        } else if (suffix.equals("_count")) {
          classic.count(value.value());
        } else {
          classic.sum(value.value());
        }
      }
      time += stepMs;
    }
  }
}
