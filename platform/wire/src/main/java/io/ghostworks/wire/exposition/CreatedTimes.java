package io.ghostworks.wire.exposition;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.wire.exposition.ExpositionParser.Entry;
import java.util.HashMap;
import java.util.Map;

/**
 * The start timestamps that an OpenMetrics 1.0 text tells in samples named {@code _created}, by
 * family and labels without {@code le} and {@code quantile}. Only counters, summaries and
 * histograms have them. Source: OpenMetrics 1.0, "Created", and Prometheus
 * model/textparse/openmetricsparse.go, StartTimestamp.
 */
final class CreatedTimes {
  private static final String SUFFIX = "_created";

  private final Map<Labels, Long> startsMs = new HashMap<>();

  private CreatedTimes() {}

  /** Those of a text, which is read through once. */
  static CreatedTimes of(byte[] text, int offset, int length) {
    CreatedTimes created = new CreatedTimes();
    OpenMetricsParser parser = new OpenMetricsParser(text, offset, length);
    for (Entry entry = parser.next(); entry != Entry.END; entry = parser.next()) {
      if (entry == Entry.SERIES && isCreated(parser)) {
        Labels labels = parser.labels();
        String name = labels.metricName();
        String family = name.substring(0, name.length() - SUFFIX.length());
        created.startsMs.put(key(labels, family), (long) (parser.value() * 1000));
      }
    }
    return created;
  }

  /** Whether the sample at which the parser stands tells a start. */
  static boolean isCreated(OpenMetricsParser parser) {
    return hasStart(parser.type()) && parser.textHas(SUFFIX) && parser.nameEndsWith(SUFFIX);
  }

  /** When the sample at which the parser stands began; 0 where nothing says so. */
  long startMs(OpenMetricsParser parser) {
    return hasStart(parser.type()) && !startsMs.isEmpty()
        ? startsMs.getOrDefault(key(parser.labels(), parser.family()), 0L)
        : 0;
  }

  private static boolean hasStart(MetricType type) {
    return type == MetricType.COUNTER || type == MetricType.SUMMARY || type == MetricType.HISTOGRAM;
  }

  private static Labels key(Labels labels, String family) {
    return labels.toBuilder()
        .set(Labels.METRIC_NAME, family)
        .remove("le")
        .remove("quantile")
        .build();
  }
}
