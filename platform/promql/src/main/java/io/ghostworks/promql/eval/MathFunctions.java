package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.Function;
import io.ghostworks.query.histogram.HistogramBuckets;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Functions of one number, and those of dates in UTC. */
final class MathFunctions {
  private static final Map<Function, DoubleUnaryOperator> NUMBERS = new EnumMap<>(Function.class);
  private static final Map<Function, DoubleUnaryOperator> DATES = new EnumMap<>(Function.class);

  static {
    NUMBERS.put(Function.ABS, Math::abs);
    NUMBERS.put(Function.CEIL, Math::ceil);
    NUMBERS.put(Function.FLOOR, Math::floor);
    NUMBERS.put(Function.EXP, Math::exp);
    NUMBERS.put(Function.SQRT, Math::sqrt);
    NUMBERS.put(Function.LN, Math::log);
    NUMBERS.put(Function.LOG2, HistogramBuckets::log2);
    NUMBERS.put(Function.LOG10, Math::log10);
    NUMBERS.put(Function.SIN, Math::sin);
    NUMBERS.put(Function.COS, Math::cos);
    NUMBERS.put(Function.TAN, Math::tan);
    NUMBERS.put(Function.ASIN, Math::asin);
    NUMBERS.put(Function.ACOS, Math::acos);
    NUMBERS.put(Function.ATAN, Math::atan);
    NUMBERS.put(Function.SINH, Math::sinh);
    NUMBERS.put(Function.COSH, Math::cosh);
    NUMBERS.put(Function.TANH, Math::tanh);
    NUMBERS.put(Function.ASINH, MathFunctions::asinh);
    NUMBERS.put(Function.ACOSH, MathFunctions::acosh);
    NUMBERS.put(Function.ATANH, MathFunctions::atanh);
    NUMBERS.put(Function.RAD, v -> v * Math.PI / 180);
    NUMBERS.put(Function.DEG, v -> v * 180 / Math.PI);
    NUMBERS.put(Function.SGN, v -> v < 0 ? -1 : v > 0 ? 1 : v);
    DATES.put(Function.YEAR, GoCalendar::year);
    DATES.put(Function.MONTH, s -> GoCalendar.dayInCycle(s).getMonthValue());
    DATES.put(Function.DAY_OF_MONTH, s -> GoCalendar.dayInCycle(s).getDayOfMonth());
    DATES.put(Function.DAY_OF_WEEK, s -> GoCalendar.dayInCycle(s).getDayOfWeek().getValue() % 7);
    DATES.put(Function.DAY_OF_YEAR, s -> GoCalendar.dayInCycle(s).getDayOfYear());
    DATES.put(Function.DAYS_IN_MONTH, s -> GoCalendar.dayInCycle(s).lengthOfMonth());
    DATES.put(Function.HOUR, GoCalendar::hour);
    DATES.put(Function.MINUTE, GoCalendar::minute);
  }

  private MathFunctions() {}

  /** The function of one number, or null. */
  static @org.jspecify.annotations.Nullable DoubleUnaryOperator ofNumber(Function function) {
    return NUMBERS.get(function);
  }

  /** The function of seconds since the epoch, or null. */
  static @org.jspecify.annotations.Nullable DoubleUnaryOperator ofDate(Function function) {
    return DATES.get(function);
  }

  /** After FreeBSD's s_asinh.c, as Go's math package. */
  private static double asinh(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x)) {
      return x;
    }
    double size = Math.abs(x);
    double result;
    if (size > 1 << 28) {
      result = Math.log(size) + Math.log(2);
    } else if (size > 2) {
      result = Math.log(2 * size + 1 / (Math.sqrt(size * size + 1) + size));
    } else if (size < 1.0 / (1 << 28)) {
      result = size;
    } else {
      result = Math.log1p(size + size * size / (1 + Math.sqrt(1 + size * size)));
    }
    return Math.copySign(result, x);
  }

  /** After FreeBSD's e_acosh.c, as Go's math package. */
  private static double acosh(double x) {
    if (x < 1 || Double.isNaN(x)) {
      return Double.NaN;
    }
    if (x == 1) {
      return 0;
    }
    if (x >= 1 << 28) {
      return Math.log(x) + Math.log(2);
    }
    if (x > 2) {
      return Math.log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
    }
    double t = x - 1;
    return Math.log1p(t + Math.sqrt(2 * t + t * t));
  }

  /** After FreeBSD's e_atanh.c, as Go's math package. */
  private static double atanh(double x) {
    if (x < -1 || x > 1 || Double.isNaN(x)) {
      return Double.NaN;
    }
    double size = Math.abs(x);
    double result;
    if (size == 1) {
      result = Double.POSITIVE_INFINITY;
    } else if (size < 1.0 / (1 << 28)) {
      result = size;
    } else if (size < 0.5) {
      double twice = size + size;
      result = 0.5 * Math.log1p(twice + twice * size / (1 - size));
    } else {
      result = 0.5 * Math.log1p((size + size) / (1 - size));
    }
    return Math.copySign(result, x);
  }

  /** The larger one, as Go's {@code math.Max}: +Inf even against NaN. */
  static double max(double a, double b) {
    return a == Double.POSITIVE_INFINITY || b == Double.POSITIVE_INFINITY
        ? Double.POSITIVE_INFINITY
        : Math.max(a, b);
  }

  /** The smaller one, as Go's {@code math.Min}: −Inf even against NaN. */
  static double min(double a, double b) {
    return a == Double.NEGATIVE_INFINITY || b == Double.NEGATIVE_INFINITY
        ? Double.NEGATIVE_INFINITY
        : Math.min(a, b);
  }
}
