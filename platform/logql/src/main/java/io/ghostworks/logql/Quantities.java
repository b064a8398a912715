package io.ghostworks.logql;

import java.util.Locale;
import java.util.Map;

/** Numbers, durations and sizes as LogQL writes them. */
final class Quantities {
  private static final Map<String, Double> NANOS =
      Map.of(
          "ns",
          1.0,
          "us",
          1e3,
          "µs",
          1e3,
          "μs",
          1e3,
          "ms",
          1e6,
          "s",
          1e9,
          "m",
          60e9,
          "h",
          3600e9,
          "d",
          86400e9,
          "w",
          7 * 86400e9);
  private static final Map<String, Double> BYTES =
      Map.ofEntries(
          Map.entry("b", 1.0),
          Map.entry("kb", 1e3),
          Map.entry("mb", 1e6),
          Map.entry("gb", 1e9),
          Map.entry("tb", 1e12),
          Map.entry("pb", 1e15),
          Map.entry("kib", 0x1p10),
          Map.entry("mib", 0x1p20),
          Map.entry("gib", 0x1p30),
          Map.entry("tib", 0x1p40),
          Map.entry("pib", 0x1p50));

  private Quantities() {}

  /**
   * The value of a text in the base of its unit.
   *
   * @throws IllegalArgumentException if it is none
   */
  static double parse(String text, LabelFilter.Unit unit) {
    return switch (unit) {
      case NUMBER -> number(text, text);
      case DURATION -> durationNanos(text);
      case BYTES -> bytes(text);
    };
  }

  private static double number(String text, String whole) {
    boolean plain =
        !text.isEmpty() && text.chars().allMatch(c -> "0123456789.eE+-".indexOf(c) >= 0);
    try {
      if (plain) {
        return Double.parseDouble(text);
      }
    } catch (NumberFormatException e) {
      // told below, with the whole text
    }
    throw new IllegalArgumentException(
        "strconv.ParseFloat: parsing \"%s\": invalid syntax".formatted(whole));
  }

  /** Nanoseconds of a Go duration such as {@code 1h5m0.5s}. */
  static double durationNanos(String text) {
    String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return 0;
    }
    double total = 0;
    int at = 0;
    while (at < rest.length()) {
      int digits = end(rest, at, true);
      int unitEnd = end(rest, digits, false);
      Double unit = NANOS.get(rest.substring(digits, unitEnd));
      if (digits == at || unit == null) {
        break;
      }
      total += number(rest.substring(at, digits), text) * unit;
      at = unitEnd;
    }
    if (rest.isEmpty() || at < rest.length()) {
      throw new IllegalArgumentException("time: invalid duration \"%s\"".formatted(text));
    }
    return text.startsWith("-") ? -total : total;
  }

  /** Bytes of a size such as {@code 20MB} or {@code 1.5KiB}. */
  static double bytes(String text) {
    int digits = end(text, 0, true);
    String unit = text.substring(digits).strip().toLowerCase(Locale.ROOT);
    Double factor = unit.isEmpty() ? Double.valueOf(1) : BYTES.get(unit);
    if (digits == 0 || factor == null) {
      throw new IllegalArgumentException("unhandled size name: " + unit);
    }
    return number(text.substring(0, digits), text) * factor;
  }

  /** The end of a run of digits and dots, or of anything else. */
  private static int end(String text, int from, boolean number) {
    int end = from;
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean part = (c >= '0' && c <= '9') || c == '.';
      if (part != number) {
        break;
      }
      end++;
    }
    return end;
  }
}
