package io.ghostworks.promql.eval;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.promql.ast.TimeShift;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Evaluates a function over a range vector, one series after the other, the window sliding over the
 * steps.
 */
final class RangeCall {
  private static final List<String> COUNTER_SUFFIXES =
      List.of("_total", "_sum", "_count", "_bucket");

  private final Query query;
  private final Grid grid;
  private final Expr.Call call;
  private final RangeFunction function;
  private final SampleWindow window;
  private final List<Series> results = new ArrayList<>();

  RangeCall(Query query, Grid grid, Expr.Call call) {
    this.query = query;
    this.grid = grid;
    this.call = call;
    this.function = RangeFunctions.of(call.function());
    this.window = new SampleWindow(query.options().startTimestamps() && looksAtStarts());
  }

  private boolean looksAtStarts() {
    return switch (call.function()) {
      case RATE, IRATE, INCREASE, RESETS -> true;
      default -> false;
    };
  }

  /** Over the series of a store. */
  List<Series> evaluate(Expr.MatrixSelector matrix, double[][] arguments) {
    Expr.VectorSelector selector = matrix.selector();
    checkExtension(selector.extension());
    long lookbackMs = query.options().lookbackMs();
    boolean smoothed = selector.extension() == Expr.Extension.SMOOTHED;
    long beforeMs = selector.extension() == Expr.Extension.NONE ? 0 : lookbackMs;
    long afterMs = smoothed ? lookbackMs : 0;
    long firstMs = InstantSelector.referenceMs(selector.shift(), grid.startMs());
    long lastMs = InstantSelector.referenceMs(selector.shift(), grid.endMs());
    SeriesSelection selection =
        new SeriesSelection(
            selector.matchers(),
            firstMs - matrix.rangeMs() - beforeMs + 1,
            lastMs + afterMs,
            grid.isInstant() ? 0 : grid.stepMs(),
            matrix.rangeMs(),
            call.function().functionName(),
            query.options().resolutionMs());
    RangeStep step =
        new RangeStep(
            window,
            query.annotations(),
            matrix.position(),
            call.arguments().getFirst().position(),
            selector.extension(),
            matrix.rangeMs(),
            arguments);
    try (SeriesCursor cursor = query.source().select(selection, query.context())) {
      while (cursor.next()) {
        query.context().check();
        window.load(cursor.labels(), cursor.samples(), query.needsStatisticsOnly(selector));
        query.load(window.loadedSize());
        evaluateSeries(step, selector.shift(), beforeMs, afterMs, false);
      }
    }
    return finish(selector.matchers());
  }

  /** Over what a subquery gave. As in Prometheus, notes on it name the start of the query. */
  List<Series> evaluate(
      Expr.Subquery subquery, List<Series> inner, Grid innerGrid, double[][] arguments) {
    RangeStep step =
        new RangeStep(
            window,
            query.annotations(),
            PositionRange.START,
            call.arguments().getFirst() instanceof Expr.Subquery
                ? PositionRange.START
                : call.arguments().getFirst().position(),
            Expr.Extension.NONE,
            subquery.rangeMs(),
            arguments);
    for (Series series : inner) {
      query.context().check();
      window.load(series, innerGrid);
      evaluateSeries(step, subquery.shift(), 0, 0, series.dropName());
    }
    Blocks.discard(query, inner);
    return finish(List.of());
  }

  private void checkExtension(Expr.Extension extension) {
    Function called = call.function();
    boolean rates =
        called == Function.RATE || called == Function.INCREASE || called == Function.DELTA;
    boolean counts = called == Function.RESETS || called == Function.CHANGES;
    if (extension == Expr.Extension.ANCHORED && !rates && !counts) {
      throw Query.failure(
          "anchored modifier can only be used with: changes, delta, increase, rate, resets - not"
              + " with "
              + called.functionName());
    }
    if (extension == Expr.Extension.SMOOTHED && !rates) {
      throw Query.failure(
          "smoothed modifier can only be used with: delta, increase, rate - not with "
              + called.functionName());
    }
  }

