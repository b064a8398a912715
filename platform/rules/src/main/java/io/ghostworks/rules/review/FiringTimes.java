package io.ghostworks.rules.review;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesScan;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.query.series.SeriesSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * When alerts fired, by the series {@code ALERTS{alertstate="firing"}}: an alert fires from its
 * first sample to the staleness marker that ends it, or, where that was lost, until samples are
 * missing for longer than a few evaluations.
 */
final class FiringTimes {
  private static final long GAP_MIN_MS = 5 * 60_000;
  private static final int EVALUATIONS_LOST_MAX = 4;

  private final SeriesSource source;
  private final QueryContext context;

  FiringTimes(SeriesSource source, QueryContext context) {
    this.source = source;
    this.context = context;
  }

  /**
   * One alert and the times at which it fired, oldest first.
   *
   * @param labels as its rule made them
   */
  record Fired(Labels labels, List<Span> spans) {
    Fired {
      spans = List.copyOf(spans);
    }
  }

  /**
   * @param open whether it still fires at the end
   */
  record Span(long startMs, long endMs, boolean open) {}

  /** Tells of every alert of a name that fired in a range. */
  void of(String alertname, long startMs, long endMs, Consumer<Fired> consumer) {
    SeriesSelection selection =
        new SeriesSelection(
            List.of(
                new LabelMatcher.Equal(Labels.METRIC_NAME, "ALERTS"),
                new LabelMatcher.Equal("alertname", alertname),
                new LabelMatcher.Equal("alertstate", "firing")),
            startMs,
            endMs,
            0,
            0,
            "");
    try (SeriesScan scan = source.scan(selection, context)) {
      SeriesScan.Reader reader = scan.reader();
      for (int i = 0; i < scan.size(); i++) {
        context.check();
        List<Span> spans = spans(reader.read(i), endMs);
        if (!spans.isEmpty()) {
          Labels labels =
              scan.labels(i).toBuilder().remove(Labels.METRIC_NAME).remove("alertstate").build();
          consumer.accept(new Fired(labels, spans));
        }
      }
    }
  }

  private static List<Span> spans(SampleColumns samples, long endMs) {
    List<Span> spans = new ArrayList<>();
    long gapMs = longestGapMs(samples);
    long sinceMs = Long.MIN_VALUE;
    long lastMs = Long.MIN_VALUE;
    for (int i = 0; i < samples.size(); i++) {
      long atMs = samples.timestampMs(i);
      boolean stale = Samples.isStale(samples.value(i));
      if (sinceMs != Long.MIN_VALUE && atMs - lastMs > gapMs) {
        spans.add(new Span(sinceMs, lastMs, false));
        sinceMs = Long.MIN_VALUE;
      }
      if (stale && sinceMs != Long.MIN_VALUE) {
        spans.add(new Span(sinceMs, atMs, false));
        sinceMs = Long.MIN_VALUE;
      } else if (!stale) {
        sinceMs = sinceMs == Long.MIN_VALUE ? atMs : sinceMs;
        lastMs = atMs;
      }
    }
    if (sinceMs != Long.MIN_VALUE) {
      boolean open = endMs - lastMs <= gapMs;
      spans.add(new Span(sinceMs, open ? endMs : lastMs, open));
    }
    return spans;
  }

  private static long longestGapMs(SampleColumns samples) {
    long[] gaps = new long[Math.max(0, samples.size() - 1)];
    for (int i = 1; i < samples.size(); i++) {
      gaps[i - 1] = samples.timestampMs(i) - samples.timestampMs(i - 1);
    }
    Arrays.sort(gaps);
    long median = gaps.length == 0 ? 0 : gaps[gaps.length / 2];
    return Math.max(GAP_MIN_MS, EVALUATIONS_LOST_MAX * median);
  }
}
