package io.ghostworks.logql.eval;

import io.ghostworks.logql.syntax.LogRange;
import io.ghostworks.logql.syntax.MetricExpr;
import io.ghostworks.logql.syntax.VectorOperation;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.RecordSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Evaluates metric expressions: drives the nodes of a plan through the steps of a request. */
final class MetricEngine {
  private static final long NANOS_PER_MS = 1_000_000;

  private final LogqlRequest request;
  private final QueryContext context;
  private final RecordSource source;
  private final LogqlOptions options;

  MetricEngine(
      LogqlRequest request, QueryContext context, RecordSource source, LogqlOptions options) {
    this.request = request;
    this.context = context;
    this.source = source;
    this.options = options;
  }

  LogqlResult evaluate(MetricExpr expr) {
    if (request.isInstant() && expr instanceof MetricExpr.Literal literal) {
      return new LogqlResult.Scalar(
          Math.floorDiv(request.startNanos(), NANOS_PER_MS), literal.value());
    }
    StepGrid grid = grid();
    if (expr instanceof MetricExpr.Literal literal) {
      return constant(literal.value(), grid);
    }
    if (expr instanceof MetricExpr.Vector vector && !request.isInstant()) {
      return constant(vector.value(), grid);
    }
    checkRanges(expr);
    try (StepNode node = new MetricPlan(grid, context, source).node(expr)) {
      return request.isInstant() ? instant(node, expr) : range(node, grid);
    }
  }

  private StepGrid grid() {
    if (request.isInstant()) {
      return StepGrid.instant(request.startNanos());
    }
    if ((request.endNanos() - request.startNanos()) / request.stepNanos() > options.maxPoints()) {
      throw new QueryException(
          QueryException.Kind.BAD_QUERY,
          "exceeded maximum resolution of %,d points per time series. Try increasing the value of the step parameter"
              .formatted(options.maxPoints()));
    }
    return new StepGrid(request.startNanos(), request.endNanos(), request.stepNanos());
  }

  private void checkRanges(MetricExpr expr) {
    Duration longest = options.maxQueryRange();
    if (longest.isZero()) {
      return;
    }
    switch (expr) {
      case MetricExpr.RangeAggregation aggregation -> checkRange(aggregation.range(), longest);
      case MetricExpr.VectorAggregation vector -> checkRanges(vector.inner());
      case MetricExpr.LabelReplace replace -> checkRanges(replace.inner());
      case MetricExpr.Binary binary -> {
        checkRanges(binary.left());
        checkRanges(binary.right());
      }
      case MetricExpr.Literal literal -> {}
      case MetricExpr.Vector vector -> {}
    }
  }

  private static void checkRange(LogRange range, Duration longest) {
    if (range.intervalNanos() > longest.toNanos()) {
      throw new QueryException(
          QueryException.Kind.BAD_QUERY,
          "[interval] value exceeds limit: [%s] > [%s]"
              .formatted(text(Duration.ofNanos(range.intervalNanos())), text(longest)));
    }
  }

  private static String text(Duration duration) {
    return io.ghostworks.config.DurationForm.PROMETHEUS.format(duration);
  }

  private static LogqlResult constant(double value, StepGrid grid) {
    long[] times = new long[grid.steps()];
    double[] values = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = Math.floorDiv(grid.startNanos() + i * grid.stepNanos(), NANOS_PER_MS);
    }
    Arrays.fill(values, value);
    return new LogqlResult.Matrix(List.of(new LogqlResult.Series(Labels.EMPTY, times, values)));
  }

  private LogqlResult instant(StepNode node, MetricExpr expr) {
    StepVector vector = new StepVector();
    if (!node.next(vector)) {
      throw new QueryException(QueryException.Kind.EXECUTION, "unexpected empty result");
    }
    SeriesCollection.checkLimit(vector.size(), options.maxQuerySeries());
    List<LogqlResult.Sample> samples = new ArrayList<>(vector.size());
    for (int i = 0; i < vector.size(); i++) {
      Labels labels = node.labels(vector.series(i));
      context.reserve(LabelTable.bytes(labels));
      samples.add(new LogqlResult.Sample(labels, vector.timeMs(), vector.value(i)));
    }
    if (!sorts(expr)) {
      samples.sort(Comparator.comparing(LogqlResult.Sample::labels));
    }
    return new LogqlResult.Vector(samples);
  }

  /** Whether a query, anywhere in it, sorts by value, so that its vector keeps its order. */
  private static boolean sorts(MetricExpr expr) {
    return switch (expr) {
      case MetricExpr.VectorAggregation vector ->
          vector.operation() == VectorOperation.SORT
              || vector.operation() == VectorOperation.SORT_DESC
              || sorts(vector.inner());
      case MetricExpr.LabelReplace replace -> sorts(replace.inner());
      case MetricExpr.Binary binary -> sorts(binary.left()) || sorts(binary.right());
      case MetricExpr.RangeAggregation aggregation -> false;
      case MetricExpr.Literal literal -> false;
      case MetricExpr.Vector vector -> false;
    };
  }

  private LogqlResult range(StepNode node, StepGrid grid) {
    SeriesCollection collection =
        new SeriesCollection(node, options.maxQuerySeries(), grid.steps(), context);
    StepVector vector = new StepVector();
    while (node.next(vector)) {
      collection.add(vector);
    }
    return new LogqlResult.Matrix(collection.sorted());
  }
}
