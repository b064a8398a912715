package io.ghostworks.promql.eval;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import io.ghostworks.promql.ast.ValueType;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.histogram.MutableHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Evaluates prepared expressions on one grid. A subquery has an evaluator of its own. */
final class Evaluator {
  private final Query query;
  private final Grid grid;

  Evaluator(Query query, Grid grid) {
    this.query = query;
    this.grid = grid;
  }

  Grid grid() {
    return grid;
  }

  Query query() {
    return query;
  }

  /** The series of an expression of type vector. */
  List<Series> vector(Expr expr) {
    return ((Value.Vector) evaluate(expr)).series();
  }

  /**
   * The same in an order that does not depend on which steps are evaluated: that of the store for
   * what comes straight from it, otherwise that of the labels. At one time by itself the order is
   * the expression's own, since functions sort there.
   */
  List<Series> ordered(Expr expr) {
    List<Series> block = vector(expr);
    return grid.isInstant() || expr instanceof Expr.VectorSelector || isRangeCall(expr)
        ? block
        : Blocks.inOrder(query, block);
  }

  /**
   * Whether an expression gives one series for each of a range selector, also negated or scaled.
   */
  private static boolean isRangeCall(Expr expr) {
    return switch (expr) {
      case Expr.Call call -> comesFromStore(call);
      case Expr.Parenthesized parenthesized -> isRangeCall(parenthesized.expr());
      case Expr.Unary unary -> isRangeCall(unary.expr());
      case Expr.Binary binary ->
          binary.right().type() == ValueType.SCALAR
              ? isRangeCall(binary.left())
              : binary.left().type() == ValueType.SCALAR && isRangeCall(binary.right());
      default -> false;
    };
  }

  /** The numbers of an expression of type scalar. */
  double[] scalar(Expr expr) {
    return ((Value.Scalar) evaluate(expr)).values();
  }

  Value evaluate(Expr expr) {
    query.context().check();
    QueryProfile profile = query.profile();
    if (profile != null) {
      return profile.measure(expr, query.context(), () -> compute(expr));
    }
    SharedExpressions shared = query.shared();
    return shared == null ? compute(expr) : shared.value(expr, grid, () -> compute(expr));
  }

  private Value compute(Expr expr) {
    if (!grid.isInstant() && isOnce(expr)) {
      return spread(once(expr));
    }
    return switch (expr) {
      case Expr.NumberLiteral number -> constant(number.value());
      case Expr.StringLiteral string -> new Value.Text(string.value());
      case Expr.VectorSelector selector ->
          new Value.Vector(
              new InstantSelector(query, grid).read(selector, InstantSelector.Take.SAMPLE, ""));
      case Expr.MatrixSelector matrix ->
          throw new IllegalStateException("a range vector outside of a call: " + matrix);
      case Expr.Subquery subquery ->
          throw new IllegalStateException("a subquery outside of a call: " + subquery);
      case Expr.Aggregation aggregation ->
          new Value.Vector(new Aggregations(this, aggregation).evaluate());
      case Expr.Binary binary -> BinaryOperations.evaluate(this, binary);
      case Expr.Call call -> call(call);
      case Expr.Parenthesized parenthesized -> evaluate(parenthesized.expr());
      case Expr.Unary unary -> unary(unary);
    };
  }

  /**
   * Whether an expression computes each series of a store by itself, so that its results can be
   * handed on one by one.
   */
  boolean isScan(Expr expr) {
    QueryProfile profile = query.profile();
    if (query.options().delayedNameRemoval()
        || (!grid.isInstant() && isOnce(expr))
        || (profile != null && profile.measuresNodes())) {
      return false;
    }
    return comesFromStore(expr);
  }

  private static boolean comesFromStore(Expr expr) {
    return switch (expr) {
      case Expr.VectorSelector selector -> true;
      case Expr.Call call ->
          call.arguments().size() == 1
              && call.arguments().getFirst() instanceof Expr.MatrixSelector
              && call.function() != Function.ABSENT_OVER_TIME;
      default -> false;
    };
  }

  /** Whether the names of metrics fall away in an expression that {@link #isScan}. */
  boolean dropsNames(Expr expr) {
    return expr instanceof Expr.Call call && !RangeCall.keepsName(call.function());
  }

