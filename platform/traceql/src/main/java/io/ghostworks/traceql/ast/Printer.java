package io.ghostworks.traceql.ast;

import java.util.List;
import java.util.stream.Collectors;

/** Joins the texts of expressions with as many parentheses as Tempo writes. */
final class Printer {

  private Printer() {}

  static String binary(Object left, Operator operator, Object right) {
    return wrap(left) + " " + operator + " " + wrap(right);
  }

  static String unary(Operator operator, FieldExpression operand) {
    return switch (operator) {
      case EXISTS -> wrap(operand) + " != nil";
      case NOT_EXISTS -> wrap(operand) + " = nil";
      default -> operator + wrap(operand);
    };
  }

  private static String wrap(Object element) {
    return element instanceof Static || element instanceof Attribute
        ? element.toString()
        : "(" + element + ")";
  }

  static String join(List<?> elements, String separator) {
    return elements.stream().map(Object::toString).collect(Collectors.joining(separator));
  }
}
