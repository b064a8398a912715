package io.ghostworks.wire.openmetrics;

import io.ghostworks.model.metric.MetricType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A family of metrics as it was exposed.
 *
 * @param name as the linter sees it: of counters the samples' own
 * @param hasHelp whether a help text was given, be it empty
 * @param metrics the label sets of its metrics, of histograms and summaries without {@code le} and
 *     {@code quantile}; a set that is there twice was exposed twice
 * @param seriesOfFirst how many series the first metric of a histogram or summary is, 1 for others
 */
public record ExposedFamily(
    String name,
    MetricType type,
    boolean hasHelp,
    List<Map<String, String>> metrics,
    int seriesOfFirst) {

  public ExposedFamily {
    metrics = List.copyOf(metrics);
  }

  /** How many series it is, as if all its metrics were like the first. */
  public int cardinality() {
    return metrics.size() * seriesOfFirst;
  }

  /** Labels without one of them. */
  static Map<String, String> without(Map<String, String> labels, String name) {
    if (!labels.containsKey(name)) {
      return labels;
    }
    Map<String, String> fewer = new LinkedHashMap<>(labels);
    fewer.remove(name);
    return fewer;
  }
}
