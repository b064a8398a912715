package io.ghostworks.records.text;

/**
 * What a token is: a longest run of ASCII letters, digits and bytes above 127, so that it never
 * cuts a character of UTF-8.
 */
final class Tokens {

  /** What a byte is: bits, none for a byte of no token. */
  static final int LETTER = 1;

  static final int DIGIT = 2;

  /** A letter that is no hexadecimal digit. */
  static final int NO_HEX = 4;

  /** The byte that stands for a variable in a form. */
  static final int MARK = 8;

  private static final byte[] KINDS = kinds();

  private Tokens() {}

  /** The bits that say what a byte is. */
  static int kind(byte value) {
    return KINDS[value & 0xFF];
  }

  static boolean isToken(byte value) {
    return kind(value) != 0;
  }

  static boolean isDigit(byte value) {
    return kind(value) == DIGIT;
  }

  /** The first index in {@code [from, to)} that is no part of a token, or {@code to}. */
  static int end(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && kind(bytes[at]) != 0) {
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
        kinds[i] = (byte) (Hex.digit((byte) i) < 0 ? LETTER | NO_HEX : LETTER);
      }
    }
    kinds[Split.MARK & 0xFF] |= MARK;
    return kinds;
  }
}
