package io.ghostworks.rules;

import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import java.util.ArrayList;
import java.util.List;

/** The selectors that an expression of PromQL reads. */
final class ReadSelectors {

  /**
   * A selector.
   *
   * @param ranged the selector as a text over the range of time that it stands for, for a function
   *     of ranges; "" if it stands for an instant
   */
  record Read(Expr.VectorSelector selector, String ranged) {}

  private final List<Read> found = new ArrayList<>();
  private boolean joinsInfo;

  private ReadSelectors(Expr expr) {
    collect(expr, "");
  }

  static ReadSelectors of(Expr expr) {
    return new ReadSelectors(expr);
  }

  List<Read> found() {
    return found;
  }

  /** Whether the function {@code info} reads series that no selector names. */
  boolean joinsInfo() {
    return joinsInfo;
  }

  /**
   * @param range of the subquery that the expression is in, in brackets; "" if it is in none
   */
  private void collect(Expr expr, String range) {
    switch (expr) {
      case Expr.NumberLiteral number -> {}
      case Expr.StringLiteral string -> {}
      case Expr.VectorSelector selector -> {
        if (!selector.dataLabels()) {
          found.add(new Read(selector, range.isEmpty() ? "" : "(" + selector + ")" + range));
        }
      }
      case Expr.MatrixSelector matrix -> found.add(new Read(matrix.selector(), matrix.toString()));
      case Expr.Subquery subquery ->
          collect(
              subquery.expr(),
              subquery.rangeExpression() == null ? "[%dms:]".formatted(subquery.rangeMs()) : range);
      case Expr.Aggregation aggregation -> {
        Expr parameter = aggregation.parameter();
        if (parameter != null) {
          collect(parameter, range);
        }
        collect(aggregation.expr(), range);
      }
      case Expr.Binary binary -> {
        collect(binary.left(), range);
        collect(binary.right(), range);
      }
      case Expr.Call call -> {
        joinsInfo |= call.function() == Function.INFO;
        call.arguments().forEach(argument -> collect(argument, range));
      }
      case Expr.Parenthesized parenthesized -> collect(parenthesized.expr(), range);
      case Expr.Unary unary -> collect(unary.expr(), range);
    }
  }
}
