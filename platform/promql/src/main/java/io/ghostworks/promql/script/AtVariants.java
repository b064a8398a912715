package io.ghostworks.promql.script;

import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.TimeShift;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fixes the time of all selectors of a query with {@code @}, so that it must give the same whenever
 * it is evaluated. promqltest checks each instant query this way too.
 */
final class AtVariants {
  private final TimeShift.At at;
  private boolean timeDependent;

  private AtVariants(long timeMs) {
    this.at = new TimeShift.At.Timestamp(timeMs);
  }

  /** The query with fixed times; empty where its result depends on the evaluation time anyway. */
  static Optional<String> fixed(Expr expr, long timeMs) {
    AtVariants variants = new AtVariants(timeMs);
    Expr fixed = variants.fix(expr);
    return variants.timeDependent ? Optional.empty() : Optional.of(fixed.toString());
  }

  /** The times at which the fixed query is evaluated. */
  static long[] evaluationTimes(long timeMs) {
    return timeMs == 0
        ? new long[] {-1000, 0, 1000}
        : new long[] {-10 * timeMs, 0, timeMs / 5, timeMs, 10 * timeMs};
  }

  private Expr fix(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral number -> number;
      case Expr.StringLiteral string -> string;
      case Expr.VectorSelector selector -> fix(selector);
      case Expr.MatrixSelector matrix ->
          new Expr.MatrixSelector(
              fix(matrix.selector()), matrix.rangeMs(), matrix.rangeExpression(), matrix.end());
      case Expr.Subquery subquery -> fix(subquery);
      case Expr.Aggregation aggregation ->
          new Expr.Aggregation(
              aggregation.operator(),
              fix(aggregation.expr()),
              aggregation.parameter() == null ? null : fix(aggregation.parameter()),
              aggregation.grouping(),
              aggregation.without(),
              aggregation.position());
      case Expr.Binary binary ->
          new Expr.Binary(
              binary.operator(),
              fix(binary.left()),
              fix(binary.right()),
              binary.matching(),
              binary.returnBool());
      case Expr.Call call -> fix(call);
      case Expr.Parenthesized parenthesized ->
          new Expr.Parenthesized(fix(parenthesized.expr()), parenthesized.position());
      case Expr.Unary unary -> new Expr.Unary(unary.minus(), fix(unary.expr()), unary.start());
    };
  }

  private Expr.VectorSelector fix(Expr.VectorSelector selector) {
    return hasTimestamp(selector.shift())
        ? selector
        : selector.withShift(selector.shift().withAt(at), selector.position().end());
  }

  /** A fixed subquery fixes what is in it; one with a time of its own is left as it is. */
  private Expr fix(Expr.Subquery subquery) {
    return hasTimestamp(subquery.shift())
        ? subquery
        : subquery.withShift(subquery.shift().withAt(at), subquery.end());
  }

  /** Start and end of an instant query are its time: they are fixed like selectors without one. */
  private static boolean hasTimestamp(TimeShift shift) {
    return shift.at() instanceof TimeShift.At.Timestamp;
  }

  private Expr fix(Expr.Call call) {
    timeDependent |= call.function().isTimeDependent();
    List<Expr> arguments = new ArrayList<>();
    for (Expr argument : call.arguments()) {
      arguments.add(fix(argument));
    }
    return new Expr.Call(call.function(), arguments, call.position());
  }
}
