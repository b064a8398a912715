package io.ghostworks.traceql.parse;

import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.FieldExpression;
import io.ghostworks.traceql.ast.Intrinsic;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.StaticMath;
import io.ghostworks.traceql.ast.StaticMath.StaticMathException;

/** Makes operations, and computes those that need no span and whose types fit. */
final class Folding {

  private Folding() {}

  static FieldExpression binary(Operator operator, FieldExpression left, FieldExpression right) {
    FieldExpression.Binary operation =
        new FieldExpression.Binary(operator, traceId(left, right), traceId(right, left));
    if (operation.left() instanceof Static a
        && operation.right() instanceof Static b
        && Validation.isValid(operation)) {
      try {
        return StaticMath.binary(operator, a, b);
      } catch (StaticMathException e) {
        return operation; // it fails when it is evaluated, as there
      }
    }
    return operation;
  }

  static FieldExpression unary(Operator operator, FieldExpression operand) {
    FieldExpression.Unary operation = new FieldExpression.Unary(operator, operand);
    return operand instanceof Static value && Validation.isValid(operation)
        ? StaticMath.unary(operator, value)
        : operation;
  }

  /** Trace ids are compared without the zeros that they start with. */
  private static FieldExpression traceId(FieldExpression operand, FieldExpression other) {
    if (operand instanceof Static.Text text
        && other instanceof Attribute attribute
        && attribute.intrinsic() == Intrinsic.TRACE_ID) {
      int start = 0;
      while (text.value().startsWith("0", start)) {
        start++;
      }
      return new Static.Text(text.value().substring(start));
    }
    return operand;
  }
}
