package io.ghostworks.traceql.ast;

/** An expression over one span, as between braces. As text it is as Tempo writes it. */
public sealed interface FieldExpression
    permits Static, Attribute, FieldExpression.Binary, FieldExpression.Unary {

  /** The type, or {@link StaticType#ATTRIBUTE} where only the span tells. */
  StaticType type();

  /** Whether its value depends on the span. */
  default boolean referencesSpan() {
    return switch (this) {
      case Static value -> false;
      case Attribute attribute -> true;
      case Binary binary -> binary.left().referencesSpan() || binary.right().referencesSpan();
      case Unary unary -> unary.operand().referencesSpan();
    };
  }

  /** Two operands. */
  record Binary(Operator operator, FieldExpression left, FieldExpression right)
      implements FieldExpression {
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

  /** One operand: {@code -}, {@code !}, or whether there is a value. */
  record Unary(Operator operator, FieldExpression operand) implements FieldExpression {
    @Override
    public StaticType type() {
      return operator == Operator.EXISTS || operator == Operator.NOT_EXISTS
          ? StaticType.BOOLEAN
          : operand.type();
    }

    @Override
    public String toString() {
      return Printer.unary(operator, operand);
    }
  }
}
