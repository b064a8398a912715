package io.ghostworks.rules;

import io.ghostworks.logql.syntax.LogExpr;
import io.ghostworks.logql.syntax.LogRange;
import io.ghostworks.logql.syntax.MetricExpr;
import io.ghostworks.model.TenantId;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.ast.TraceqlQuery;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells an empty result that means "all is well" from one that means "there are no data": the
 * latter is where no selector of the expression finds anything at the time of the evaluation.
 *
 * <p>Of PromQL these are its selectors of series, each over its range; of LogQL the streams'
 * selectors over their ranges, without what filters lines; of TraceQL the query's series before its
 * comparisons. An expression without selectors always has data.
 */
final class DataProbe {

  private final List<String> probes;

  private DataProbe(List<String> probes) {
    this.probes = List.copyOf(probes);
  }

  static DataProbe of(RuleExpression expression) {
    List<String> probes = new ArrayList<>();
    switch (expression) {
      case RuleExpression.Promql promql -> {
        for (ReadSelectors.Read read : ReadSelectors.of(promql.expr()).found()) {
          probes.add(
              read.ranged().isEmpty()
                  ? "count(" + read.selector() + ")"
                  : "count(present_over_time(" + read.ranged() + "))");
        }
      }
      case RuleExpression.Logql logql -> logql(logql.expr(), probes);
      case RuleExpression.Traceql traceql -> traceql(traceql.query(), probes);
    }
    return new DataProbe(probes.stream().distinct().toList());
  }

  private static void logql(MetricExpr expr, List<String> probes) {
    switch (expr) {
      case MetricExpr.RangeAggregation aggregation -> {
        LogRange range = aggregation.range();
        LogRange unfiltered =
            new LogRange(
                new LogExpr(range.left().matchers(), List.of()),
                range.intervalNanos(),
                range.offsetNanos(),
                null);
        probes.add("sum(count_over_time(" + unfiltered + "))");
      }
      case MetricExpr.VectorAggregation aggregation -> logql(aggregation.inner(), probes);
      case MetricExpr.Binary binary -> {
        logql(binary.left(), probes);
        logql(binary.right(), probes);
      }
      case MetricExpr.LabelReplace replace -> logql(replace.inner(), probes);
      case MetricExpr.Literal literal -> {}
      case MetricExpr.Vector vector -> {}
    }
  }

  private static void traceql(TraceqlQuery query, List<String> probes) {
    for (QueryExpression.Metrics metrics : series(query.expression())) {
      probes.add(
          new TraceqlQuery(
                  new QueryExpression.Metrics(metrics.pipeline(), metrics.function(), List.of()),
                  query.hints())
              .toString());
    }
  }

  private static List<QueryExpression.Metrics> series(QueryExpression expression) {
    return switch (expression) {
      case QueryExpression.Search search -> List.of();
      case QueryExpression.Metrics metrics -> List.of(metrics);
      case QueryExpression.Arithmetic arithmetic -> {
        List<QueryExpression.Metrics> both = new ArrayList<>(series(arithmetic.left()));
        both.addAll(series(arithmetic.right()));
        yield both;
      }
    };
  }

  /** Whether any selector finds something. */
  boolean findsData(InstantQuery query, TenantId tenant, long timestampMs) {
    return probes.isEmpty()
        || probes.stream().anyMatch(probe -> !query.evaluate(tenant, probe, timestampMs).isEmpty());
  }
}