  /**
   * Hands on the results of an expression that {@link #isScan} in the order of their labels; they
   * still have their names, and are used again once the target returns.
   */
  void scan(Expr expr, Consumer<Series> target) {
    query.context().check();
    if (expr instanceof Expr.Call call
        && call.arguments().getFirst() instanceof Expr.MatrixSelector matrix) {
      new RangeCall(query, grid, call).scan(matrix, target);
    } else {
      new InstantSelector(query, grid)
          .scan((Expr.VectorSelector) expr, InstantSelector.Take.SAMPLE, "", false, target);
    }
  }

  private static boolean isOnce(Expr expr) {
    StepInvariance invariance = StepInvariance.of(expr);
    return invariance.invariant() && invariance.worthwhile();
  }

  private Value once(Expr expr) {
    Evaluator first = new Evaluator(query, Grid.instant(grid.startMs()));
    QueryProfile profile = query.profile();
    if (profile == null) {
      return first.evaluate(expr);
    }
    SampleStatistics own = new SampleStatistics(first.grid, query.context());
    Value value = profile.apart(own, () -> first.compute(expr));
    profile.samples().addOnce(own);
    return value;
  }

  /** What is inside a subquery, at the subquery's own steps. */
  private List<Series> inside(Expr.Subquery subquery, Grid inner) {
    if (inner.steps() < 1) {
      return List.of();
    }
    Evaluator evaluator = new Evaluator(query, inner);
    QueryProfile profile = query.profile();
    if (profile == null) {
      return evaluator.vector(subquery.expr());
    }
    SampleStatistics own = new SampleStatistics(inner, query.context());
    List<Series> block = profile.apart(own, () -> evaluator.vector(subquery.expr()));
    profile.samples().addReads(own, subquery.shift().offsetMs(), subquery.rangeMs());
    return block;
  }

  private Value.Scalar constant(double value) {
    double[] values = new double[grid.steps()];
    Arrays.fill(values, value);
    return new Value.Scalar(values);
  }

  /** Repeats what was computed for one step. */
  private Value spread(Value once) {
    return switch (once) {
      case Value.Text text -> text;
      case Value.Scalar scalar -> constant(scalar.values()[0]);
      case Value.Vector vector -> {
        List<Series> spread = new ArrayList<>(vector.series().size());
        for (Series series : vector.series()) {
          Series repeated = Blocks.newSeries(query, series.labels(), series.dropName(), grid);
          for (int step = 0; step < grid.steps(); step++) {
            repeated.copy(step, series, 0);
          }
          query.hold(repeated.size());
          spread.add(repeated);
        }
        Blocks.discard(query, vector.series());
        yield new Value.Vector(spread);
      }
    };
  }

  private Value unary(Expr.Unary unary) {
    Value value = evaluate(unary.expr());
    if (!unary.minus()) {
      return value;
    }
    return switch (value) {
      case Value.Text text -> text;
      case Value.Scalar scalar -> {
        negate(scalar.values());
        yield scalar;
      }
      case Value.Vector vector -> {
        vector.series().forEach(this::negate);
        yield new Value.Vector(merged(vector.series()));
      }
    };
  }

