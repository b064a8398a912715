package io.ghostworks.logql.eval;

import io.ghostworks.logql.syntax.LogRange;
import io.ghostworks.logql.syntax.MetricExpr;
import io.ghostworks.logql.syntax.RangeOperation;
import io.ghostworks.logql.syntax.VectorMatching;
import io.ghostworks.logql.syntax.VectorOperation;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.RecordSource;
import java.util.Set;

/** Turns a metric expression into the nodes that evaluate it. */
final class MetricPlan {
  private final StepGrid grid;
  private final QueryContext context;
  private final RecordSource source;

  MetricPlan(StepGrid grid, QueryContext context, RecordSource source) {
    this.grid = grid;
    this.context = context;
    this.source = source;
  }

  /**
   * The root of the nodes, which the caller closes.
   *
   * @throws QueryException of kind BAD_QUERY where an expression cannot be evaluated
   */
  StepNode node(MetricExpr expr) {
    return switch (expr) {
      case MetricExpr.RangeAggregation range -> range(range, Extraction.of(range, null));
      case MetricExpr.VectorAggregation vector -> vector(vector);
      case MetricExpr.Binary binary -> binary(binary);
      case MetricExpr.Vector vector -> new ConstantNode(vector.value(), grid);
      case MetricExpr.LabelReplace replace ->
          new ReplaceNode(
              node(replace.inner()),
              replace.destination(),
              replace.replacement(),
              replace.source(),
              replace.pattern(),
              context::reserve);
      case MetricExpr.Literal literal ->
          throw new QueryException(
              QueryException.Kind.BAD_QUERY,
              "unexpected expr type (*syntax.LiteralExpr): the number %s stands where a vector is needed; write vector(%s)"
                  .formatted(literal, literal));
    };
  }

  private StepNode range(MetricExpr.RangeAggregation range, Extraction extraction) {
    WindowGrid windows = windows(range.range());
    SeriesWindows series =
        new SeriesWindows(RangeFunctions.windows(range, context::reserve), context::reserve);
    SampleFeed feed = new SampleSource(source, context).feed(extraction, windows);
    StepNode node = new RangeNode(feed, windows, series, context);
    return range.operation() == RangeOperation.ABSENT_OVER_TIME
        ? new AbsentNode(node, range.range().left().matchers())
        : node;
  }

  private WindowGrid windows(LogRange range) {
    try {
      return new WindowGrid(grid, range.intervalNanos(), range.offsetNanos());
    } catch (ArithmeticException e) {
      throw new QueryException(
          QueryException.Kind.BAD_QUERY,
          "the offset leads to times that cannot be told: " + range,
          e);
    }
  }

  private StepNode vector(MetricExpr.VectorAggregation vector) {
    if (vector.operation() == VectorOperation.APPROX_TOPK && !grid.isInstant()) {
      throw new QueryException(
          QueryException.Kind.BAD_QUERY,
          "count min sketches are only supported on instant queries");
    }
    StepNode input = input(vector);
    Grouping grouping = new Grouping(vector.grouping().without(), vector.grouping().labels());
    return switch (vector.operation()) {
      case SUM -> aggregate(AggregateNode.Operation.SUM, grouping, input);
      case AVG -> aggregate(AggregateNode.Operation.AVERAGE, grouping, input);
      case COUNT -> aggregate(AggregateNode.Operation.COUNT, grouping, input);
      case MAX -> aggregate(AggregateNode.Operation.MAX, grouping, input);
      case MIN -> aggregate(AggregateNode.Operation.MIN, grouping, input);
      case STDDEV -> aggregate(AggregateNode.Operation.STANDARD_DEVIATION, grouping, input);
      case STDVAR -> aggregate(AggregateNode.Operation.VARIANCE, grouping, input);
      case TOPK -> select(true, vector.parameter(), grouping, input);
      case BOTTOMK -> select(false, vector.parameter(), grouping, input);
      case SORT_DESC -> select(true, Integer.MAX_VALUE, grouping, input);
      case SORT -> select(false, Integer.MAX_VALUE, grouping, input);
      case APPROX_TOPK ->
          select(
              true, vector.parameter(), grouping, new ApproximateTopNode(input, context::reserve));
    };
  }

  private StepNode aggregate(AggregateNode.Operation operation, Grouping grouping, StepNode input) {
    return new AggregateNode(operation, grouping, input, context::reserve);
  }

  private StepNode select(boolean largest, int limit, Grouping grouping, StepNode input) {
    return new SelectNode(largest, limit, grouping, input, context::reserve);
  }

  /** Lines below a sum are grouped by its labels already where that gives the same. */
  private StepNode input(MetricExpr.VectorAggregation vector) {
    if (vector.operation() == VectorOperation.SUM
        && vector.inner() instanceof MetricExpr.RangeAggregation range
        && range.grouping() == null
        && adds(range.operation())) {
      return range(range, Extraction.of(range, vector.grouping()));
    }
    return node(vector.inner());
  }

  private static boolean adds(RangeOperation operation) {
    return switch (operation) {
      case BYTES_OVER_TIME, BYTES_RATE, SUM_OVER_TIME, RATE, COUNT_OVER_TIME -> true;
      default -> false;
    };
  }

  private StepNode binary(MetricExpr.Binary binary) {
    if (binary.left() instanceof MetricExpr.Literal literal) {
      return new ScalarNode(
          binary.operator(), literal.value(), true, binary.returnBool(), node(binary.right()));
    }
    if (binary.right() instanceof MetricExpr.Literal literal) {
      return new ScalarNode(
          binary.operator(), literal.value(), false, binary.returnBool(), node(binary.left()));
    }
    StepNode left = node(binary.left());
    StepNode right;
    try {
      right = node(binary.right());
    } catch (RuntimeException e) {
      left.close();
      throw e;
    }
    Matching matching = matching(binary.matching());
    return switch (binary.operator()) {
      case AND -> new SetNode(SetNode.Operation.AND, matching, left, right, context::reserve);
      case OR -> new SetNode(SetNode.Operation.OR, matching, left, right, context::reserve);
      case UNLESS -> new SetNode(SetNode.Operation.UNLESS, matching, left, right, context::reserve);
      default ->
          new BinaryNode(
              binary.operator(), matching, binary.returnBool(), left, right, context::reserve);
    };
  }

  private static Matching matching(VectorMatching matching) {
    Matching.Many many =
        switch (matching.cardinality()) {
          case ONE_TO_ONE -> Matching.Many.NONE;
          case MANY_TO_ONE -> Matching.Many.LEFT;
          case ONE_TO_MANY -> Matching.Many.RIGHT;
        };
    return new Matching(matching.on(), Set.copyOf(matching.labels()), many, matching.include());
  }
}
