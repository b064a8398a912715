package io.ghostworks.logql.quantity;

import io.ghostworks.config.DurationForm;
import java.time.Duration;

/** Durations as Go's {@code time} package and Prometheus's configuration write them. */
public final class GoDurations {
  private static final long SECOND = 1_000_000_000L;
  private static final String[] PROMETHEUS_UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] PROMETHEUS_MILLIS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };

  private GoDurations() {}

  /**
   * Nanoseconds of a text such as {@code -1h2.5s}.
   *
   * @throws QuantityException with Go's message if it is none
   */
  public static long parse(String text) {
    String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    boolean negative = text.startsWith("-");
    if (rest.equals("0")) {
      return 0;
    }
    if (rest.isEmpty()) {
      throw invalid(text);
    }
    long total = 0; // unsigned, at most 2^63
    int at = 0;
    while (at < rest.length()) {
      int whole = digitsEnd(rest, at);
      boolean point = whole < rest.length() && rest.charAt(whole) == '.';
      int fraction = point ? digitsEnd(rest, whole + 1) : whole;
      if (whole == at && fraction <= whole + 1) {
        throw invalid(text);
      }
      int unitEnd = fraction;
      while (unitEnd < rest.length() && !isNumeric(rest.charAt(unitEnd))) {
        unitEnd++;
      }
      if (unitEnd == fraction) {
        throw new QuantityException("time: missing unit in duration " + GoText.quote(text));
      }
      String name = rest.substring(fraction, unitEnd);
      long unit = unit(name);
      if (unit < 0) {
        throw new QuantityException(
            "time: unknown unit %s in duration %s"
                .formatted(GoText.quote(name), GoText.quote(text)));
      }
      long value = whole(rest, at, whole, text);
      if (Long.compareUnsigned(value, Long.divideUnsigned(Long.MIN_VALUE, unit)) > 0) {
        throw invalid(text);
      }
      value *= unit;
      if (fraction > whole + 1) {
        value += fractionOf(rest, whole + 1, fraction, unit);
      }
      total += value;
      if (Long.compareUnsigned(value, Long.MIN_VALUE) > 0
          || Long.compareUnsigned(total, Long.MIN_VALUE) > 0) {
        throw invalid(text);
      }
      at = unitEnd;
    }
    if (negative) {
      return -total;
    }
    if (total < 0) {
      throw invalid(text);
    }
    return total;
  }

  private static long whole(String text, int from, int to, String all) {
    long value = 0;
    for (int i = from; i < to; i++) {
      if (Long.compareUnsigned(value, Long.divideUnsigned(Long.MIN_VALUE, 10)) > 0) {
        throw invalid(all);
      }
      value = value * 10 + (text.charAt(i) - '0');
      if (Long.compareUnsigned(value, Long.MIN_VALUE) > 0) {
        throw invalid(all);
      }
    }
    return value;
  }

  /** What stands behind the point, in nanoseconds; digits beyond the range of a long are left. */
  private static long fractionOf(String text, int from, int to, long unit) {
    long value = 0;
    double scale = 1;
    for (int i = from; i < to && value <= (Long.MAX_VALUE - 9) / 10; i++) {
      value = value * 10 + (text.charAt(i) - '0');
      scale *= 10;
    }
    return (long) (value * (unit / scale));
  }

  private static long unit(String name) {
    return switch (name) {
      case "ns" -> 1;
      case "us", "\u00b5s", "\u03bcs" -> 1_000;
      case "ms" -> 1_000_000;
      case "s" -> SECOND;
      case "m" -> 60 * SECOND;
      case "h" -> 3600 * SECOND;
      default -> -1;
    };
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNumeric(char c) {
    return isDigit(c) || c == '.';
  }

  private static QuantityException invalid(String text) {
    return new QuantityException("time: invalid duration " + GoText.quote(text));
  }

  /** The seconds of a duration, as {@code Duration.Seconds} computes them. */
  public static double seconds(long nanos) {
    long whole = nanos / SECOND;
    return whole + nanos % SECOND / 1e9;
  }

  /** As Go prints it: {@code 1h2m0.5s}. */
  public static String format(long nanos) {
    return DurationForm.GO.format(Duration.ofNanos(nanos));
  }

  /**
   * Nanoseconds of a text such as {@code 1d12h}: whole numbers, larger units first.
   *
   * @throws QuantityException with Prometheus's message if it is none
   */
  public static long parsePrometheus(String text) {
    if (text.equals("0")) {
      return 0;
    }
    if (text.isEmpty()) {
      throw new QuantityException("empty duration string");
    }
    long millis = 0;
    int lastUnit = -1;
    int at = 0;
    while (at < text.length()) {
      int digits = digitsEnd(text, at);
      int unitEnd = digits;
      while (unitEnd < text.length() && !isDigit(text.charAt(unitEnd))) {
        unitEnd++;
      }
      if (digits == at || unitEnd == digits || digits - at > 19) {
        throw new QuantityException("not a valid duration string: " + GoText.quote(text));
      }
      String name = text.substring(digits, unitEnd);
      int unit = java.util.Arrays.asList(PROMETHEUS_UNITS).indexOf(name);
      if (unit < 0) {
        throw new QuantityException(
            "unknown unit %s in duration %s".formatted(GoText.quote(name), GoText.quote(text)));
      }
      if (unit <= lastUnit) {
        throw new QuantityException("not a valid duration string: " + GoText.quote(text));
      }
      lastUnit = unit;
      long count = Long.parseUnsignedLong(text, at, digits, 10);
      long limit = Long.MAX_VALUE / 1_000_000 / PROMETHEUS_MILLIS[unit];
      if (count < 0 || count > limit) {
        throw new QuantityException("duration out of range");
      }
      millis += count * PROMETHEUS_MILLIS[unit];
      if (millis > Long.MAX_VALUE / 1_000_000) {
        throw new QuantityException("duration out of range");
      }
      at = unitEnd;
    }
    return millis * 1_000_000;
  }

  /** As Prometheus prints it: {@code 1d12h}; years and weeks only where nothing remains. */
  public static String formatPrometheus(long nanos) {
    long millis = nanos / 1_000_000;
    if (millis == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder();
    if (millis < 0) {
      out.append('-');
      millis = -millis;
    }
    for (int i = 0; i < PROMETHEUS_UNITS.length; i++) {
      long unit = PROMETHEUS_MILLIS[i];
      if ((i < 2 && millis % unit != 0) || millis < unit) {
        continue;
      }
      out.append(millis / unit).append(PROMETHEUS_UNITS[i]);
      millis %= unit;
    }
    return out.toString();
  }
}
