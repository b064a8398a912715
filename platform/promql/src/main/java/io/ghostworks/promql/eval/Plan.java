package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.TimeShift;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells how a prepared query will be evaluated, or what it cost. */
final class Plan {
  private final Query query;
  private final @Nullable QueryProfile profile;

  /**
   * @param profile of the evaluation; null if there was none
   */
  Plan(Query query, @Nullable QueryProfile profile) {
    this.query = query;
    this.profile = profile;
  }

  PlanNode of(Expr expr, Grid outer) {
    boolean once = !outer.isInstant() && isOnce(expr);
    Grid grid = once ? Grid.instant(outer.startMs()) : outer;
    List<PlanNode> children = new ArrayList<>();
    PlanNode.Reads reads = null;
    String kind =
        switch (expr) {
          case Expr.NumberLiteral number -> "number";
          case Expr.StringLiteral string -> "string";
          case Expr.VectorSelector selector -> {
            reads = reads(selector, 0, grid);
            yield "selector";
          }
          case Expr.MatrixSelector matrix -> {
            reads = reads(matrix.selector(), matrix.rangeMs(), grid);
            yield "range_selector";
          }
          case Expr.Subquery subquery -> {
            Grid inner = new Evaluator(query, grid).subqueryGrid(subquery);
            children.add(of(subquery.expr(), inner));
            yield "subquery";
          }
          case Expr.Aggregation aggregation -> {
            if (aggregation.parameter() != null) {
              children.add(of(aggregation.parameter(), grid));
            }
            children.add(of(aggregation.expr(), grid));
            yield "aggregation";
          }
          case Expr.Binary binary -> {
            children.add(of(binary.left(), grid));
            children.add(of(binary.right(), grid));
            yield "binary";
          }
          case Expr.Call call -> {
            call.arguments().forEach(argument -> children.add(of(argument, grid)));
            yield "call";
          }
          case Expr.Parenthesized parenthesized -> {
            children.add(of(parenthesized.expr(), grid));
            yield "parentheses";
          }
          case Expr.Unary unary -> {
            children.add(of(unary.expr(), grid));
            yield "unary";
          }
        };
    return new PlanNode(
        kind,
        expr.toString(),
        expr.type().documented(),
        expr.position(),
        new PlanNode.Times(grid.startMs(), grid.isInstant() ? 0 : grid.stepMs(), grid.steps()),
        reads,
        once,
        profile == null ? null : profile.cost(expr),
        children);
  }

  private static boolean isOnce(Expr expr) {
    StepInvariance invariance = StepInvariance.of(expr);
    return invariance.invariant() && invariance.worthwhile();
  }

  private PlanNode.Reads reads(Expr.VectorSelector selector, long rangeMs, Grid grid) {
    long lookbackMs = query.options().lookbackMs();
    TimeShift shift = selector.shift();
    long firstMs = InstantSelector.referenceMs(shift, grid.startMs());
    long lastMs = InstantSelector.referenceMs(shift, grid.endMs());
    boolean extended = selector.extension() != Expr.Extension.NONE;
    boolean smoothed = selector.extension() == Expr.Extension.SMOOTHED;
    long beforeMs = rangeMs == 0 || extended ? rangeMs + lookbackMs : rangeMs;
    return new PlanNode.Reads(
        firstMs - beforeMs + 1,
        smoothed ? lastMs + lookbackMs : lastMs,
        query.options().resolutionMs());
  }
}
