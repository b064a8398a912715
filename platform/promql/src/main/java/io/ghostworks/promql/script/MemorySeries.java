package io.ghostworks.promql.script;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.histogram.HistogramHints;
import io.ghostworks.query.histogram.HistogramReset;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesScan;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.query.series.SeriesSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Series in memory, for scripts, unit tests of rules and fixtures. Of one tenant, without exemplars
 * or metadata. Not thread-safe while being filled.
 *
 * <p>Histograms come back with the hints about resets that a store which reads them in order can
 * vouch for: not reset where a histogram follows another and shows none, unknown else.
 */
public final class MemorySeries implements SeriesSource {
  private final NavigableMap<Labels, NavigableMap<Long, Sample>> series = new TreeMap<>();

  private record Sample(double value, @Nullable FloatHistogram histogram, long startMs) {}

  /** Adds a sample; one at the same time is replaced. */
  public void add(Labels labels, long timestampMs, double value) {
    samples(labels).put(timestampMs, new Sample(value, null, 0));
  }

  /** Adds a histogram; a sample at the same time is replaced. */
  public void add(Labels labels, long timestampMs, FloatHistogram histogram) {
    samples(labels).put(timestampMs, new Sample(0, histogram, 0));
  }

  /** Says when the counter of a sample that is there began. */
  public void setStart(Labels labels, long timestampMs, long startTimestampMs) {
    samples(labels)
        .computeIfPresent(
            timestampMs,
            (time, sample) -> new Sample(sample.value(), sample.histogram(), startTimestampMs));
  }

  /** Adds what a description says, from a time on. */
  public void add(SeriesDescription description, long startMs, long stepMs) {
    long timestampMs = startMs;
    for (SequenceValue value : description.values()) {
      if (value.histogram() != null) {
        add(description.labels(), timestampMs, value.histogram());
      } else if (!value.omitted()) {
        add(description.labels(), timestampMs, value.value());
      }
      timestampMs += stepMs;
    }
  }

  /** Forgets everything. */
  public void clear() {
    series.clear();
  }

  private NavigableMap<Long, Sample> samples(Labels labels) {
    return series.computeIfAbsent(labels, l -> new TreeMap<>());
  }

  @Override
  public SeriesScan scan(SeriesSelection selection, QueryContext context) {
    return new Scan(
        matching(List.of(selection.matchers()), selection.startMs(), selection.endMs()), selection);
  }

  private List<Labels> matching(List<List<LabelMatcher>> selectors, long startMs, long endMs) {
    List<Labels> found = new ArrayList<>();
    series.forEach((labels, samples) -> {
      boolean matches =
          selectors.isEmpty() || selectors.stream().anyMatch(matchers -> matches(labels, matchers));
      boolean inRange = startMs <= endMs && !samples.subMap(startMs, true, endMs, true).isEmpty();
      if (matches && inRange) {
        found.add(labels);
      }
    });
    return found;
  }

  private static boolean matches(Labels labels, List<LabelMatcher> matchers) {
    return matchers.stream().allMatch(m -> m.matches(labels.get(m.label())));
  }

  @Override
  public List<Labels> series(
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext context) {
    List<Labels> found = matching(selectors, startMs, endMs);
    return limit > 0 && found.size() > limit ? found.subList(0, limit) : found;
  }

  @Override
  public List<String> labelNames(
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext context) {
    return distinct(selectors, startMs, endMs, limit, labels -> labels.toMap().keySet());
  }

  @Override
  public List<String> labelValues(
      String label,
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext context) {
    return distinct(
        selectors,
        startMs,
        endMs,
        limit,
        labels -> labels.has(label) ? List.of(labels.get(label)) : List.of());
  }

  private List<String> distinct(
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      Function<Labels, Iterable<String>> texts) {
    NavigableSet<String> distinct = new TreeSet<>(Labels::compareUtf8);
    for (Labels labels : matching(selectors, startMs, endMs)) {
      texts.apply(labels).forEach(distinct::add);
    }
    return distinct.stream().limit(limit > 0 ? limit : Long.MAX_VALUE).toList();
  }

  @Override
  public Map<Labels, List<Exemplar>> exemplars(
      List<List<LabelMatcher>> selectors, long startMs, long endMs, QueryContext context) {
    return Map.of();
  }

  @Override
  public Map<String, List<MetricMetadata>> metadata(QueryContext context) {
    return Map.of();
  }

  private final class Scan implements SeriesScan {
    private final List<Labels> found;
    private final SeriesSelection selection;

    Scan(List<Labels> found, SeriesSelection selection) {
      this.found = found;
      this.selection = selection;
    }

    @Override
    public int size() {
      return found.size();
    }

    @Override
    public Labels labels(int index) {
      return found.get(index);
    }

    @Override
    public Reader reader() {
      SampleColumns columns = new SampleColumns();
      return index -> read(found.get(index), columns);
    }

    private SampleColumns read(Labels labels, SampleColumns columns) {
      columns.clear();
      NavigableMap<Long, Sample> all = MemorySeries.this.samples(labels);
      if (selection.startMs() > selection.endMs()) {
        return columns;
      }
      NavigableMap<Long, Sample> inRange =
          all.subMap(selection.startMs(), true, selection.endMs(), true);
      long[] starts = new long[inRange.size()];
      FloatHistogram before = before(all, selection.startMs());
      for (Map.Entry<Long, Sample> entry : inRange.entrySet()) {
        FloatHistogram histogram = entry.getValue().histogram();
        starts[columns.size()] = entry.getValue().startMs();
        if (histogram == null) {
          columns.add(entry.getKey(), entry.getValue().value());
          before = isStale(entry.getValue()) ? before : null;
        } else {
          columns.add(entry.getKey(), hinted(histogram, before));
          before = histogram;
        }
      }
      columns.setStartTimestampsMs(starts);
      return columns;
    }

    /** The histogram that the first of a range follows; staleness markers do not part them. */
    private static @Nullable FloatHistogram before(
        NavigableMap<Long, Sample> samples, long startMs) {
      Map.Entry<Long, Sample> entry = samples.lowerEntry(startMs);
      while (entry != null && entry.getValue().histogram() == null && isStale(entry.getValue())) {
        entry = samples.lowerEntry(entry.getKey());
      }
      return entry == null ? null : entry.getValue().histogram();
    }

    private static boolean isStale(Sample sample) {
      return io.ghostworks.model.metric.Samples.isStale(sample.value());
    }

    private static FloatHistogram hinted(
        FloatHistogram histogram, @Nullable FloatHistogram before) {
      if (histogram.counterReset() == CounterReset.GAUGE || histogram.isStale()) {
        return histogram;
      }
      boolean follows =
          before != null
              && before.counterReset() != CounterReset.GAUGE
              && !before.isStale()
              && histogram.counterReset() != CounterReset.RESET
              && histogram.schema() == before.schema()
              && histogram.zeroThreshold() == before.zeroThreshold()
              && !HistogramReset.detect(
                  HistogramHints.with(histogram, CounterReset.UNKNOWN), before);
      return HistogramHints.with(
          histogram, follows ? CounterReset.NOT_RESET : CounterReset.UNKNOWN);
    }

    @Override
    public void close() {}
  }
}
