package io.ghostworks.logql.eval;

import io.ghostworks.logql.syntax.BinaryOperator;
import io.ghostworks.model.label.Labels;

/**
 * A binary operation between a number and every value of a vector. A comparison keeps the vector's
 * values for which it holds, or with {@code bool} says of each whether it does.
 */
final class ScalarNode implements StepNode {
  private final BinaryOperator operator;
  private final double scalar;
  private final boolean scalarIsLeft;
  private final boolean returnsBool;
  private final StepNode input;
  private final StepVector vector = new StepVector();

  ScalarNode(
      BinaryOperator operator,
      double scalar,
      boolean scalarIsLeft,
      boolean returnsBool,
      StepNode input) {
    this.operator = operator;
    this.scalar = scalar;
    this.scalarIsLeft = scalarIsLeft;
    this.returnsBool = returnsBool;
    this.input = input;
  }

  @Override
  public boolean next(StepVector out) {
    if (!input.next(vector)) {
      return false;
    }
    out.start(vector.timeMs());
    boolean filters = operator.isComparison() && !returnsBool;
    for (int i = 0; i < vector.size(); i++) {
      double value = vector.value(i);
      double result = scalarIsLeft ? operator.apply(scalar, value) : operator.apply(value, scalar);
      if (!filters) {
        out.add(vector.series(i), result);
      } else if (result != 0) {
        out.add(vector.series(i), value);
      }
    }
    return true;
  }

  @Override
  public Labels labels(int series) {
    return input.labels(series);
  }

  @Override
  public void close() {
    input.close();
  }
}