  private static void negate(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = -values[i];
    }
  }

  private void negate(Series series) {
    dropName(series);
    for (int step = 0; step < grid.steps(); step++) {
      FloatHistogram histogram = series.histogram(step);
      if (histogram != null) {
        series.set(step, MutableHistogram.of(histogram).multiply(-1).toHistogram());
      } else if (series.hasFloat(step)) {
        series.set(step, -series.value(step));
      }
    }
  }

  /** Drops a metric's name, now or at the end of the query, since its meaning has changed. */
  void dropName(Series series) {
    if (!query.options().delayedNameRemoval()) {
      series.setLabels(Series.withoutMetadata(series.labels()));
    }
    series.setDropName(true);
  }

  /** Merges series whose labels have become the same, unless names fall away only at the end. */
  List<Series> merged(List<Series> block) {
    return query.options().delayedNameRemoval() && grid.isInstant()
        ? block
        : Blocks.merge(query, block);
  }

  private Value call(Expr.Call call) {
    return switch (call.function()) {
      case LABEL_REPLACE -> new Value.Vector(LabelFunctions.replace(this, call));
      case LABEL_JOIN -> new Value.Vector(LabelFunctions.join(this, call));
      case INFO -> new Value.Vector(new InfoFunction(this, call).evaluate());
      case TIMESTAMP, START_TIMESTAMP -> new Value.Vector(timestamp(call));
      default -> {
        int range = rangeArgument(call);
        yield range >= 0
            ? new Value.Vector(rangeCall(call, range))
            : VectorFunctions.evaluate(this, call);
      }
    };
  }

  private static int rangeArgument(Expr.Call call) {
    for (int i = 0; i < call.arguments().size(); i++) {
      if (call.arguments().get(i).type() == ValueType.MATRIX) {
        return i;
      }
    }
    return -1;
  }

  private List<Series> timestamp(Expr.Call call) {
    Expr argument = call.arguments().getFirst();
    boolean starts = call.function() == Function.START_TIMESTAMP;
    boolean ofSelector = argument instanceof Expr.VectorSelector;
    if (starts && !(ofSelector && query.options().startTimestamps())) {
      Blocks.discard(query, vector(argument));
      return List.of();
    }
    List<Series> block;
    if (argument instanceof Expr.VectorSelector selector) {
      InstantSelector.Take take =
          starts ? InstantSelector.Take.START_SECONDS : InstantSelector.Take.TIME_SECONDS;
      block = new InstantSelector(query, grid).read(selector, take, call.function().functionName());
    } else {
      block = vector(argument);
      for (Series series : block) {
        for (int step = 0; step < grid.steps(); step++) {
          if (series.has(step)) {
            series.set(step, grid.timeMs(step) / 1000.0);
          }
        }
      }
    }
    block.forEach(this::dropName);
    return merged(block);
  }

  private List<Series> rangeCall(Expr.Call call, int rangeArgument) {
    List<double[]> scalars = new ArrayList<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      if (i != rangeArgument) {
        scalars.add(scalar(call.arguments().get(i)));
      }
    }
    double[][] arguments = scalars.toArray(double[][]::new);
    RangeCall range = new RangeCall(query, grid, call);
    return switch (call.arguments().get(rangeArgument)) {
      case Expr.MatrixSelector matrix -> range.evaluate(matrix, arguments);
      case Expr.Subquery subquery -> {
        Grid inner = subqueryGrid(subquery);
        List<Series> block = inside(subquery, inner);
        yield range.evaluate(subquery, block, inner, arguments);
      }
      default -> throw new IllegalStateException("no range vector: " + call);
    };
  }

  /** The steps of a subquery: multiples of its step within all ranges that will be looked at. */
  Grid subqueryGrid(Expr.Subquery subquery) {
    long stepMs = subquery.stepMs() != 0 ? subquery.stepMs() : query.options().subqueryStepMs();
    long firstMs = InstantSelector.referenceMs(subquery.shift(), grid.startMs());
    long lastMs = InstantSelector.referenceMs(subquery.shift(), grid.endMs());
    long fromMs = firstMs - subquery.rangeMs();
    long startMs = stepMs * (fromMs / stepMs);
    if (startMs <= fromMs) {
      startMs += stepMs;
    }
    long steps = lastMs < startMs ? 0 : (lastMs - startMs) / stepMs + 1;
    return new Grid(startMs, stepMs, checkedSteps(query, steps), startMs == lastMs);
  }

  static int checkedSteps(Query query, long steps) {
    if (steps > query.options().samplesMax() || steps > Integer.MAX_VALUE / 2) {
      throw new QueryException(
          QueryException.Kind.LIMIT,
          "query processing would load too many samples into memory in query execution");
    }
    return (int) steps;
  }

  /** The labels that a vector which is absent would have. */
  static List<LabelMatcher> matchersOf(Expr expr) {
    return switch (expr) {
      case Expr.VectorSelector selector -> selector.matchers();
      case Expr.MatrixSelector matrix -> matrix.selector().matchers();
      default -> List.of();
    };
  }
}
