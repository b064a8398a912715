package io.ghostworks.traceql.metrics;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.MetricsFunction;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.ast.QueryExpression.Metrics;
import io.ghostworks.traceql.ast.SecondStage;
import io.ghostworks.traceql.ast.StaticType;
import io.ghostworks.traceql.ast.TraceqlQuery;
import io.ghostworks.traceql.eval.Attributes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoublePredicate;

/** One metrics query while it is answered. Used by one thread. */
final class QueryRun {

  private final RecordSource source;
  private final TraceqlQuery query;
  private final Steps steps;
  private final int seriesMax;
  private final int exemplars;
  private final boolean extrapolates;
  private final long reachNanos;
  private final QueryContext context;
  private final Map<String, Metrics> leaves = new LinkedHashMap<>();
  private final Map<String, SeriesSet> known = new HashMap<>();
  private boolean partial;
  private long spans;

  /**
   * @param exemplars of all its parts together
   * @param reachNanos how far outside the range a span may lie by which its trace is found
   */
  QueryRun(
      RecordSource source,
      TraceqlQuery query,
      Steps steps,
      int exemplars,
      int seriesMax,
      long reachNanos,
      QueryContext context) {
    this.source = source;
    this.query = query;
    this.steps = steps;
    this.seriesMax = seriesMax;
    this.reachNanos = reachNanos;
    this.context = context;
    this.extrapolates = query.hint("extrapolate", StaticType.BOOLEAN).isTrue();
    collect(query.expression());
    this.exemplars = exemplars == 0 ? 0 : Math.max(1, exemplars / leaves.size());
  }

  private void collect(QueryExpression expression) {
    switch (expression) {
      case QueryExpression.Search search -> {}
      case Metrics metrics -> leaves.putIfAbsent(metrics.fragment(), metrics);
      case QueryExpression.Arithmetic arithmetic -> {
        collect(arithmetic.left());
        collect(arithmetic.right());
      }
    }
  }

  /** Whether groups were left out. */
  boolean isPartial() {
    return partial;
  }

  /** How many spans were looked at. */
  long spans() {
    return spans;
  }

  /** The series of the query. */
  SeriesSet series() {
    boolean nothing =
        leaves.values().stream().allMatch(leaf -> SpanFilters.matchesNothing(leaf.pipeline()));
    return nothing ? new SeriesSet() : evaluate(query.expression());
  }

  private SeriesSet evaluate(QueryExpression expression) {
    return switch (expression) {
      case QueryExpression.Search search -> throw new IllegalStateException("no metrics query");
      case Metrics metrics -> {
        SeriesSet own = known.get(metrics.fragment());
        if (own == null) {
          own = read(metrics);
          known.put(metrics.fragment(), own);
        }
        yield staged(own, metrics.stages());
      }
      case QueryExpression.Arithmetic arithmetic ->
          staged(
              joined(
                  arithmetic.operator(), evaluate(arithmetic.left()), evaluate(arithmetic.right())),
              arithmetic.stages());
    };
  }

  private SeriesSet joined(Operator operator, SeriesSet left, SeriesSet right) {
    SeriesSet.reserve(Math.max(left.size(), right.size()), steps.count(), context);
    return SeriesMath.apply(operator, left, right);
  }

  private SeriesSet staged(SeriesSet series, List<SecondStage> stages) {
    SeriesSet result = series;
    for (SecondStage stage : stages) {
      SeriesSet.reserve(result.size(), steps.count(), context);
      result =
          switch (stage) {
            case SecondStage.Top top -> {
              int limit = (int) Math.min(Integer.MAX_VALUE - 1, top.limit());
              yield top.lowest()
                  ? SeriesStages.bottom(result, steps.count(), limit)
                  : SeriesStages.top(result, steps.count(), limit);
            }
            case SecondStage.Compare compare -> SeriesStages.filtered(result, test(compare));
            case SecondStage.Arithmetic arithmetic ->
                SeriesStages.mapped(
                    result,
                    value ->
                        arithmetic.numberFirst()
                            ? SeriesMath.apply(arithmetic.operator(), arithmetic.value(), value)
                            : SeriesMath.apply(arithmetic.operator(), value, arithmetic.value()));
          };
    }
    return result;
  }

  private static DoublePredicate test(SecondStage.Compare compare) {
    double bound = compare.value();
    Operator operator = compare.operator();
    return switch (operator) {
      case GREATER -> value -> value > bound;
      case GREATER_EQUAL -> value -> value >= bound;
      case LESS -> value -> value < bound;
      case LESS_EQUAL -> value -> value <= bound;
      case EQUAL -> value -> value == bound;
      case NOT_EQUAL -> value -> value != bound;
      default -> throw new IllegalStateException("no comparison: " + operator);
    };
  }

  private SeriesSet read(Metrics metrics) {
    return switch (metrics.function()) {
      case MetricsFunction.Aggregation aggregation -> aggregated(metrics, aggregation);
      case MetricsFunction.Compare compare -> compared(metrics, compare);
    };
  }

  private SeriesSet aggregated(Metrics metrics, MetricsFunction.Aggregation aggregation) {
    AggregationPlan plan = new AggregationPlan(aggregation);
    Set<Attribute> shown = new LinkedHashSet<>(plan.by());
    if (plan.value() != null) {
      shown.add(plan.value());
    }
    shown.addAll(Attributes.of(metrics.pipeline()));
    Optional<ColumnScan> columns =
        ColumnScan.of(plan, SpanFilters.exact(metrics.pipeline()), shown, extrapolates);
    SpanWork work;
    if (columns.isPresent()) {
      work = columns.get().read(source, steps, context, () -> work(plan));
    } else {
      work = work(plan);
      new TraceScan(plan, metrics.pipeline(), shown, extrapolates, work, steps)
          .read(metrics.pipeline(), source, reachNanos, context);
    }
    partial |= work.groups().isFull();
    spans += work.spans();
    return plan.series(work, steps, context);
  }

  private SeriesSet compared(Metrics metrics, MetricsFunction.Compare compare) {
    ComparisonScan scan =
        new ComparisonScan(compare, metrics.pipeline(), extrapolates, steps, exemplars, context);
    scan.read(metrics.pipeline(), source, reachNanos, context);
    spans += scan.spans();
    return scan.series();
  }

  private SpanWork work(AggregationPlan plan) {
    return new SpanWork(plan, steps, context, seriesMax, exemplars);
  }
}
