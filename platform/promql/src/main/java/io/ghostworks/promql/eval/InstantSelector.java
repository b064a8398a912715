package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.TimeShift;
import io.ghostworks.query.level.LevelColumns;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesScan;
import io.ghostworks.query.series.SeriesSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads instant selectors: at each step the newest sample that is not younger than the step and
 * younger than the lookback allows, unless it is a staleness marker.
 */
final class InstantSelector {
  private final Query query;
  private final Grid grid;

  InstantSelector(Query query, Grid grid) {
    this.query = query;
    this.grid = grid;
  }

  /** What is taken from the sample that a step finds. */
  enum Take {
    /** The sample. */
    SAMPLE,
    /** Its time in seconds. */
    TIME_SECONDS,
    /** When its counter began, in seconds. */
    START_SECONDS,
    /** Its time in milliseconds; the samples must be floats. */
    TIME_MS
  }

  List<Series> read(Expr.VectorSelector selector, Take take, String function) {
    List<Series> found = new ArrayList<>();
    scan(selector, take, function, true, found::add);
    return found;
  }

  /**
   * Hands on each series of a store as soon as it is read, in the order of their labels.
   *
   * @param keeps whether the target keeps the series that it gets
   */
  void scan(
      Expr.VectorSelector selector,
      Take take,
      String function,
      boolean keeps,
      Consumer<Series> target) {
    long lookbackMs = query.options().lookbackMs();
    long firstMs = referenceMs(selector.shift(), grid.startMs());
    long lastMs = referenceMs(selector.shift(), grid.endMs());
    boolean smoothed = selector.extension() == Expr.Extension.SMOOTHED;
    SeriesSelection selection =
        new SeriesSelection(
            selector.matchers(),
            firstMs - lookbackMs + 1,
            smoothed ? lastMs + lookbackMs : lastMs,
            grid.isInstant() ? 0 : grid.stepMs(),
            0,
            function,
            query.options().resolutionMs());
    try (SeriesScan scan = query.source().scan(selection, query.context())) {
      new StageRun(
              query,
              grid,
              scan,
              () -> counted(stage(selector, take)),
              new StageRun.Options(false, keeps),
              target)
          .run();
    }
  }

  private SeriesStage counted(SeriesStage stage) {
    SampleStatistics counts = query.counts();
    return counts == null
        ? stage
        : (labels, samples, result) -> {
          int looked = stage.fill(labels, samples, result);
          counts.countValues(result);
          return looked;
        };
  }

  private SeriesStage stage(Expr.VectorSelector selector, Take take) {
    if (selector.extension() != Expr.Extension.SMOOTHED || take != Take.SAMPLE) {
      return (labels, samples, result) -> {
        fill(result, samples, selector, take);
        return samples.size();
      };
    }
    SampleWindow window = new SampleWindow();
    boolean statisticsOnly = query.needsStatisticsOnly(selector);
    return (labels, samples, result) -> {
      window.load(labels, samples, statisticsOnly);
      new SmoothedSeries(query, selector, grid).fill(window, result);
      return samples.size();
    };
  }

  /**
   * Which samples a step looks at among those that were read. With {@code @}, {@code timestamp}
   * looks at the fixed time itself although the offset decides what is read, as in Prometheus.
   */
  private static TimeShift lookShift(Expr.VectorSelector selector, Take take) {
    TimeShift shift = selector.shift();
    boolean ofTimes = take == Take.TIME_SECONDS || take == Take.START_SECONDS;
    return ofTimes && shift.at() instanceof TimeShift.At.Timestamp
        ? shift.withOffset(0, null)
        : shift;
  }

  /** The time that a selector looks at when it is evaluated at a time. */
  static long referenceMs(TimeShift shift, long timeMs) {
    return (shift.at() instanceof TimeShift.At.Timestamp at ? at.timestampMs() : timeMs)
        - shift.offsetMs();
  }

  private void fill(Series series, SampleColumns samples, Expr.VectorSelector selector, Take take) {
    TimeShift shift = lookShift(selector, take);
    HistogramStatistics statistics =
        samples.hasHistograms() && query.needsStatisticsOnly(selector)
            ? new HistogramStatistics()
            : null;
    FloatHistogram stripped = null;
    long[] times = samples.timestampsMs();
    double[] values = samples.values();
    int size = samples.size();
    long lookbackMs = query.options().lookbackMs();
    LevelColumns levels = samples.levels();
    if (take == Take.SAMPLE && levels == null && !samples.hasHistograms()) {
      fillFloats(series, times, values, size, shift);
      return;
    }
    int next = 0;
    for (int step = 0; step < grid.steps(); step++) {
      long referenceMs = referenceMs(shift, grid.timeMs(step));
      while (next < size && times[next] <= referenceMs) {
        FloatHistogram passed = samples.histogram(next++);
        if (statistics != null && passed != null) {
          stripped = statistics.strip(passed);
        }
      }
      int at = next - 1;
      if (at < 0
          || (times[at] <= referenceMs - lookbackMs
              && !reaches(levels, at, times[at], referenceMs))) {
        continue;
      }
      FloatHistogram histogram = samples.histogram(at);
      if (histogram == null ? Samples.isStale(values[at]) : histogram.isStale()) {
        continue;
      }
      switch (take) {
        case SAMPLE -> {
          if (histogram == null) {
            series.set(step, values[at]);
          } else {
            series.set(step, stripped == null ? histogram : stripped);
          }
        }
        case START_SECONDS -> series.set(step, samples.startTimestampMs(at) / 1000.0);
        case TIME_SECONDS -> series.set(step, times[at] / 1000.0);
        case TIME_MS -> {
          if (histogram != null) {
            throw Query.failure(
                "this should be an info metric, with float samples: "
                    + LabelText.format(series.labels()));
          }
          series.set(step, times[at]);
        }
      }
    }
  }

  /** Whether a downsampled row counts at a time since the next one cannot have come before it. */
  private static boolean reaches(
      @Nullable LevelColumns levels, int row, long lastMs, long referenceMs) {
    int resolutionMs = levels == null ? 0 : levels.resolutionMs(row);
    return resolutionMs > 0
        && referenceMs < LevelColumns.windowEndMs(lastMs, resolutionMs) + resolutionMs;
  }

  private void fillFloats(Series series, long[] times, double[] values, int size, TimeShift shift) {
    long lookbackMs = query.options().lookbackMs();
    double[] result = series.values();
    int next = 0;
    for (int step = 0; step < result.length; step++) {
      long referenceMs = referenceMs(shift, grid.timeMs(step));
      while (next < size && times[next] <= referenceMs) {
        next++;
      }
      if (next > 0 && times[next - 1] > referenceMs - lookbackMs) {
        result[step] = values[next - 1]; // a staleness marker is what stands for no value
      }
    }
  }
}
