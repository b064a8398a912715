package io.ghostworks.traceql.ast;

/** What joins values or spansets. */
public enum Operator {
  ADD("+"),
  SUB("-"),
  DIV("/"),
  MOD("%"),
  MULT("*"),
  EQUAL("="),
  NOT_EQUAL("!="),
  REGEX("=~"),
  NOT_REGEX("!~"),
  GREATER(">"),
  GREATER_EQUAL(">="),
  LESS("<"),
  LESS_EQUAL("<="),
  POWER("^"),
  AND("&&"),
  OR("||"),
  NOT("!"),
  /** There is a value: {@code != nil}. */
  EXISTS("exists"),
  /** There is none: {@code = nil}. */
  NOT_EXISTS("not exists");

  private final String sign;

  Operator(String sign) {
    this.sign = sign;
  }

  /** Whether its result is a boolean. */
  public boolean isBoolean() {
    return switch (this) {
      case ADD, SUB, DIV, MOD, MULT, POWER -> false;
      default -> true;
    };
  }

  /** Whether both sides are of types that it takes. */
  public boolean takes(StaticType left, StaticType right) {
    return takes(left) && takes(right);
  }

  private boolean takes(StaticType type) {
    return switch (type) {
      case ATTRIBUTE -> true;
      case BOOLEAN, BOOLEAN_ARRAY -> isEquality() || this == AND || this == OR;
      case INT, INT_ARRAY, FLOAT, FLOAT_ARRAY, DURATION ->
          !isBoolean() || isEquality() || isOrder();
      case STRING, STRING_ARRAY -> isEquality() || isOrder() || isRegex();
      case NIL, STATUS, KIND -> isEquality();
      case SPANSET -> false;
    };
  }

  /** Whether it takes one operand of a type. */
  public boolean takesOne(StaticType type) {
    return type == StaticType.ATTRIBUTE
        || switch (this) {
          case SUB -> type.isNumeric();
          case NOT -> type == StaticType.BOOLEAN;
          case EXISTS, NOT_EXISTS -> true;
          default -> false;
        };
  }

  private boolean isEquality() {
    return this == EQUAL || this == NOT_EQUAL;
  }

  public boolean isRegex() {
    return this == REGEX || this == NOT_REGEX;
  }

  private boolean isOrder() {
    return this == GREATER || this == GREATER_EQUAL || this == LESS || this == LESS_EQUAL;
  }

  /** What says the same with the sides changed. */
  public Operator flipped() {
    return switch (this) {
      case GREATER -> LESS;
      case GREATER_EQUAL -> LESS_EQUAL;
      case LESS -> GREATER;
      case LESS_EQUAL -> GREATER_EQUAL;
      default -> this;
    };
  }

  @Override
  public String toString() {
    return sign;
  }
}
