package io.ghostworks.logql.pipeline;

import io.ghostworks.logql.quantity.GoFloat;
import io.ghostworks.template.GoFunction;
import io.ghostworks.template.TemplateException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic of sprig: on whole numbers, on floats by way of decimals. A text is read as a number,
 * and is 0 where it is none.
 */
final class MathFunctions {
  private static final int DIVISION_DIGITS = 16;

  private MathFunctions() {}

  static void addTo(Map<String, GoFunction> all) {
    all.put("int", GoFunction.of(1, a -> whole(a.any(0))));
    all.put("float64", GoFunction.of(1, a -> real(a.any(0))));
    all.put("add", fold(0, Long::sum));
    all.put("sub", GoFunction.of(2, a -> whole(a.any(0)) - whole(a.any(1))));
    all.put("mul", fold(1, (x, y) -> x * y));
    all.put("div", GoFunction.of(2, a -> whole(a.any(0)) / divisor(a.any(1))));
    all.put("mod", GoFunction.of(2, a -> whole(a.any(0)) % divisor(a.any(1))));
    all.put("max", fold(1, Math::max));
    all.put("min", fold(1, Math::min));
    all.put("maxf", foldReals(Math::max));
    all.put("minf", foldReals(Math::min));
    all.put("addf", foldDecimals(BigDecimal::add));
    all.put("subf", foldDecimals(BigDecimal::subtract));
    all.put("mulf", foldDecimals(BigDecimal::multiply));
    all.put("divf", foldDecimals(MathFunctions::divide));
    all.put("ceil", GoFunction.of(1, a -> Math.ceil(real(a.any(0)))));
    all.put("floor", GoFunction.of(1, a -> Math.floor(real(a.any(0)))));
    all.put(
        "round",
        GoFunction.variadic(
            2, a -> round(real(a.any(0)), real(a.any(1)), a.size() > 2 ? real(a.any(2)) : 0.5)));
  }

  private static GoFunction fold(int argumentsMin, LongBinaryOperator operator) {
    return GoFunction.variadic(
        argumentsMin,
        a -> {
          long result = a.size() == 0 ? 0 : whole(a.any(0));
          for (int i = 1; i < a.size(); i++) {
            result = operator.applyAsLong(result, whole(a.any(i)));
          }
          return result;
        });
  }

  private static GoFunction foldReals(DoubleBinaryOperator operator) {
    return GoFunction.variadic(
        1,
        a -> {
          double result = real(a.any(0));
          for (int i = 1; i < a.size(); i++) {
            result = operator.applyAsDouble(result, real(a.any(i)));
          }
          return result;
        });
  }

  private static GoFunction foldDecimals(BinaryOperator<BigDecimal> operator) {
    return GoFunction.variadic(
        1,
        a -> {
          BigDecimal result = decimal(a.any(0));
          for (int i = 1; i < a.size(); i++) {
            result = operator.apply(result, decimal(a.any(i)));
          }
          return result.doubleValue();
        });
  }

  private static BigDecimal divide(BigDecimal left, BigDecimal right) {
    if (right.signum() == 0) {
      throw new TemplateException("decimal division by 0");
    }
    return left.divide(right, DIVISION_DIGITS, RoundingMode.HALF_UP);
  }

  private static BigDecimal decimal(@Nullable Object value) {
    double number = real(value);
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new TemplateException("Cannot create a Decimal from " + number);
    }
    return new BigDecimal(Double.toString(number));
  }

  private static long divisor(@Nullable Object value) {
    long divisor = whole(value);
    if (divisor == 0) {
      throw new TemplateException("runtime error: integer divide by zero");
    }
    return divisor;
  }

  private static double round(double value, double places, double roundOn) {
    double power = Math.pow(10, places);
    double digits = power * value;
    double fraction = digits - (digits < 0 ? Math.ceil(digits) : Math.floor(digits));
    return (fraction >= roundOn ? Math.ceil(digits) : Math.floor(digits)) / power;
  }

  static long whole(@Nullable Object value) {
    return switch (value) {
      case Long number -> number;
      case Double number -> (long) (double) number;
      case Boolean truth -> truth ? 1 : 0;
      case String text -> whole(text);
      case null, default -> 0;
    };
  }

  private static long whole(String text) {
    String digits = withoutZeroDecimals(text);
    boolean negative = digits.startsWith("-");
    String size = negative || digits.startsWith("+") ? digits.substring(1) : digits;
    int radix = 10;
    if (size.length() > 1 && size.charAt(0) == '0') {
      radix =
          switch (Character.toLowerCase(size.charAt(1))) {
            case 'x' -> 16;
            case 'b' -> 2;
            default -> 8;
          };
      size = size.substring(radix == 8 && size.charAt(1) != 'o' ? 1 : 2);
    }
    try {
      long value = size.startsWith("-") || size.startsWith("+") ? 0 : Long.parseLong(size, radix);
      return negative ? -value : value;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String withoutZeroDecimals(String text) {
    int point = text.indexOf('.');
    boolean zeros = point >= 0 && text.chars().skip(point + 1L).allMatch(c -> c == '0');
    return zeros ? text.substring(0, point) : text;
  }

  static double real(@Nullable Object value) {
    return switch (value) {
      case Long number -> number;
      case Double number -> number;
      case Boolean truth -> truth ? 1 : 0;
      case String text -> {
        double number = GoFloat.parseOrNan(text);
        yield Double.isNaN(number) && !text.equalsIgnoreCase("nan") ? 0 : number;
      }
      case null, default -> 0;
    };
  }
}
