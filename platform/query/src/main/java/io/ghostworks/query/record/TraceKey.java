package io.ghostworks.query.record;

import java.util.HexFormat;
import java.util.Optional;

/**
 * The id of a trace: its first and its last eight bytes, big-endian. Ordered as their bytes,
 * unsigned.
 */
public record TraceKey(long high, long low) implements Comparable<TraceKey> {

  private static final HexFormat HEX = HexFormat.of();
  private static final int DIGITS_MAX = 32;
  private static final int HALF_DIGITS = 16;

  /** Reads 1 to 32 hexadecimal digits; zeros in front may be missing. Empty for any other text. */
  public static Optional<TraceKey> ofHex(String text) {
    if (text.isEmpty() || text.length() > DIGITS_MAX) {
      return Optional.empty();
    }
    for (int i = 0; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return Optional.empty();
      }
    }
    int middle = Math.max(0, text.length() - HALF_DIGITS);
    return Optional.of(
        new TraceKey(
            HexFormat.fromHexDigitsToLong(text, 0, middle),
            HexFormat.fromHexDigitsToLong(text, middle, text.length())));
  }

  /** Reads what {@link #hex} writes. Empty for any other text. */
  public static Optional<TraceKey> ofWholeHex(String text) {
    return ofHex(text).filter(id -> id.hex().equals(text));
  }

  /** Whether it is the id of spans without a trace. */
  public boolean isNone() {
    return (high | low) == 0;
  }

  /** 32 lower-case hexadecimal digits. */
  public String hex() {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }

  /** Hexadecimal digits in lower case without the zeros at their start; of no trace {@code 0}. */
  public String shortHex() {
    return high == 0 ? Long.toHexString(low) : Long.toHexString(high) + HEX.toHexDigits(low);
  }

  @Override
  public int compareTo(TraceKey other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }
}
