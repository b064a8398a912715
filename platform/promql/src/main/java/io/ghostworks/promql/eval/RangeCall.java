package io.ghostworks.promql.eval;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.query.series.SeriesScan;
import io.ghostworks.query.series.SeriesSelection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Evaluates a function over a range vector, one series after the other, the window sliding over the
 * steps.
 */
final class RangeCall {
  private final Query query;
  private final Grid grid;
  private final Expr.Call call;
  private final List<Series> results = new ArrayList<>();

  RangeCall(Query query, Grid grid, Expr.Call call) {
    this.query = query;
    this.grid = grid;
    this.call = call;
  }

  /** Over the series of a store. */
  List<Series> evaluate(Expr.MatrixSelector matrix, double[][] arguments) {
    boolean[] mayCollide = new boolean[1];
    scan(
        matrix,
        arguments,
        true,
        scan -> {
          mayCollide[0] = mayCollide(matrix, scan);
          return results::add;
        });
    return finish(matrix.selector().matchers(), mayCollide[0]);
  }

  /**
   * Hands on the result of each series of a store as soon as it is computed, in the order of their
   * labels, which are those of the series; for a function without further arguments. The target
   * must not keep what it gets.
   */
  void scan(Expr.MatrixSelector matrix, Consumer<Series> target) {
    Set<Labels> seen = new HashSet<>();
    boolean[] collide = new boolean[1];
    scan(
        matrix,
        new double[0][],
        false,
        scan ->
            mayCollide(matrix, scan)
                ? series -> {
                  collide[0] |= !seen.add(Series.withoutMetadata(series.labels()));
                  target.accept(series);
                }
                : target);
    if (collide[0]) {
      throw Query.sameLabelset();
    }
  }

  private void scan(
      Expr.MatrixSelector matrix,
      double[][] arguments,
      boolean keeps,
      java.util.function.Function<SeriesScan, Consumer<Series>> target) {
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
    WindowedFunction.Range range =
        new WindowedFunction.Range(
            matrix.rangeMs(),
            selector.shift(),
            selector.extension(),
            matrix.position(),
            call.arguments().getFirst().position());
    boolean statisticsOnly = query.needsStatisticsOnly(selector);
    SampleStatistics counts = query.counts();
    try (SeriesScan scan = query.source().scan(selection, query.context())) {
      new StageRun(
              query,
              grid,
              scan,
              () -> {
                WindowedFunction function =
                    new WindowedFunction(query, grid, call.function(), range, arguments);
                SeriesStage stage = new RangeStage(function, statisticsOnly, keeps);
                return counts == null
                    ? stage
                    : new CountedStage(
                        stage,
                        samples ->
                            counts.countWindows(
                                samples,
                                selector.shift(),
                                matrix.rangeMs() + beforeMs,
                                afterMs,
                                statisticsOnly));
              },
              new StageRun.Options(true, keeps),
              target.apply(scan))
          .run();
    }
  }

  /** Over what a subquery gave. As in Prometheus, notes on it name the start of the query. */
  List<Series> evaluate(
      Expr.Subquery subquery, List<Series> inner, Grid innerGrid, double[][] arguments) {
    WindowedFunction.Range range =
        new WindowedFunction.Range(
            subquery.rangeMs(),
            subquery.shift(),
            Expr.Extension.NONE,
            PositionRange.START,
            call.arguments().getFirst() instanceof Expr.Subquery
                ? PositionRange.START
                : call.arguments().getFirst().position());
    WindowedFunction function =
        new WindowedFunction(query, grid, call.function(), range, arguments);
    SampleWindow window = function.window();
    SampleStatistics counts = query.counts();
    if (!keepsName(call.function())) {
      noteCollisions(subquery, inner);
    }
    for (Series series : inner) {
      query.context().check();
      window.load(series, innerGrid);
      Series result = Blocks.newSeries(query, series.labels(), false, grid);
      query.hold(window.loadedSize());
      function.fill(result, series.dropName(), true);
      if (counts != null) {
        counts.countWindows(series, innerGrid, subquery.shift(), subquery.rangeMs());
      }
      query.drop(window.loadedSize());
      if (result.isEmpty()) {
        Blocks.release(query, result);
      } else {
        query.hold(result.size());
        results.add(result);
      }
    }
    function.close();
    Blocks.discard(query, inner);
    return finish(List.of(), true);
  }

  /** Whether the results of a function are still the same metric. */
  static boolean keepsName(Function function) {
    return function == Function.LAST_OVER_TIME || function == Function.FIRST_OVER_TIME;
  }

  /**
   * Whether series may become the same when names fall away. That is an error also where no step
   * has both, so that it depends on the whole range.
   */
  private boolean mayCollide(Expr.MatrixSelector matrix, SeriesScan scan) {
    boolean may = !keepsName(call.function()) && differInMetadata(matrix, scan);
    if (may) {
      query.dependOnRange();
    }
    return may;
  }

  /** Notes the same of what a subquery gave. */
  private void noteCollisions(Expr.Subquery subquery, List<Series> inner) {
    boolean oneMetric =
        subquery.expr() instanceof Expr.VectorSelector selector
            && namesOneMetric(selector.matchers());
    for (Series series : inner) {
      Labels labels = series.labels();
      if (Series.hasTypeOrUnit(labels) || (!oneMetric && labels.has(Labels.METRIC_NAME))) {
        query.dependOnRange();
        return;
      }
    }
  }

  /** Whether series may differ in what falls away with a metric's name. */
  private static boolean differInMetadata(Expr.MatrixSelector matrix, SeriesScan scan) {
    if (!namesOneMetric(matrix.selector().matchers())) {
      return true;
    }
    for (int i = 0; i < scan.size(); i++) {
      if (Series.hasTypeOrUnit(scan.labels(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether all series that matchers select have the same name. */
  private static boolean namesOneMetric(List<LabelMatcher> matchers) {
    return matchers.stream()
        .anyMatch(m -> m instanceof LabelMatcher.Equal && m.label().equals(Labels.METRIC_NAME));
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

  private List<Series> finish(List<LabelMatcher> matchers, boolean mayCollide) {
    if (call.function() == Function.ABSENT_OVER_TIME) {
      return absent(matchers);
    }
    if (mayCollide && !query.options().delayedNameRemoval() && Blocks.hasSameLabels(results)) {
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
