package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;

/**
 * Whether a prepared expression gives the same at every step, because all of its selectors have
 * fixed times, so that it needs to be evaluated once.
 *
 * @param invariant whether it does
 * @param worthwhile whether evaluating it once saves something; literals and matrices save nothing
 */
record StepInvariance(boolean invariant, boolean worthwhile) {

  private static final StepInvariance NO = new StepInvariance(false, false);
  private static final StepInvariance YES = new StepInvariance(true, true);

  static StepInvariance of(Expr expr) {
    return switch (expr) {
      case Expr.NumberLiteral number -> new StepInvariance(true, false);
      case Expr.StringLiteral string -> new StepInvariance(true, false);
      case Expr.VectorSelector selector -> selector.shift().at() == null ? NO : YES;
      case Expr.MatrixSelector matrix ->
          new StepInvariance(matrix.selector().shift().at() != null, false);
      case Expr.Subquery subquery -> new StepInvariance(subquery.shift().at() != null, false);
      case Expr.Aggregation aggregation -> of(aggregation.expr());
      case Expr.Binary binary ->
          of(binary.left()).invariant() && of(binary.right()).invariant() ? YES : NO;
      case Expr.Call call -> call(call);
      case Expr.Parenthesized parenthesized -> of(parenthesized.expr());
      case Expr.Unary unary -> of(unary.expr());
    };
  }

  private static StepInvariance call(Expr.Call call) {
    boolean arguments = call.arguments().stream().allMatch(a -> of(a).invariant());
    if (call.function() == Function.TIMESTAMP) {
      boolean selectors = call.arguments().stream().allMatch(a -> a instanceof Expr.VectorSelector);
      return arguments && selectors ? YES : NO;
    }
    return arguments && !call.function().isTimeDependent() ? YES : NO;
  }
}
