package io.ghostworks.logql.script;

import io.ghostworks.config.DurationForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The small forms of the script language: comments, durations, numbers, points. */
final class ScriptText {
  private static final int POINTS_MAX = 1_000_000;

  private ScriptText() {}

  /** A line without what follows a # that stands outside of quotes. */
  static String withoutComment(String line) {
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '`') {
        quote = c;
      } else if (c == '#') {
        return line.substring(0, i).stripTrailing();
      }
    }
    return line;
  }

  /** Nanoseconds of a Go duration. */
  static long nanos(String what, String text) {
    try {
      return DurationForm.GO.parse(text).toNanos();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "invalid %s \"%s\": %s".formatted(what, text, e.getMessage()), e);
    }
  }

  static double number(String text) {
    String bare = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
    double value =
        switch (bare.toLowerCase(Locale.ROOT)) {
          case "nan" -> Double.NaN;
          case "inf", "infinity" -> Double.POSITIVE_INFINITY;
          default -> decimal(text, bare);
        };
    return text.startsWith("-") ? -value : value;
  }

  private static double decimal(String text, String bare) {
    boolean plain =
        !bare.isEmpty() && bare.chars().allMatch(c -> "0123456789.eE+-".indexOf(c) >= 0);
    try {
      if (plain && bare.charAt(0) != '+' && bare.charAt(0) != '-') {
        return Double.parseDouble(bare);
      }
    } catch (NumberFormatException e) {
      // told below, with the whole text
    }
    throw new IllegalArgumentException("invalid number \"%s\"".formatted(text));
  }

  /** The points of a series line: {@code 5 _ NaN 2+3x4}. */
  static List<OptionalDouble> points(String text) {
    List<OptionalDouble> points = new ArrayList<>();
    for (String token : text.strip().split("\\s+")) {
      if (token.equals("_")) {
        points.add(OptionalDouble.empty());
      } else if (token.indexOf('x') >= 0) {
        expand(token, points);
      } else if (!token.isEmpty()) {
        points.add(OptionalDouble.of(number(token)));
      }
    }
    return points;
  }

  private static void expand(String token, List<OptionalDouble> points) {
    int x = token.indexOf('x');
    String head = token.substring(0, x);
    int count = count(token, token.substring(x + 1));
    int sign = head.lastIndexOf('+') > 0 ? head.lastIndexOf('+') : head.lastIndexOf('-');
    double base = number(sign > 0 ? head.substring(0, sign) : head);
    double step = sign > 0 ? number(head.substring(sign)) : 0;
    for (int i = 0; i <= count; i++) {
      points.add(OptionalDouble.of(base + i * step));
    }
  }

  private static int count(String token, String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 0 && count < POINTS_MAX) {
        return count;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "invalid repeat count in \"%s\": from 0 to %d".formatted(token, POINTS_MAX - 1));
  }
}
