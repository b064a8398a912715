package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.ValueType;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.promql.text.QuotedText;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.query.series.SeriesSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers PromQL over a source of series. Stateless and safe for use from several threads; a query
 * runs on the calling thread, and on the helpers that its context has, and holds its memory in the
 * context until that is closed. No bit of an answer depends on the helpers.
 */
public final class PromqlEngine {

  /** In longer queries nothing is looked for that comes twice: texts are compared for that. */
  private static final int SHARED_CHARS_MAX = 20_000;

  private PromqlEngine() {}

  /**
   * Evaluates a query at one time.
   *
   * @throws QueryException of kind BAD_QUERY in Prometheus's words where it does not parse, of the
   *     other kinds where it cannot be evaluated
   */
  public static QueryAnswer instant(
      String query, long timeMs, QueryContext context, SeriesSource source, EngineOptions options) {
    return instant(query, timeMs, context, source, options, null);
  }

  /**
   * The same.
   *
   * @param profile measures the evaluation; null if nobody asks
   */
  public static QueryAnswer instant(
      String query,
      long timeMs,
      QueryContext context,
      SeriesSource source,
      EngineOptions options,
      @Nullable QueryProfile profile) {
    return instant(parse(query, options), query, timeMs, context, source, options, profile);
  }

  /**
   * The same of a query that was parsed before, as rules are.
   *
   * @param query the text, of which notes about the answer tell places
   * @throws QueryException if it cannot be evaluated
   */
  public static QueryAnswer instant(
      Expr expr,
      String query,
      long timeMs,
      QueryContext context,
      SeriesSource source,
      EngineOptions options,
      @Nullable QueryProfile profile) {
    Stopwatch watch = new Stopwatch(context);
    QueryPreparation preparation = new QueryPreparation(timeMs, timeMs, 0);
    Expr prepared = preparation.prepare(expr);
    Query running = new Query(source, context, options, preparation.statisticsOnly(), profile);
    if (profile == null && query.length() <= SHARED_CHARS_MAX) {
      running.share(prepared);
    }
    Grid grid = Grid.instant(timeMs);
    begin(running, grid, watch);
    watch.prepared();
    Evaluator evaluator = new Evaluator(running, grid);
    QueryResult result =
        expr.type() == ValueType.MATRIX
            ? matrix(evaluator, prepared)
            : result(running, grid, evaluator.evaluate(prepared));
    return answer(result, query, running, prepared, grid, watch);
  }

  /**
   * Evaluates a query at {@code startMs}, {@code startMs + stepMs} and so on up to {@code endMs};
   * the result is a matrix.
   *
   * @param stepMs at least 1
   * @throws QueryException see {@link #instant}
   */
  public static QueryAnswer range(
      String query,
      long startMs,
      long endMs,
      long stepMs,
      QueryContext context,
      SeriesSource source,
      EngineOptions options) {
    return range(query, startMs, endMs, stepMs, context, source, options, null);
  }

  /**
   * The same.
   *
   * @param profile measures the evaluation; null if nobody asks
   */
  public static QueryAnswer range(
      String query,
      long startMs,
      long endMs,
      long stepMs,
      QueryContext context,
      SeriesSource source,
      EngineOptions options,
      @Nullable QueryProfile profile) {
    Stopwatch watch = new Stopwatch(context);
    Expr expr = parse(query, options);
    if (expr.type() != ValueType.VECTOR && expr.type() != ValueType.SCALAR) {
      throw new QueryException(
          QueryException.Kind.BAD_QUERY,
          "invalid expression type %s for range query, must be Scalar or instant Vector"
              .formatted(QuotedText.quote(expr.type().documented())));
    }
    if (stepMs < 1) {
      throw new QueryException(
          QueryException.Kind.BAD_QUERY,
          "the step of a range query must be at least 1 ms, got %d".formatted(stepMs));
    }
    QueryPreparation preparation = new QueryPreparation(startMs, endMs, stepMs);
    Expr prepared = preparation.prepare(expr);
    Query running = new Query(source, context, options, preparation.statisticsOnly(), profile);
    if (profile == null && query.length() <= SHARED_CHARS_MAX) {
      running.share(prepared);
    }
    if (endMs < startMs) {
      Grid none = Grid.instant(startMs);
      begin(running, none, watch);
      return answer(new QueryResult.Matrix(List.of()), query, running, prepared, none, watch);
    }
    long distances = (endMs - startMs) / stepMs;
    // A range of more than 292 million years wraps around.
    int steps =
        Evaluator.checkedSteps(
            running, endMs - startMs < 0 ? Long.MAX_VALUE : Math.max(distances, distances + 1));
    Grid grid = new Grid(startMs, stepMs, steps, startMs == endMs);
    begin(running, grid, watch);
    watch.prepared();
    Value value = new Evaluator(running, grid).evaluate(prepared);
    watch.evaluated();
    List<SeriesPoints> points = new ArrayList<>();
    switch (value) {
      case Value.Scalar scalar -> {
        Series series = Blocks.newSeries(running, Labels.EMPTY, false, grid);
        for (int step = 0; step < steps; step++) {
          series.set(step, scalar.values()[step]);
        }
        points.add(series.points(grid));
      }
      case Value.Vector vector -> {
        for (Series series : withoutDroppedNames(running, vector.series())) {
          points.add(series.points(grid));
        }
      }
      case Value.Text text ->
          throw new IllegalStateException("a text cannot be the result of a range query");
    }
    return answer(sorted(points), query, running, prepared, grid, watch);
  }

