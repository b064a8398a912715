package io.ghostworks.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sizes in bytes as Prometheus writes them: {@code 64MiB}, {@code 1GB}, {@code 512B}, {@code
 * 1.5MiB}, {@code 0}. Every unit is a power of 1024, with or without the {@code i}
 * (alecthomas/units, ParseBase2Bytes); one text uses one of both spellings.
 */
public final class ByteSize {
  private static final String PREFIXES = "KMGTPE";
  private static final int CHARS_MAX = 100;
  private static final List<String> SUFFIXES = List.of("iB", "B");

  private ByteSize() {}

  /**
   * The bytes that {@code text} means.
   *
   * @throws IllegalArgumentException with the rule that it breaks
   */
  public static long parse(String text) {
    for (String suffix : SUFFIXES) {
      BigDecimal bytes = parse(text, suffix);
      if (bytes != null) {
        BigInteger whole = bytes.setScale(0, RoundingMode.DOWN).toBigInteger();
        if (whole.bitLength() > 63) {
          throw new IllegalArgumentException("must be a size below 8EiB");
        }
        return whole.longValueExact();
      }
    }
    throw new IllegalArgumentException(
        "must be a size: a number with a unit of B KB MB GB TB PB EB or KiB MiB GiB TiB PiB EiB, such as 64MiB");
  }

  /** The shortest exact text for {@code bytes}, as {@code 64MiB}. */
  public static String format(long bytes) {
    int power = 0;
    long left = bytes;
    while (left != 0 && left % 1024 == 0 && power < PREFIXES.length()) {
      left /= 1024;
      power++;
    }
    return power == 0 ? left + "B" : left + String.valueOf(PREFIXES.charAt(power - 1)) + "iB";
  }

  private static @Nullable BigDecimal parse(String text, String suffix) {
    int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (text.substring(at).equals("0")) {
      return BigDecimal.ZERO;
    }
    if (at == text.length() || text.length() > CHARS_MAX) {
      return null;
    }
    BigDecimal bytes = BigDecimal.ZERO;
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
      long unit = unit(text.substring(numberEnd, unitEnd), suffix);
      if (numberEnd - at == dots || dots > 1 || unit == 0) {
        return null;
      }
      String number = text.substring(at, numberEnd);
      bytes =
          bytes.add(
              new BigDecimal(number.endsWith(".") ? number + "0" : number)
                  .multiply(BigDecimal.valueOf(unit)));
      at = unitEnd;
    }
    return text.startsWith("-") ? bytes.negate() : bytes;
  }

  private static long unit(String name, String suffix) {
    if (name.equals("B")) {
      return 1;
    }
    if (name.length() == suffix.length() + 1 && name.endsWith(suffix)) {
      int power = PREFIXES.indexOf(name.charAt(0)) + 1;
      return power == 0 ? 0 : 1L << (10 * power);
    }
    return 0;
  }

  private static boolean isNumberPart(char c) {
    return (c >= '0' && c <= '9') || c == '.';
  }
}
