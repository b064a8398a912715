package io.ghostworks.records.text;

/** Hexadecimal digits. */
final class Hex {

  private static final byte[] VALUES = values();
  private static final byte[] LOWER = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final byte[] UPPER = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  private Hex() {}

  /** The value of a digit of either case; -1 if it is none. */
  static int digit(byte value) {
    return VALUES[value & 0xFF];
  }

  static byte[] digits(boolean upper) {
    return upper ? UPPER : LOWER;
  }

  private static byte[] values() {
    byte[] values = new byte[256];
    for (int i = 0; i < 256; i++) {
      values[i] = (byte) (i < 128 ? Character.digit(i, 16) : -1);
    }
    return values;
  }
}