  /**
   * Tells how a query would be evaluated, without reading anything.
   *
   * @param stepMs 0 for an instant query at the start
   * @throws QueryException see {@link #instant}
   */
  public static PlanNode explain(
      String query,
      long startMs,
      long endMs,
      long stepMs,
      QueryContext context,
      SeriesSource source,
      EngineOptions options) {
    QueryPreparation preparation = new QueryPreparation(startMs, endMs, stepMs);
    Expr prepared = preparation.prepare(parse(query, options));
    Query running = new Query(source, context, options, preparation.statisticsOnly(), null);
    Grid grid =
        stepMs == 0
            ? Grid.instant(startMs)
            : new Grid(
                startMs,
                stepMs,
                Evaluator.checkedSteps(running, (endMs - startMs) / stepMs + 1),
                startMs == endMs);
    return new Plan(running, null).of(prepared, grid);
  }

  private static void begin(Query running, Grid grid, Stopwatch watch) {
    QueryProfile profile = running.profile();
    if (profile != null) {
      SampleStatistics samples = new SampleStatistics(grid, running.context());
      profile.begin(samples, () -> watch.statistics(samples, running.peakSamples(), grid));
    }
  }

  /** The times at which the phases of an evaluation end. */
  private static final class Stopwatch {
    private final QueryContext context;
    private final long beganNanos;
    private long preparedNanos;
    private long evaluatedNanos;

    Stopwatch(QueryContext context) {
      this.context = context;
      this.beganNanos = context.elapsedNanos();
      this.preparedNanos = beganNanos;
    }

    void prepared() {
      preparedNanos = context.elapsedNanos();
    }

    void evaluated() {
      evaluatedNanos = context.elapsedNanos();
    }

    QueryStatistics statistics(SampleStatistics samples, long peakSamples, Grid grid) {
      long endedNanos = context.elapsedNanos();
      long evaluated = evaluatedNanos == 0 ? endedNanos : evaluatedNanos;
      return new QueryStatistics(
          samples.total(),
          samples.read(),
          peakSamples,
          grid.startMs(),
          grid.stepMs(),
          samples.totalPerStep(),
          samples.readPerStep(),
          beganNanos,
          preparedNanos - beganNanos,
          evaluated - preparedNanos,
          endedNanos - evaluated,
          context.resolutionsMs());
    }
  }

  private static Expr parse(String query, EngineOptions options) {
    try {
      return new PromqlParser(options.parser()).parse(query);
    } catch (PromqlParseException e) {
      throw new QueryException(QueryException.Kind.BAD_QUERY, String.valueOf(e.getMessage()), e);
    }
  }

  /** Says which resolutions the answer is made of, where it is not of samples alone. */
  private static List<String> infos(String query, Query running) {
    List<String> infos = new ArrayList<>(running.annotations().infos(query));
    List<Long> resolutionsMs = running.context().resolutionsMs();
    if (resolutionsMs.stream().anyMatch(resolutionMs -> resolutionMs > 0)) {
      infos.add(
          "PromQL info: answered from downsampled samples (resolutions: %s)"
              .formatted(String.join(", ", QueryStatistics.resolutions(resolutionsMs))));
      infos.sort(null);
    }
    return infos;
  }

  private static QueryAnswer answer(
      QueryResult result, String query, Query running, Expr prepared, Grid grid, Stopwatch watch) {
    QueryProfile profile = running.profile();
    if (profile != null && profile.measuresNodes()) {
      profile.setPlan(new Plan(running, profile).of(prepared, grid));
    }
    return new QueryAnswer(
        result,
        running.annotations().warnings(query),
        infos(query, running),
        running.loadedSamples(),
        running.peakSamples(),
        running.dependsOnRange(),
        profile == null ? null : watch.statistics(profile.samples(), running.peakSamples(), grid));
  }

