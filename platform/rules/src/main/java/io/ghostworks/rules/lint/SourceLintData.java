package io.ghostworks.rules.lint;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesScan;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.query.series.SeriesSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The series of a store, asked within one query: its time, memory and cancellation count for all of
 * a lint.
 */
public final class SourceLintData implements LintData {
  private static final Duration SAMPLED = Duration.ofHours(1);
  private static final int SAMPLED_SERIES = 5;
  private static final int GAPS_MIN = 5;

  private final SeriesSource source;
  private final QueryContext context;
  private final EngineOptions options;
  private final long nowMs;
  private final Duration window;
  private final Map<String, Optional<Duration>> intervals = new HashMap<>();
  private @Nullable Map<String, List<MetricMetadata>> metadata;

  /**
   * @param window how far back series count
   */
  public SourceLintData(
      SeriesSource source,
      QueryContext context,
      EngineOptions options,
      long nowMs,
      Duration window) {
    this.source = source;
    this.context = context;
    this.options = options;
    this.nowMs = nowMs;
    this.window = window;
  }

  @Override
  public Duration window() {
    return window;
  }

  @Override
  public List<Labels> series(List<LabelMatcher> matchers, int limit) {
    return source.series(selectors(matchers), startMs(), nowMs, limit, context);
  }

  @Override
  public List<String> values(String label, List<LabelMatcher> matchers, int limit) {
    return source.labelValues(label, selectors(matchers), startMs(), nowMs, limit, context);
  }

  private static List<List<LabelMatcher>> selectors(List<LabelMatcher> matchers) {
    return matchers.isEmpty() ? List.of() : List.of(matchers);
  }

  private long startMs() {
    return nowMs - window.toMillis();
  }

  @Override
  public Optional<Duration> scrapeInterval(List<LabelMatcher> matchers) {
    return intervals.computeIfAbsent(String.valueOf(matchers), text -> interval(matchers));
  }

  /** The median of the distances between samples, of the series where it is longest. */
  private Optional<Duration> interval(List<LabelMatcher> matchers) {
    SeriesSelection selection =
        new SeriesSelection(matchers, nowMs - SAMPLED.toMillis(), nowMs, 0, 0, "");
    long longest = 0;
    try (SeriesScan scan = source.scan(selection, context)) {
      SeriesScan.Reader reader = scan.reader();
      int step = Math.max(1, scan.size() / SAMPLED_SERIES);
      for (int i = 0; i < scan.size(); i += step) {
        context.check();
        longest = Math.max(longest, medianGapMs(reader.read(i)));
      }
    }
    return longest == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(longest));
  }

  private static long medianGapMs(SampleColumns samples) {
    long[] gaps = new long[Math.max(0, samples.size() - 1)];
    int count = 0;
    for (int i = 1; i < samples.size(); i++) {
      boolean isStale = samples.histogram(i) == null && Samples.isStale(samples.value(i));
      if (!isStale) {
        gaps[count++] = samples.timestampMs(i) - samples.timestampMs(i - 1);
      }
    }
    if (count < GAPS_MIN) {
      return 0;
    }
    Arrays.sort(gaps, 0, count);
    return gaps[count / 2];
  }

  @Override
  public Optional<MetricType> type(String metric) {
    if (metadata == null) {
      metadata = source.metadata(context);
    }
    for (String family : List.of(metric, withoutTotal(metric))) {
      List<MetricMetadata> about = metadata.getOrDefault(family, List.of());
      if (!about.isEmpty()) {
        MetricType type = about.getFirst().type();
        boolean same = about.stream().allMatch(each -> each.type() == type);
        return same && type != MetricType.UNKNOWN ? Optional.of(type) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static String withoutTotal(String metric) {
    return metric.endsWith("_total")
        ? metric.substring(0, metric.length() - "_total".length())
        : metric;
  }

  @Override
  public boolean answers(String expression) {
    try {
      QueryResult result =
          PromqlEngine.instant(expression, nowMs, context, source, options).result();
      return switch (result) {
        case QueryResult.Vector vector -> !vector.samples().isEmpty();
        case QueryResult.Matrix matrix -> !matrix.series().isEmpty();
        case QueryResult.Scalar ignored -> true;
        case QueryResult.StringResult ignored -> true;
      };
    } catch (QueryException e) {
      if (e.kind() == QueryException.Kind.EXECUTION || e.kind() == QueryException.Kind.BAD_QUERY) {
        return false;
      }
      throw e;
    }
  }
}