  private void evaluateSeries(
      RangeStep step, TimeShift shift, long beforeMs, long afterMs, boolean inputDropsName) {
    boolean keepsName =
        call.function() == Function.LAST_OVER_TIME || call.function() == Function.FIRST_OVER_TIME;
    boolean dropName = !keepsName || inputDropsName;
    boolean dropNow = dropName && !query.options().delayedNameRemoval();
    Labels labels = dropNow ? Series.withoutMetadata(window.labels()) : window.labels();
    Series result = Blocks.newSeries(query, labels, dropName, grid);
    query.hold(window.loadedSize());
    boolean any = false;
    for (int i = 0; i < grid.steps(); i++) {
      long endMs = InstantSelector.referenceMs(shift, grid.timeMs(i));
      long startMs = endMs - rangeMs();
      window.moveTo(startMs - beforeMs, endMs + afterMs);
      if (!window.isEmpty()) {
        query.work(window.floats() + window.histograms());
        step.begin(i, grid.timeMs(i), endMs);
        function.apply(step);
        step.storeIn(result);
        any |= result.has(i);
      }
    }
    query.drop(window.loadedSize());
    if (!any) {
      Blocks.release(query, result);
      return;
    }
    query.hold(result.size());
    results.add(result);
    informOfNonCounter(result, step);
  }

  private long rangeMs() {
    for (Expr argument : call.arguments()) {
      if (argument instanceof Expr.MatrixSelector matrix) {
        return matrix.rangeMs();
      }
      if (argument instanceof Expr.Subquery subquery) {
        return subquery.rangeMs();
      }
    }
    throw new IllegalStateException("a range function without a range: " + call);
  }

  private void informOfNonCounter(Series result, RangeStep step) {
    Function called = call.function();
    String name = window.metricName();
    if ((called == Function.RATE || called == Function.INCREASE)
        && !name.isEmpty()
        && COUNTER_SUFFIXES.stream().noneMatch(name::endsWith)
        && hasFloats(result)) {
      query.annotations().possibleNonCounter(name, step.firstArgumentPosition());
    }
  }

  private static boolean hasFloats(Series series) {
    for (int i = 0; i < series.steps(); i++) {
      if (series.hasFloat(i)) {
        return true;
      }
    }
    return false;
  }

  private List<Series> finish(List<LabelMatcher> matchers) {
    if (call.function() == Function.ABSENT_OVER_TIME) {
      return absent(matchers);
    }
    if (!query.options().delayedNameRemoval() && Blocks.hasSameLabels(results)) {
      throw Query.sameLabelset();
    }
    return results;
  }

  /** One series with 1 where no series has a sample. */
  private List<Series> absent(List<LabelMatcher> matchers) {
    Series absent = Blocks.newSeries(query, labelsForAbsent(matchers), true, grid);
    for (int step = 0; step < grid.steps(); step++) {
      int at = step;
      if (results.stream().noneMatch(series -> series.has(at))) {
        absent.set(step, 1);
      }
    }
    Blocks.discard(query, results);
    query.hold(absent.size());
    return Blocks.withoutEmpty(query, List.of(absent));
  }

  /** The labels that a selector asks for by equality, each once. */
  static Labels labelsForAbsent(List<LabelMatcher> matchers) {
    Labels.Builder labels = Labels.builder();
    Set<String> seen = new HashSet<>();
    for (LabelMatcher matcher : matchers) {
      if (matcher.label().equals(Labels.METRIC_NAME)) {
        continue;
      }
      if (matcher instanceof LabelMatcher.Equal equal && seen.add(equal.label())) {
        labels.set(equal.label(), equal.value());
      } else {
        labels.remove(matcher.label());
      }
    }
    return labels.build();
  }
}
