package io.ghostworks.server.wiring;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.LabelSetTable;
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
import io.ghostworks.wire.otlp.metrics.StoredSeries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the newest samples of single series from the engine. */
final class StoredSumsReader implements StoredSeries {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** Farther ahead of the clock no sample is taken. */
  private static final Duration AHEAD = Duration.ofHours(1);

  private final SeriesSource source;
  private final Clock clock;
  private final MemoryBudget memory;

  StoredSumsReader(SeriesSource source, Clock clock, MemoryBudget memory) {
    this.source = source;
    this.clock = clock;
    this.memory = memory;
  }

  @Override
  public SeriesBatch read(TenantId tenant, LabelSetTable wanted, long fromMs) {
    SeriesBatch found = new SeriesBatch("", wanted);
    try (QueryContext context =
        new QueryContext(tenant, clock, TIMEOUT, memory, memory.limitBytes())) {
      for (int set = 0; set < wanted.size(); set++) {
        read(set, fromMs, context, found);
      }
    } catch (QueryException e) { // The sender asked nothing: it may send the same again.
      OverloadedException overloaded =
          new OverloadedException(
              "the stored sums of a delta stream cannot be read now: " + e.getMessage(),
              RETRY_AFTER);
      overloaded.initCause(e);
      throw overloaded;
    }
    return found;
  }

  private void read(int set, long fromMs, QueryContext context, SeriesBatch into) {
    Labels labels = into.sets().labels(set);
    List<LabelMatcher> matchers = new ArrayList<>();
    labels.forEach((name, value) -> matchers.add(new LabelMatcher.Equal(name, value)));
    SeriesSelection selection =
        new SeriesSelection(matchers, fromMs, clock.epochMs() + AHEAD.toMillis(), 0, 0, "");
    try (SeriesCursor cursor = source.select(selection, context)) {
      while (cursor.next()) {
        if (cursor.labels().equals(labels)) { // others have more labels
          add(set, cursor.samples(), into);
        }
      }
    }
  }

  private static void add(int set, SampleColumns samples, SeriesBatch into) {
    for (int i = 0; i < samples.size(); i++) {
      FloatHistogram histogram = samples.histogram(i);
      if (histogram == null) {
        into.add(set, samples.timestampMs(i), samples.value(i));
      } else {
        into.add(set, samples.timestampMs(i), histogram);
      }
      if (samples.hasStartTimestamps()) {
        into.startTimestampOfLast(samples.startTimestampMs(i));
      }
    }
  }
}
