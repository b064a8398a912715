package io.ghostworks.traceql.ast;

import io.ghostworks.model.label.AnchoredRegex;

/**
 * What operators make of values. Operands whose types do not fit give {@link Statics#FALSE}, as in
 * Tempo's evaluation.
 */
public final class StaticMath {

  private StaticMath() {}

  /** Values that cannot be joined: a division by zero, or two arrays. */
  public static final class StaticMathException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaticMathException(String message) {
      super(message);
    }
  }

  /**
   * The value of two operands; the right one of a regular expression is compiled here.
   *
   * @throws StaticMathException if there is none
   */
  public static Static binary(Operator operator, Static left, Static right) {
    AnchoredRegex regex =
        operator.isRegex() && right instanceof Static.Text text
            ? AnchoredRegex.compile(text.value())
            : null;
    return regex == null ? join(operator, left, right) : matches(operator, left, regex);
  }

  /** As {@link #binary} of {@link Operator#REGEX} or its opposite, with the expression compiled. */
  public static Static matches(Operator operator, Static left, AnchoredRegex regex) {
    boolean wanted = operator == Operator.REGEX;
    if (left instanceof Static.Text text) {
      return Statics.of(regex.matches(text.value()) == wanted);
    }
    if (!(left instanceof Static.Array array) || array.type() != StaticType.STRING_ARRAY) {
      return Statics.FALSE;
    }
    int matched = 0;
    for (Static element : array.elements()) {
      if (element instanceof Static.Text text && regex.matches(text.value())) {
        matched++;
      }
    }
    return Statics.of(wanted ? matched > 0 : matched == 0);
  }

  private static Static join(Operator operator, Static left, Static right) {
    StaticType leftType = left.type();
    StaticType rightType = right.type();
    if (!leftType.matchesOperand(rightType) || !operator.takes(leftType, rightType)) {
      return Statics.FALSE;
    }
    if (leftType.isArray() || rightType.isArray()) {
      if (leftType.isArray() && rightType.isArray()) {
        throw new StaticMathException(
            "array operators must consist of a scalar and an array operand");
      }
      return leftType != StaticType.NIL && rightType != StaticType.NIL
          ? overElements(operator, left, right)
          : Statics.FALSE;
    }
    return scalars(operator, left, right);
  }

  /** An array compares as one of its elements does; negated, as all of them do. */
  private static Static overElements(Operator operator, Static left, Static right) {
    if (!operator.isBoolean()) {
      throw new StaticMathException("unsupported operation");
    }
    boolean all = operator == Operator.NOT_EQUAL;
    boolean arrayFirst = left instanceof Static.Array;
    Static.Array array = (Static.Array) (arrayFirst ? left : right);
    Static scalar = arrayFirst ? right : left;
    Operator each = arrayFirst ? operator.flipped() : operator;
    for (Static element : array.elements()) {
      if (join(each, scalar, element).isTrue() != all) {
        return Statics.of(!all);
      }
    }
    return Statics.of(all);
  }

  private static Static scalars(Operator operator, Static left, Static right) {
    if (left instanceof Static.Text a && right instanceof Static.Text b && !isEquality(operator)) {
      return ordered(operator, compareUtf8(a.value(), b.value()));
    }
    if (left instanceof Static.Int a && right instanceof Static.Int b && !isEquality(operator)) {
      return integers(operator, a.value(), b.value());
    }
    if (left instanceof Static.Bool a && right instanceof Static.Bool b) {
      if (operator == Operator.AND) {
        return Statics.of(a.value() && b.value());
      }
      if (operator == Operator.OR) {
        return Statics.of(a.value() || b.value());
      }
    }
    double a = left.toDouble();
    double b = right.toDouble();
    return switch (operator) {
      case ADD -> new Static.Real(a + b);
      case SUB -> new Static.Real(a - b);
      case DIV -> new Static.Real(a / b);
      case MOD -> new Static.Real(a % b);
      case MULT -> new Static.Real(a * b);
      case POWER -> new Static.Real(Math.pow(a, b));
      case GREATER -> Statics.of(a > b);
      case GREATER_EQUAL -> Statics.of(a >= b);
      case LESS -> Statics.of(a < b);
      case LESS_EQUAL -> Statics.of(a <= b);
      case EQUAL -> Statics.of(equal(left, right));
      case NOT_EQUAL -> Statics.of(!left.isNil() && !right.isNil() && !equal(left, right));
      case REGEX, NOT_REGEX, AND, OR, NOT, EXISTS, NOT_EXISTS -> Statics.FALSE;
    };
  }

  private static boolean isEquality(Operator operator) {
    return operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
  }

  private static Static ordered(Operator operator, int comparison) {
    return switch (operator) {
      case GREATER -> Statics.of(comparison > 0);
      case GREATER_EQUAL -> Statics.of(comparison >= 0);
      case LESS -> Statics.of(comparison < 0);
      case LESS_EQUAL -> Statics.of(comparison <= 0);
      default -> Statics.FALSE;
    };
  }

  private static Static integers(Operator operator, long a, long b) {
    return switch (operator) {
      case ADD -> new Static.Int(a + b);
      case SUB -> new Static.Int(a - b);
      case MULT -> new Static.Int(a * b);
      case DIV -> {
        if (b == 0) {
          throw new StaticMathException("division by zero");
        }
        yield new Static.Int(a / b);
      }
      case MOD -> {
        if (b == 0) {
          throw new StaticMathException("modulo by zero");
        }
        yield new Static.Int(a % b);
      }
      // The exponent is the left operand there, so it is here.
      case POWER -> new Static.Int(toLong(Math.pow(b, a)));
      default -> ordered(operator, Long.compare(a, b));
    };
  }

  /** As the processor converts for Go: what does not fit becomes the least number. */
  private static long toLong(double value) {
    return value >= -0x1p63 && value < 0x1p63 ? (long) value : Long.MIN_VALUE;
  }

  /** Whether two values are equal; nothing equals {@link Statics#NIL}. */
  public static boolean equal(Static left, Static right) {
    if (left.isNil() || right.isNil()) {
      return false;
    }
    return switch (left) {
      case Static.Int a ->
          switch (right) {
            case Static.Int b -> a.value() == b.value();
            case Static.Nanos b -> a.value() == b.value();
            case Static.Status b -> a.value() == b.value().number();
            case Static.Real b -> a.toDouble() == b.value();
            default -> false;
          };
      case Static.Nanos a ->
          switch (right) {
            case Static.Int b -> a.value() == b.value();
            case Static.Nanos b -> a.value() == b.value();
            case Static.Real b -> a.toDouble() == b.value();
            default -> false;
          };
      case Static.Status a ->
          switch (right) {
            case Static.Int b -> a.value().number() == b.value();
            case Static.Status b -> a.value() == b.value();
            default -> false;
          };
      case Static.Real a -> a.value() == right.toDouble();
      default -> left.equals(right);
    };
  }

  /**
   * The order of values as {@code max} and {@code min} use it. Floats compare by their bits, so
   * that of two negative ones the lower counts as the greater: Tempo's order.
   */
  public static int compare(Static left, Static right) {
    if (left.type() != right.type()) {
      return left.type().isNumeric() && right.type().isNumeric()
          ? compareNumbers(left.toDouble(), right.toDouble())
          : left.type().compareTo(right.type());
    }
    return switch (left) {
      case Static.Int a -> Long.compare(a.value(), ((Static.Int) right).value());
      case Static.Nanos a -> Long.compare(a.value(), ((Static.Nanos) right).value());
      case Static.Real a ->
          Long.compare(
              Double.doubleToRawLongBits(a.value()),
              Double.doubleToRawLongBits(((Static.Real) right).value()));
      case Static.Text a -> compareUtf8(a.value(), ((Static.Text) right).value());
      case Static.Bool a -> Boolean.compare(a.value(), ((Static.Bool) right).value());
      case Static.Status a -> a.value().compareTo(((Static.Status) right).value());
      case Static.Kind a -> a.value().compareTo(((Static.Kind) right).value());
      case Static.Array a -> compareElements(a, (Static.Array) right);
      case Static.Nil nil -> 0;
    };
  }

  private static int compareElements(Static.Array left, Static.Array right) {
    int common = Math.min(left.elements().size(), right.elements().size());
    for (int i = 0; i < common; i++) {
      Static a = left.elements().get(i);
      Static b = right.elements().get(i);
      int order =
          a instanceof Static.Real x && b instanceof Static.Real y
              ? compareNumbers(x.value(), y.value())
              : compare(a, b);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.elements().size(), right.elements().size());
  }

  /** Not a number is least, and zeros of either sign are equal. */
  private static int compareNumbers(double a, double b) {
    if (a < b || (Double.isNaN(a) && !Double.isNaN(b))) {
      return -1;
    }
    return a == b || Double.isNaN(a) ? 0 : 1;
  }

  /** By code points, which is the order of the UTF-8 bytes. */
  private static int compareUtf8(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothOrNone = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothOrNone ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /**
   * The value of one operand.
   *
   * @throws StaticMathException if there is none: {@code !} takes booleans, {@code -} numbers
   */
  public static Static unary(Operator operator, Static operand) {
    return switch (operator) {
      case EXISTS -> Statics.of(!operand.isNil());
      case NOT_EXISTS -> Statics.of(operand.isNil());
      case NOT -> {
        if (operand instanceof Static.Bool bool) {
          yield Statics.of(!bool.value());
        }
        throw mismatch(operator, operand, "a boolean");
      }
      case SUB ->
          switch (operand) {
            case Static.Int number -> new Static.Int(-number.value());
            case Static.Real real -> new Static.Real(-1 * real.value());
            case Static.Nanos nanos -> new Static.Nanos(-nanos.value());
            default -> throw mismatch(operator, operand, "a numeric");
          };
      default -> throw new IllegalStateException(operator + " has two operands");
    };
  }

  private static StaticMathException mismatch(Operator operator, Static operand, String wanted) {
    return new StaticMathException(
        "expression (%s) expected %s, but got %s"
            .formatted(Printer.unary(operator, operand), wanted, operand.type()));
  }
}
