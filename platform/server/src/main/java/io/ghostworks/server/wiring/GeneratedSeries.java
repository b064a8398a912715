package io.ghostworks.server.wiring;

import io.ghostworks.collector.generator.StoredSamples;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.List;

/** Reads the newest samples of the metrics generator's own series from the engine. */
record GeneratedSeries(SeriesSource source, Clock clock, MemoryBudget memory)
    implements StoredSamples {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  @Override
  public SeriesBatch newest(TenantId tenant, List<String> metricNames, long startMs, long endMs) {
    SeriesBatch found = new SeriesBatch("");
    try (QueryContext context =
        new QueryContext(tenant, clock, TIMEOUT, memory, memory.limitBytes())) {
      for (String name : metricNames) {
        SeriesSelection selection =
            new SeriesSelection(
                List.of(new LabelMatcher.Equal(Labels.METRIC_NAME, name)),
                startMs,
                endMs,
                0,
                0,
                "");
        try (SeriesCursor cursor = source.select(selection, context)) {
          while (cursor.next()) {
            addNewest(cursor.labels(), cursor.samples(), found);
          }
        }
      }
    } catch (QueryException | IllegalStateException e) {
      OverloadedException overloaded =
          new OverloadedException(
              "the stored metrics of spans cannot be read now: " + e.getMessage(), RETRY_AFTER);
      overloaded.initCause(e);
      throw overloaded;
    }
    return found;
  }

  private static void addNewest(Labels labels, SampleColumns samples, SeriesBatch into) {
    int last = samples.size() - 1;
    if (last < 0) {
      return;
    }
    FloatHistogram histogram = samples.histogram(last);
    int set = into.sets().add(labels);
    if (histogram == null) {
      into.add(set, samples.timestampMs(last), samples.value(last));
    } else {
      into.add(set, samples.timestampMs(last), histogram);
    }
  }
}
