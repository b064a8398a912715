package io.ghostworks.records.scan;

import java.nio.charset.StandardCharsets;

/** Numbers as JSON writes them. */
final class PlainNumber {

  private static final int LENGTH_MAX = 40;

  private PlainNumber() {}

  /** The number that a text is; NaN if it is none, or has more than {@value #LENGTH_MAX} bytes. */
  static double of(byte[] bytes, int offset, int length) {
    if (length == 0 || length > LENGTH_MAX) {
      return Double.NaN;
    }
    boolean whole = true;
    long value = 0;
    for (int at = offset; at < offset + length; at++) {
      byte next = bytes[at];
      if (next >= '0' && next <= '9') {
        value = value * 10 + next - '0';
      } else if (next == '.' || next == '-' || next == '+' || next == 'e' || next == 'E') {
        whole = false;
      } else {
        return Double.NaN;
      }
    }
    if (whole && length < 16) {
      return value;
    }
    try {
      return Double.parseDouble(new String(bytes, offset, length, StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
