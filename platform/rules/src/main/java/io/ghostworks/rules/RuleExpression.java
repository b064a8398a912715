package io.ghostworks.rules;

import io.ghostworks.logql.syntax.MetricExpr;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.traceql.ast.TraceqlQuery;

/**
 * The expression of a rule, parsed once.
 *
 * <p>Each has a text in the normal form of its language, which parses to the same expression.
 */
public sealed interface RuleExpression {

  /** The expression as its language prints it. */
  String text();

  RuleLanguage language();

  /** Of series. */
  record Promql(Expr expr, String text) implements RuleExpression {
    public Promql(Expr expr) {
      this(expr, expr.toString());
    }

    @Override
    public RuleLanguage language() {
      return RuleLanguage.PROMQL;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Of log records: a metric query. */
  record Logql(MetricExpr expr, String text) implements RuleExpression {
    public Logql(MetricExpr expr) {
      this(expr, expr.toString());
    }

    @Override
    public RuleLanguage language() {
      return RuleLanguage.LOGQL;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Of spans: a metrics query. */
  record Traceql(TraceqlQuery query, String text) implements RuleExpression {
    public Traceql(TraceqlQuery query) {
      this(query, query.toString());
    }

    @Override
    public RuleLanguage language() {
      return RuleLanguage.TRACEQL;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * The tree of an expression that is PromQL.
   *
   * @throws IllegalArgumentException if it is of another language
   */
  static Expr promql(RuleExpression expression) {
    return switch (expression) {
      case Promql promql -> promql.expr();
      case Logql logql -> throw notPromql(logql);
      case Traceql traceql -> throw notPromql(traceql);
    };
  }

  private static IllegalArgumentException notPromql(RuleExpression other) {
    return new IllegalArgumentException(
        "the expression must be of PromQL, got %s: %s".formatted(other.language().word(), other));
  }
}
