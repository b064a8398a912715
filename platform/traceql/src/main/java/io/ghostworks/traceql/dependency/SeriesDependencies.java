package io.ghostworks.traceql.dependency;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.query.series.SeriesSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Dependencies from the series of the service graph: what {@code
 * traces_service_graph_request_total} and {@code traces_service_graph_request_failed_total} grew by
 * in the range. They outlive the spans, and are weighed already.
 */
public final class SeriesDependencies implements Dependencies {
  private static final String CALLS = "traces_service_graph_request_total";
  private static final String FAILED = "traces_service_graph_request_failed_total";
  private static final long NANOS_PER_MS = 1_000_000;

  /** A series goes on from a sample that is not older at the start of the range. */
  private static final long LOOKBACK_MS = Duration.ofMinutes(5).toMillis();

  private final SeriesSource series;

  public SeriesDependencies(SeriesSource series) {
    this.series = series;
  }

  @Override
  public DependencyGraph between(long startNanos, long endNanos, QueryContext context) {
    DependencyCounts counts = new DependencyCounts();
    long startMs = startNanos / NANOS_PER_MS;
    long endMs = Math.max(startMs, (endNanos - 1) / NANOS_PER_MS);
    add(CALLS, startMs, endMs, context, counts, false);
    add(FAILED, startMs, endMs, context, counts, true);
    Optional<String> partial =
        counts.isFull()
            ? Optional.of("the range has more kinds of calls than one answer tells")
            : Optional.empty();
    return new DependencyGraph(counts.sorted(), partial, 0, 0);
  }

  private void add(
      String metric,
      long startMs,
      long endMs,
      QueryContext context,
      DependencyCounts counts,
      boolean failed) {
    SeriesSelection selection =
        new SeriesSelection(
            List.of(new LabelMatcher.Equal(Labels.METRIC_NAME, metric)),
            startMs - LOOKBACK_MS,
            endMs,
            0,
            0,
            "increase");
    try (SeriesCursor cursor = series.select(selection, context)) {
      while (cursor.next()) {
        context.check();
        Labels labels = cursor.labels();
        double grown = increase(cursor.samples(), startMs);
        Optional<ConnectionType> type = ConnectionType.find(labels.get("connection_type"));
        if (grown > 0 && labels.has("client") && labels.has("server") && type.isPresent()) {
          counts.add(
              labels.get("client"),
              labels.get("server"),
              type.get(),
              failed ? 0 : grown,
              failed ? grown : 0);
        }
      }
    }
  }

  /** What a counter grew by from the last sample at or before the start on. */
  private static double increase(SampleColumns samples, long startMs) {
    double grown = 0;
    double last = Double.NaN;
    for (int i = 0; i < samples.size(); i++) {
      double value = samples.value(i);
      if (Samples.isStale(value)) {
        continue;
      }
      if (samples.timestampMs(i) >= startMs && !Double.isNaN(last)) {
        grown += value >= last ? value - last : value;
      }
      last = value;
    }
    return grown;
  }
}
