package io.ghostworks.logql.quantity;

import java.util.Locale;

/** Sizes as {@code 20MB} or {@code 1.5 KiB}, as the go-humanize library reads and prints them. */
public final class ByteSizes {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private ByteSizes() {}

  /**
   * Bytes, as an unsigned number.
   *
   * @throws QuantityException with the library's message if the text is no size
   */
  public static long parse(String text) {
    int digits = 0;
    while (digits < text.length() && isNumeric(text.charAt(digits))) {
      digits++;
    }
    double number = GoFloat.parse(text.substring(0, digits).replace(",", ""));
    String unit = text.substring(digits).strip().toLowerCase(Locale.ROOT);
    double factor = factor(unit);
    if (factor == 0) {
      throw new QuantityException("unhandled size name: " + unit);
    }
    double bytes = number * factor;
    if (bytes >= 0x1p64) {
      throw new QuantityException("too large: " + text);
    }
    return bytes < 0x1p63 ? (long) bytes : (long) (bytes - 0x1p63) ^ Long.MIN_VALUE;
  }

  /** As {@link #parse}, as a number that has a sign. */
  public static double parseToDouble(String text) {
    return toDouble(parse(text));
  }

  private static double toDouble(long bytes) {
    return bytes >= 0 ? bytes : ((bytes >>> 1) | (bytes & 1)) * 2.0;
  }

  private static double factor(String unit) {
    if (unit.isEmpty() || unit.equals("b")) {
      return 1;
    }
    int power = "kmgtpe".indexOf(unit.charAt(0)) + 1;
    if (power == 0) {
      return 0;
    }
    return switch (unit.substring(1)) {
      case "", "b" -> Math.pow(1000, power);
      case "i", "ib" -> Math.pow(1024, power);
      default -> 0;
    };
  }

  private static boolean isNumeric(char c) {
    return Character.isDigit(c) || c == '.' || c == ',';
  }

  /** In powers of 1000, as {@code 83 MB}; below ten units with one decimal. */
  public static String format(long bytes) {
    if (bytes >= 0 && bytes < 10) {
      return bytes + " B";
    }
    double size = toDouble(bytes);
    int power = (int) Math.floor(Math.log(size) / Math.log(1000));
    double value = Math.floor(size / Math.pow(1000, power) * 10 + 0.5) / 10;
    return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[power]);
  }
}