  private static QueryResult result(Query running, Grid grid, Value value) {
    return switch (value) {
      case Value.Text text -> new QueryResult.StringResult(grid.startMs(), text.value());
      case Value.Scalar scalar -> new QueryResult.Scalar(grid.startMs(), scalar.values()[0]);
      case Value.Vector vector -> {
        List<QueryResult.Sample> samples = new ArrayList<>(vector.series().size());
        for (Series series : withoutDroppedNames(running, vector.series())) {
          samples.add(
              new QueryResult.Sample(series.labels(), series.value(0), series.histogram(0)));
        }
        yield new QueryResult.Vector(grid.startMs(), samples);
      }
    };
  }

  private static List<Series> withoutDroppedNames(Query running, List<Series> block) {
    if (!running.options().delayedNameRemoval()) {
      return block;
    }
    for (Series series : block) {
      if (series.dropName()) {
        series.setLabels(Series.withoutMetadata(series.labels()));
      }
    }
    return Blocks.merge(running, block);
  }

  private static QueryResult matrix(Evaluator evaluator, Expr expr) {
    return switch (expr) {
      case Expr.Parenthesized parenthesized -> matrix(evaluator, parenthesized.expr());
      case Expr.MatrixSelector matrix -> sorted(samples(evaluator, matrix));
      case Expr.Subquery subquery -> {
        Grid grid = evaluator.subqueryGrid(subquery);
        List<SeriesPoints> points = new ArrayList<>();
        if (grid.steps() > 0) {
          List<Series> block = whole(evaluator.query(), subquery, grid);
          for (Series series : withoutDroppedNames(evaluator.query(), block)) {
            points.add(series.points(grid));
          }
        }
        yield sorted(points);
      }
      default -> throw new IllegalStateException("no range vector: " + expr);
    };
  }

  private static List<Series> whole(Query running, Expr.Subquery subquery, Grid grid) {
    Evaluator evaluator = new Evaluator(running, grid);
    QueryProfile profile = running.profile();
    if (profile == null) {
      return evaluator.vector(subquery.expr());
    }
    SampleStatistics own = new SampleStatistics(grid, running.context());
    List<Series> block = profile.apart(own, () -> evaluator.vector(subquery.expr()));
    profile.samples().addWhole(own);
    return block;
  }

  /** The samples of a range vector as they are. */
  private static List<SeriesPoints> samples(Evaluator evaluator, Expr.MatrixSelector matrix) {
    Query running = evaluator.query();
    Expr.VectorSelector selector = matrix.selector();
    boolean extended = selector.extension() != Expr.Extension.NONE;
    boolean smoothed = selector.extension() == Expr.Extension.SMOOTHED;
    long lookbackMs = running.options().lookbackMs();
    long endMs = InstantSelector.referenceMs(selector.shift(), evaluator.grid().startMs());
    long startMs = endMs - matrix.rangeMs();
    long fromMs = extended ? startMs - lookbackMs : startMs;
    long toMs = smoothed ? endMs + lookbackMs : endMs;
    SeriesSelection selection =
        new SeriesSelection(
            selector.matchers(),
            fromMs + 1,
            toMs,
            0,
            matrix.rangeMs(),
            "",
            running.options().resolutionMs());
    List<SeriesPoints> points = new ArrayList<>();
    SampleStatistics counts = running.counts();
    try (SeriesCursor cursor = running.source().select(selection, running.context())) {
      SampleWindow window = new SampleWindow();
      while (cursor.next()) {
        running.context().check();
        window.load(cursor.labels(), cursor.samples(), false);
        window.moveTo(fromMs, toMs);
        if (window.isEmpty()) {
          continue;
        }
        if (extended && window.histograms() > 0) {
          throw Query.failure(
              "%s modifier is not supported with histograms"
                  .formatted(smoothed ? "smoothed" : "anchored"));
        }
        SeriesPoints found =
            extended ? ExtendedRate.points(window, startMs, endMs, smoothed) : window.points();
        running.load(found.size());
        running.hold(found.size());
        running.context().reserve(16L * found.size() + 64);
        if (found.size() > 0) {
          points.add(found);
          if (counts != null) {
            counts.count(found);
          }
        }
      }
    }
    return points;
  }

  private static QueryResult sorted(List<SeriesPoints> points) {
    points.sort(Comparator.comparing(SeriesPoints::labels));
    return new QueryResult.Matrix(points);
  }
}
