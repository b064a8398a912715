package io.ghostworks.wire.jaeger.json;

import java.util.Base64;

/** Ids as Jaeger writes them: hexadecimal, a trace id of 64 bits with 16 digits. */
public final class JaegerIds {

  private static final int TRACE_DIGITS_MAX = 32;
  private static final int HALF_DIGITS = 16;
  private static final int BASE64_CHARS_MAX = 24;

  private JaegerIds() {}

  /** A trace id: its first and its last eight bytes. */
  public record TraceId(long high, long low) {}

  /** 16 digits where the first half is zero, else 32. */
  public static String trace(long high, long low) {
    return high == 0 ? span(low) : span(high) + span(low);
  }

  /** Always 32 digits. */
  public static String longTrace(long high, long low) {
    return span(high) + span(low);
  }

  /** 16 digits. */
  public static String span(long id) {
    String digits = Long.toHexString(id);
    return "0".repeat(HALF_DIGITS - digits.length()) + digits;
  }

  /**
   * Reads a trace id: at most 32 hexadecimal digits; else 8 or 16 bytes in base64 of either
   * alphabet, with padding or without.
   *
   * @throws IllegalArgumentException with Jaeger's reason
   */
  public static TraceId parseTrace(String text) {
    try {
      return hexTrace(text);
    } catch (IllegalArgumentException e) {
      byte[] bytes = text.length() > BASE64_CHARS_MAX ? new byte[0] : base64(text);
      return switch (bytes.length) {
        case 2 * Long.BYTES -> new TraceId(number(bytes, 0), number(bytes, Long.BYTES));
        case Long.BYTES -> new TraceId(0, number(bytes, 0));
        default -> throw e;
      };
    }
  }

  private static TraceId hexTrace(String text) {
    if (text.length() > TRACE_DIGITS_MAX) {
      throw new IllegalArgumentException(
          "TraceID cannot be longer than 32 hex characters: " + text);
    }
    int split = Math.max(0, text.length() - HALF_DIGITS);
    return new TraceId(
        split == 0 ? 0 : hex(text.substring(0, split), text), hex(text.substring(split), text));
  }

  /**
   * Reads a span id: at most 16 hexadecimal digits, else 8 bytes in base64; "" is 0.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static long parseSpan(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    if (text.length() <= HALF_DIGITS && isHex(text)) {
      return Long.parseUnsignedLong(text, 16);
    }
    byte[] bytes = text.length() > BASE64_CHARS_MAX ? new byte[0] : base64(text);
    if (bytes.length != Long.BYTES) {
      throw new IllegalArgumentException(
          "a span id must have at most 16 hexadecimal digits, or 8 bytes in base64, got '%s'"
              .formatted(shown(text)));
    }
    return number(bytes, 0);
  }

  private static long hex(String digits, String whole) {
    if (!isHex(digits)) {
      throw new IllegalArgumentException(
          "strconv.ParseUint: parsing \"%s\": invalid syntax".formatted(shown(whole)));
    }
    return Long.parseUnsignedLong(digits, 16);
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!java.util.HexFormat.isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static byte[] base64(String text) {
    String standard = text.replace('-', '+').replace('_', '/').replace("=", "");
    try {
      return Base64.getDecoder().decode(standard);
    } catch (IllegalArgumentException e) {
      return new byte[0]; // Not base64 either: the caller tells what was expected.
    }
  }

  private static long number(byte[] bytes, int offset) {
    return java.nio.ByteBuffer.wrap(bytes).getLong(offset);
  }

  private static String shown(String text) {
    return text.length() > 64 ? text.substring(0, 64) + "…" : text;
  }
}
