package io.ghostworks.wire.zipkin;

/** Ids as hexadecimal text. */
final class ZipkinIds {

  private static final int DIGITS = 16;

  private ZipkinIds() {}

  /** Whether a text has 1 to {@code digitsMax} hexadecimal digits. */
  static boolean isHex(String text, int digitsMax) {
    if (text.isEmpty() || text.length() > digitsMax) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        return false;
      }
    }
    return true;
  }

  /** The upper half of an id of up to 32 digits. */
  static long high(String text) {
    return text.length() <= DIGITS
        ? 0
        : Long.parseUnsignedLong(text, 0, text.length() - DIGITS, 16);
  }

  /** The lower half of an id of up to 32 digits. */
  static long low(String text) {
    return Long.parseUnsignedLong(text, Math.max(0, text.length() - DIGITS), text.length(), 16);
  }
}
