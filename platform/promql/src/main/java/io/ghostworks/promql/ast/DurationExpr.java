package io.ghostworks.promql.ast;

import org.jspecify.annotations.Nullable;

/**
 * A duration that is computed, as in {@code foo[step() * 2]}; in seconds. Prometheus has these
 * behind its switch {@code promql-duration-expr}.
 */
public sealed interface DurationExpr {

  PositionRange position();

  /** A literal. */
  record Literal(Expr.NumberLiteral number) implements DurationExpr {
    @Override
    public PositionRange position() {
      return number.position();
    }

    @Override
    public String toString() {
      return number.toString();
    }
  }

  /** {@code step()} or {@code range()}: of the query that runs. */
  record QueryValue(boolean isStep, boolean wrapped, PositionRange position)
      implements DurationExpr {
    @Override
    public String toString() {
      return wrap(wrapped, isStep ? "step()" : "range()");
    }
  }

  /**
   * One or two operands.
   *
   * @param left null for a sign
   * @param wrapped whether it stood in parentheses
   */
  record Operation(
      Operator operator,
      @Nullable DurationExpr left,
      DurationExpr right,
      boolean wrapped,
      PositionRange position)
      implements DurationExpr {
    @Override
    public String toString() {
      String text =
          switch (operator) {
            case MIN_OF, MAX_OF -> "%s(%s, %s)".formatted(operator.symbol, left, right);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER ->
                left != null
                    ? left + " " + operator.symbol + " " + right
                    : operator == Operator.SUBTRACT ? "-" + right : right.toString();
          };
      return wrap(wrapped, text);
    }
  }

  /** What is done with the operands. */
  enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    MODULO("%"),
    POWER("^"),
    MIN_OF("min_of"),
    MAX_OF("max_of");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** As it stands in a query. */
    public String symbol() {
      return symbol;
    }
  }

  private static String wrap(boolean wrapped, String text) {
    return wrapped ? "(" + text + ")" : text;
  }
}
