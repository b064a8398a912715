package io.ghostworks.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/**
 * Both duration grammars; semantics of prometheus/common model/time.go and of Go's time package.
 */
final class Durations {
  private record Unit(String name, long nanos) {}

  private static final List<Unit> PROMETHEUS_UNITS =
      List.of(
          new Unit("y", 365 * 86_400_000_000_000L),
          new Unit("w", 7 * 86_400_000_000_000L),
          new Unit("d", 86_400_000_000_000L),
          new Unit("h", 3_600_000_000_000L),
          new Unit("m", 60_000_000_000L),
          new Unit("s", 1_000_000_000L),
          new Unit("ms", 1_000_000L));
  private static final List<Unit> GO_UNITS =
      List.of(
          new Unit("ns", 1),
          new Unit("us", 1_000),
          new Unit("µs", 1_000),
          new Unit("μs", 1_000),
          new Unit("ms", 1_000_000),
          new Unit("s", 1_000_000_000),
          new Unit("m", 60_000_000_000L),
          new Unit("h", 3_600_000_000_000L));
  private static final BigInteger NANOS_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final int CHARS_MAX = 200;

  private Durations() {}

  static Duration parsePrometheus(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException("must be a duration such as 15s or 1h30m, and not empty");
    }
    BigInteger nanos = BigInteger.ZERO;
    int lastUnit = -1;
    int at = 0;
    while (at < text.length()) {
      int digitsEnd = endOf(text, at, true);
      int unitEnd = endOf(text, digitsEnd, false);
      if (digitsEnd == at || unitEnd == digitsEnd || text.length() > CHARS_MAX) {
        throw notPrometheus();
      }
      int unit = unitIndex(PROMETHEUS_UNITS, text.substring(digitsEnd, unitEnd));
      if (unit < 0 || unit <= lastUnit) {
        throw notPrometheus();
      }
      lastUnit = unit;
      nanos =
          nanos.add(
              new BigInteger(text.substring(at, digitsEnd))
                  .multiply(BigInteger.valueOf(PROMETHEUS_UNITS.get(unit).nanos())));
      at = unitEnd;
    }
    return inRange(nanos);
  }

  static Duration parseGo(String text) {
    int at = 0;
    boolean negative = text.startsWith("-");
    if (negative || text.startsWith("+")) {
      at = 1;
    }
    if (text.substring(at).equals("0")) {
      return Duration.ZERO;
    }
    if (at == text.length() || text.length() > CHARS_MAX) {
      throw notGo();
    }
    BigDecimal nanos = BigDecimal.ZERO;
    while (at < text.length()) {
      int numberEnd = at;
      int dots = 0;
      while (numberEnd < text.length() && isNumberPart(text.charAt(numberEnd))) {
        dots += text.charAt(numberEnd) == '.' ? 1 : 0;
        numberEnd++;
      }
      int unitEnd = numberEnd;
      while (unitEnd < text.length() && !isNumberPart(text.charAt(unitEnd))) {
        unitEnd++;
      }
      int unit = unitIndex(GO_UNITS, text.substring(numberEnd, unitEnd));
      if (numberEnd - at == dots || dots > 1 || unit < 0) {
        throw notGo();
      }
      String number = text.substring(at, numberEnd);
      nanos =
          nanos.add(
              new BigDecimal(number.endsWith(".") ? number + "0" : number)
                  .multiply(BigDecimal.valueOf(GO_UNITS.get(unit).nanos()))
                  .setScale(0, RoundingMode.DOWN));
      at = unitEnd;
    }
    Duration duration = inRange(nanos.toBigInteger());
    return negative ? duration.negated() : duration;
  }

  /**
   * As Prometheus prints: years and weeks only where nothing remains, milliseconds as the finest
   * unit.
   */
  static String formatPrometheus(Duration duration) {
    long left = duration.toMillis();
    if (left == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder(left < 0 ? "-" : "");
    left = Math.abs(left);
    for (Unit unit : PROMETHEUS_UNITS) {
      long millis = unit.nanos() / 1_000_000;
      boolean onlyExact = unit.name().equals("y") || unit.name().equals("w");
      if (left / millis > 0 && (!onlyExact || left % millis == 0)) {
        text.append(left / millis).append(unit.name());
        left %= millis;
      }
    }
    return text.toString();
  }

  /** As Go's Duration.String prints: {@code 1h30m0s}, {@code 1.5s}, {@code 300ms}, {@code 0s}. */
  static String formatGo(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    String sign = nanos < 0 ? "-" : "";
    BigDecimal left = BigDecimal.valueOf(nanos).abs();
    if (left.compareTo(BigDecimal.valueOf(1_000_000_000)) < 0) {
      long size = left.longValueExact();
      int shift = size < 1_000 ? 0 : size < 1_000_000 ? 3 : 6;
      String unit = shift == 0 ? "ns" : shift == 3 ? "µs" : "ms";
      return sign + plain(left.movePointLeft(shift)) + unit;
    }
    BigDecimal[] minutes = left.movePointLeft(9).divideAndRemainder(BigDecimal.valueOf(60));
    long wholeMinutes = minutes[0].longValueExact();
    String seconds = plain(minutes[1]) + "s";
    if (wholeMinutes == 0) {
      return sign + seconds;
    }
    String hours = wholeMinutes >= 60 ? wholeMinutes / 60 + "h" : "";
    return sign + hours + wholeMinutes % 60 + "m" + seconds;
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static Duration inRange(BigInteger nanos) {
    if (nanos.compareTo(NANOS_MAX) > 0) {
      throw new IllegalArgumentException("must be a duration of at most 292 years");
    }
    return Duration.ofNanos(nanos.longValueExact());
  }

  private static int endOf(String text, int from, boolean digits) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at)) == digits) {
      at++;
    }
    return at;
  }

  private static int unitIndex(List<Unit> units, String name) {
    for (int i = 0; i < units.size(); i++) {
      if (units.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNumberPart(char c) {
    return isDigit(c) || c == '.';
  }

  private static IllegalArgumentException notPrometheus() {
    return new IllegalArgumentException(
        "must be a duration: whole numbers each with a unit, from y w d h m s ms in this order, such as 1h30m");
  }

  private static IllegalArgumentException notGo() {
    return new IllegalArgumentException(
        "must be a duration: numbers each with a unit of h m s ms us ns, such as 1.5s or 300ms");
  }
}
