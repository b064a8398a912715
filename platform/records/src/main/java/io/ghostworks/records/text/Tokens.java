package io.ghostworks.records.text;

/**
 * What a token is: a longest run of ASCII letters, digits and bytes above 127, so that it never
 * cuts a character of UTF-8.
 */
final class Tokens {

  private static final byte OTHER = 0;
  private static final byte LETTER = 1;
  private static final byte DIGIT = 2;
  private static final byte[] KINDS = kinds();

  private Tokens() {}

  static boolean isToken(byte value) {
    return KINDS[value & 0xFF] != OTHER;
  }

  static boolean isDigit(byte value) {
    return KINDS[value & 0xFF] == DIGIT;
  }

  /** The first index in {@code [from, to)} that is no part of a token, or {@code to}. */
  static int end(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && KINDS[bytes[at] & 0xFF] != OTHER) {
      at++;
    }
    return at;
  }

  /** Tells every token of a range. */
  static void visit(byte[] bytes, int offset, int length, TokenVisitor tokens) {
    int to = offset + length;
    int at = offset;
    while (at < to) {
      int end = end(bytes, at, to);
      if (end > at) {
        tokens.token(bytes, at, end - at);
      }
      at = end + 1;
    }
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    for (int i = 0; i < 256; i++) {
      if (i >= '0' && i <= '9') {
        kinds[i] = DIGIT;
      } else if ((i >= 'a' && i <= 'z') || (i >= 'A' && i <= 'Z') || i >= 128) {
        kinds[i] = LETTER;
      }
    }
    return kinds;
  }
}
