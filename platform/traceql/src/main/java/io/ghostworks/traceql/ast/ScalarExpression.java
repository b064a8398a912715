package io.ghostworks.traceql.ast;

/** A number of each spanset. */
public sealed interface ScalarExpression
    permits Static, Aggregate, Pipeline, ScalarExpression.Operation {

  StaticType type();

  /** Two numbers joined; parses, but only one aggregate can be compared so far, as there. */
  record Operation(Operator operator, ScalarExpression left, ScalarExpression right)
      implements ScalarExpression {
    @Override
    public StaticType type() {
      if (operator.isBoolean()) {
        return StaticType.BOOLEAN;
      }
      return left.type() == StaticType.ATTRIBUTE ? right.type() : left.type();
    }

    @Override
    public String toString() {
      return Printer.binary(left, operator, right);
    }
  }
}
