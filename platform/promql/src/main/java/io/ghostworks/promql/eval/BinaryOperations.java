package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.BinaryOperator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.ValueType;
import io.ghostworks.promql.ast.VectorMatching;
import java.util.List;

/** Evaluates binary operators by the types of their sides. */
final class BinaryOperations {

  private BinaryOperations() {}

  static Value evaluate(Evaluator evaluator, Expr.Binary binary) {
    boolean leftScalar = binary.left().type() == ValueType.SCALAR;
    boolean rightScalar = binary.right().type() == ValueType.SCALAR;
    if (leftScalar && rightScalar) {
      return scalars(evaluator, binary);
    }
    if (leftScalar) {
      double[] scalar = evaluator.scalar(binary.left());
      return new Value.Vector(
          withScalar(evaluator, binary, evaluator.vector(binary.right()), scalar, true));
    }
    if (rightScalar) {
      List<Series> vector = evaluator.vector(binary.left());
      return new Value.Vector(
          withScalar(evaluator, binary, vector, evaluator.scalar(binary.right()), false));
    }
    VectorMatching matching = binary.matching() == null ? VectorMatching.PLAIN : binary.matching();
    List<Series> left = evaluator.vector(binary.left());
    List<Series> right = evaluator.vector(binary.right());
    return new Value.Vector(
        binary.operator().isSetOperator()
            ? new SetOperation(evaluator, matching).apply(binary.operator(), left, right)
            : new VectorMatch(evaluator, binary, matching).apply(left, right));
  }

  private static Value scalars(Evaluator evaluator, Expr.Binary binary) {
    double[] left = evaluator.scalar(binary.left());
    double[] right = evaluator.scalar(binary.right());
    BinaryOperator operator = binary.operator();
    for (int step = 0; step < left.length; step++) {
      left[step] =
          operator.isComparison()
              ? ElementOperation.compares(operator, left[step], right[step]) ? 1 : 0
              : ElementOperation.compute(operator, left[step], right[step]);
    }
    return new Value.Scalar(left);
  }

  private static List<Series> withScalar(
      Evaluator evaluator,
      Expr.Binary binary,
      List<Series> block,
      double[] scalar,
      boolean scalarLeft) {
    BinaryOperator operator = binary.operator();
    boolean comparison = operator.isComparison();
    boolean changesMeaning = ElementOperation.changesMeaning(operator) || binary.returnBool();
    ElementOperation element =
        new ElementOperation(evaluator.query(), binary, evaluator.grid().steps());
    for (Series series : block) {
      evaluator.query().context().check();
      for (int step = 0; step < series.steps(); step++) {
        if (series.hasFloat(step) && !isTrim(operator)) {
          double value = series.value(step);
          double left = scalarLeft ? scalar[step] : value;
          double right = scalarLeft ? value : scalar[step];
          if (!comparison) {
            series.set(step, ElementOperation.compute(operator, left, right));
          } else {
            boolean keep = ElementOperation.compares(operator, left, right);
            if (binary.returnBool()) {
              series.set(step, keep ? 1 : 0);
            } else if (!keep) {
              series.remove(step);
            }
          }
        } else if (series.has(step)) {
          element.withScalar(series, step, scalar[step], scalarLeft);
        }
      }
      if (changesMeaning) {
        evaluator.dropName(series);
      }
    }
    element.finish();
    return evaluator.merged(Blocks.withoutEmpty(evaluator.query(), block));
  }

  private static boolean isTrim(BinaryOperator operator) {
    return operator == BinaryOperator.TRIM_LOWER || operator == BinaryOperator.TRIM_UPPER;
  }
}
