package io.ghostworks.promql.text;

/** Durations such as {@code 1h30m}, as Prometheus reads and writes them. */
public final class DurationText {

  private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] UNIT_MS = {
    365 * 86_400_000L, 7 * 86_400_000L, 86_400_000L, 3_600_000L, 60_000L, 1000L, 1L
  };
  private static final long MAX_MS = Long.MAX_VALUE / 1_000_000;

  private DurationText() {}

  /**
   * Milliseconds of a duration: whole numbers with the units y, w, d, h, m, s, ms, each at most
   * once, from large to small.
   *
   * @throws IllegalArgumentException in Prometheus's words
   */
  public static long parseMs(String text) {
    if (text.equals("0")) {
      return 0;
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty duration string");
    }
    long total = 0;
    int lastUnit = -1;
    int at = 0;
    while (at < text.length()) {
      int digits = at;
      while (digits < text.length() && isDigit(text.charAt(digits))) {
        digits++;
      }
      int end = digits;
      while (end < text.length() && !isDigit(text.charAt(end))) {
        end++;
      }
      if (digits == at || end == digits || digits - at > 19) {
        throw invalid(text);
      }
      int unit = unitOf(text.substring(digits, end), text);
      if (unit <= lastUnit) {
        throw invalid(text);
      }
      lastUnit = unit;
      total = add(total, new java.math.BigInteger(text.substring(at, digits)), UNIT_MS[unit]);
      at = end;
    }
    return total;
  }

  private static long add(long total, java.math.BigInteger count, long unitMs) {
    java.math.BigInteger sum =
        count
            .multiply(java.math.BigInteger.valueOf(unitMs))
            .add(java.math.BigInteger.valueOf(total));
    if (sum.compareTo(java.math.BigInteger.valueOf(MAX_MS)) > 0) {
      throw new IllegalArgumentException("duration out of range");
    }
    return sum.longValueExact();
  }

  private static int unitOf(String unit, String text) {
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].equals(unit)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "unknown unit %s in duration %s".formatted(QuotedText.quote(unit), QuotedText.quote(text)));
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "not a valid duration string: %s".formatted(QuotedText.quote(text)));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Writes milliseconds, at least 0; years and weeks only where nothing else remains. */
  public static String format(long durationMs) {
    if (durationMs == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder();
    long rest = durationMs;
    for (int i = 0; i < UNITS.length; i++) {
      boolean onlyExact = i < 2;
      if (onlyExact && rest % UNIT_MS[i] != 0) {
        continue;
      }
      long count = rest / UNIT_MS[i];
      if (count > 0) {
        out.append(count).append(UNITS[i]);
        rest -= count * UNIT_MS[i];
      }
    }
    return out.toString();
  }
}
