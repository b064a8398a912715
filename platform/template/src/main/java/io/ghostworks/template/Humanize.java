package io.ghostworks.template;

import org.jspecify.annotations.Nullable;

/** Numbers for people, as Prometheus's templates write them. */
final class Humanize {

  private static final String[] LARGE = {"k", "M", "G", "T", "P", "E", "Z", "Y"};
  private static final String[] LARGE_1024 = {"ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"};
  private static final String[] SMALL = {"m", "u", "n", "p", "f", "a", "z", "y"};

  private Humanize() {}

  static String decimal(@Nullable Object value) {
    double v = number(value);
    if (v == 0 || isSpecial(v)) {
      return fourDigits(v);
    }
    return Math.abs(v) >= 1 ? large(v, 1000, LARGE) : small(v, "");
  }

  static String binary(@Nullable Object value) {
    double v = number(value);
    if (Math.abs(v) <= 1 || isSpecial(v)) {
      return fourDigits(v);
    }
    return large(v, 1024, LARGE_1024);
  }

  static String percentage(@Nullable Object value) {
    return fourDigits(number(value) * 100) + "%";
  }

  static String duration(@Nullable Object value) {
    double v = number(value);
    if (isSpecial(v)) {
      return fourDigits(v);
    }
    if (v == 0) {
      return fourDigits(v) + "s";
    }
    if (Math.abs(v) < 1) {
      return small(v, "s");
    }
    String sign = v < 0 ? "-" : "";
    double size = Math.abs(v);
    long whole = (long) size;
    long seconds = whole % 60;
    long minutes = whole / 60 % 60;
    long hours = whole / 3600 % 24;
    long days = whole / 86400;
    if (days != 0) {
      return "%s%dd %dh %dm %ds".formatted(sign, days, hours, minutes, seconds);
    }
    if (hours != 0) {
      return "%s%dh %dm %ds".formatted(sign, hours, minutes, seconds);
    }
    if (minutes != 0) {
      return "%s%dm %ds".formatted(sign, minutes, seconds);
    }
    return sign + fourDigits(size) + "s";
  }

  static String timestamp(@Nullable Object value) {
    double v = number(value);
    return isSpecial(v) ? fourDigits(v) : time(v).print();
  }

  /** A time in seconds since the epoch, to the millisecond. */
  static GoTime time(double seconds) {
    if (isSpecial(seconds)) {
      throw new TemplateException("value is NaN or Inf");
    }
    double nanos = seconds * 1e9;
    if (nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
      throw new TemplateException(
          "%s cannot be represented as a nanoseconds timestamp since it overflows int64"
              .formatted(GoNumbers.shortest(seconds)));
    }
    return GoTime.ofEpochNanos((long) nanos / 1_000_000 * 1_000_000);
  }

  /** A number, or a text that is one. */
  static double number(@Nullable Object value) {
    return switch (value) {
      case Double number -> number;
      case Long number -> number;
      case GoDuration duration -> duration.seconds();
      case String text -> parse(text);
      case null -> throw new TemplateException("can't convert <nil> to float");
      default ->
          throw new TemplateException(
              "can't convert %s to float".formatted(GoValues.typeName(value)));
    };
  }

  private static double parse(String text) {
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    String unsigned = lower.startsWith("+") || lower.startsWith("-") ? lower.substring(1) : lower;
    if (unsigned.equals("inf") || unsigned.equals("infinity")) {
      return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (lower.equals("nan")) {
      return Double.NaN;
    }
    try {
      if (!text.isEmpty()
          && "0123456789.+-".indexOf(text.charAt(0)) >= 0
          && "fFdD".indexOf(text.charAt(text.length() - 1)) < 0
          && text.strip().length() == text.length()) {
        return Double.parseDouble(text);
      }
    } catch (NumberFormatException e) {
      throw invalid(text, e);
    }
    throw invalid(text, null);
  }

  private static TemplateException invalid(String text, @Nullable Throwable cause) {
    return new TemplateException(
        "strconv.ParseFloat: parsing %s: invalid syntax".formatted(GoStrings.quote(text)), cause);
  }

  private static boolean isSpecial(double value) {
    return Double.isNaN(value) || Double.isInfinite(value);
  }

  private static String large(double value, int step, String[] prefixes) {
    String prefix = "";
    double v = value;
    for (String next : prefixes) {
      if (Math.abs(v) < step) {
        break;
      }
      prefix = next;
      v /= step;
    }
    return fourDigits(v) + prefix;
  }

  private static String small(double value, String unit) {
    String prefix = "";
    double v = value;
    for (String next : SMALL) {
      if (Math.abs(v) >= 1) {
        break;
      }
      prefix = next;
      v *= 1000;
    }
    return fourDigits(v) + prefix + unit;
  }

  private static String fourDigits(double value) {
    return GoNumbers.format(value, 'g', 4);
  }
}
