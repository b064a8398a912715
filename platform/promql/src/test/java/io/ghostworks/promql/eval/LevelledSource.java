package io.ghostworks.promql.eval;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.level.FloatFacts;
import io.ghostworks.query.level.HistogramFacts;
import io.ghostworks.query.level.LevelColumns;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesScan;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.query.series.SeriesSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A source whose samples up to a time are gone: rows of one resolution stand in for them. */
final class LevelledSource implements SeriesSource {
  private final SeriesSource raw;
  private final int resolutionMs;
  private final long rowsThroughMs;

  LevelledSource(SeriesSource raw, int resolutionMs, long rowsThroughMs) {
    this.raw = raw;
    this.resolutionMs = resolutionMs;
    this.rowsThroughMs = rowsThroughMs;
  }

  @Override
  public SeriesScan scan(SeriesSelection selection, QueryContext context) {
    List<Labels> labels = new ArrayList<>();
    List<SampleColumns> columns = new ArrayList<>();
    SeriesSelection all =
        new SeriesSelection(selection.matchers(), 0, Long.MAX_VALUE / 2, 0, 0, "");
    try (SeriesCursor cursor = raw.select(all, context)) {
      while (cursor.next()) {
        labels.add(cursor.labels());
        columns.add(rows(cursor.samples(), selection));
        context.countResolution(resolutionMs);
      }
    }
    return new SeriesScan() {
      @Override
      public int size() {
        return labels.size();
      }

      @Override
      public Labels labels(int series) {
        return labels.get(series);
      }

      @Override
      public Reader reader() {
        return columns::get;
      }

      @Override
      public void close() {}
    };
  }

  private SampleColumns rows(SampleColumns samples, SeriesSelection selection) {
    SampleColumns target = new SampleColumns();
    LevelColumns levels = new LevelColumns();
    FloatFacts floats = new FloatFacts().clear();
    HistogramFacts histograms = new HistogramFacts().clear();
    for (int i = 0; i < samples.size(); i++) {
      long timeMs = samples.timestampMs(i);
      FloatHistogram histogram = samples.histogram(i);
      boolean stale = histogram == null ? Samples.isStale(samples.value(i)) : histogram.isStale();
      boolean sampleOnly = stale || timeMs > rowsThroughMs;
      long lastMs = Math.max(floats.count() > 0 ? floats.lastMs() : 0, last(histograms));
      boolean ends =
          sampleOnly
              || LevelColumns.windowEndMs(lastMs, resolutionMs)
                  != LevelColumns.windowEndMs(timeMs, resolutionMs)
              || (histogram == null
                  ? histograms.count() > 0
                  : floats.count() > 0 || !histograms.fits(histogram));
      if (ends) {
        end(floats, histograms, selection, target, levels);
      }
      if (sampleOnly) {
        if (timeMs <= selection.endMs() && timeMs >= selection.startMs()) {
          add(target, timeMs, samples.value(i), histogram);
          levels.addSample();
        }
      } else if (histogram == null) {
        floats.add(timeMs, samples.value(i));
      } else {
        histograms.add(timeMs, histogram);
      }
    }
    end(floats, histograms, selection, target, levels);
    target.setLevels(levels);
    return target;
  }

  private static long last(HistogramFacts histograms) {
    return histograms.count() > 0 ? histograms.lastMs() : 0;
  }

  private static void add(
      SampleColumns target, long timeMs, double value, FloatHistogram histogram) {
    if (histogram == null) {
      target.add(timeMs, value);
    } else {
      target.add(timeMs, histogram);
    }
  }

  private void end(
      FloatFacts floats,
      HistogramFacts histograms,
      SeriesSelection selection,
      SampleColumns target,
      LevelColumns levels) {
    if (floats.count() > 0 && isWanted(floats.lastMs(), selection)) {
      target.add(floats.lastMs(), floats.last());
      levels.add(resolutionMs, floats);
    }
    if (histograms.count() > 0 && isWanted(histograms.lastMs(), selection)) {
      target.add(histograms.lastMs(), histograms.last());
      levels.add(resolutionMs, histograms);
    }
    floats.clear();
    histograms.clear();
  }

  private boolean isWanted(long lastMs, SeriesSelection selection) {
    return lastMs >= selection.startMs() - 2L * resolutionMs && lastMs <= selection.endMs();
  }

  @Override
  public List<Labels> series(
      List<List<LabelMatcher>> selectors, long startMs, long endMs, int limit, QueryContext c) {
    return raw.series(selectors, startMs, endMs, limit, c);
  }

  @Override
  public List<String> labelNames(
      List<List<LabelMatcher>> selectors, long startMs, long endMs, int limit, QueryContext c) {
    return raw.labelNames(selectors, startMs, endMs, limit, c);
  }

  @Override
  public List<String> labelValues(
      String label,
      List<List<LabelMatcher>> selectors,
      long startMs,
      long endMs,
      int limit,
      QueryContext c) {
    return raw.labelValues(label, selectors, startMs, endMs, limit, c);
  }

  @Override
  public Map<Labels, List<Exemplar>> exemplars(
      List<List<LabelMatcher>> selectors, long startMs, long endMs, QueryContext c) {
    return raw.exemplars(selectors, startMs, endMs, c);
  }

  @Override
  public Map<String, List<MetricMetadata>> metadata(QueryContext c) {
    return raw.metadata(c);
  }
}
