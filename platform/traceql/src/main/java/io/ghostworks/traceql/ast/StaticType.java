package io.ghostworks.traceql.ast;

import java.util.Locale;

/**
 * The type of a value or of an expression. The order is part of the language: values of different
 * types that are no numbers compare by it.
 */
public enum StaticType {
  NIL("Nil"),
  SPANSET("Spanset"),
  /** Known only when a span is looked at. */
  ATTRIBUTE("Attribute"),
  INT("Int"),
  FLOAT("Float"),
  STRING("String"),
  BOOLEAN("Boolean"),
  INT_ARRAY("IntArray"),
  FLOAT_ARRAY("FloatArray"),
  STRING_ARRAY("StringArray"),
  BOOLEAN_ARRAY("BooleanArray"),
  DURATION("Duration"),
  STATUS("Status"),
  KIND("Kind");

  private final String shown;

  StaticType(String shown) {
    this.shown = "Type" + shown;
  }

  public boolean isNumeric() {
    return this == INT || this == FLOAT || this == DURATION;
  }

  public boolean isArray() {
    return this == INT_ARRAY
        || this == FLOAT_ARRAY
        || this == STRING_ARRAY
        || this == BOOLEAN_ARRAY;
  }

  /** Whether two types may stand on the sides of some binary operator. */
  public boolean matchesOperand(StaticType other) {
    return this == ATTRIBUTE
        || other == ATTRIBUTE
        || this == other
        || (isNumeric() && other.isNumeric())
        || this == NIL
        || other == NIL
        || matchesElement(other);
  }

  /** Whether one of two types is an array and the other fits its elements. */
  public boolean matchesElement(StaticType other) {
    if (isArray()) {
      return element().matchesOperand(other);
    }
    return other.isArray() && other.element().matchesOperand(this);
  }

  private StaticType element() {
    return switch (this) {
      case INT_ARRAY -> INT;
      case FLOAT_ARRAY -> FLOAT;
      case STRING_ARRAY -> STRING;
      case BOOLEAN_ARRAY -> BOOLEAN;
      default -> throw new IllegalStateException(name().toLowerCase(Locale.ROOT) + " is no array");
    };
  }

  /** As Tempo's messages name it. */
  @Override
  public String toString() {
    return shown;
  }
}
