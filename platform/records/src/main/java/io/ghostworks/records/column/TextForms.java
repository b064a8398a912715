package io.ghostworks.records.column;

import io.ghostworks.model.column.ByteArena;
import java.nio.charset.StandardCharsets;

/**
 * Texts that are numbers written down: decimal integers, IPv4 addresses, hexadecimal ids, UUIDs.
 * Only what is written in exactly one way is taken, so that the text comes back byte for byte.
 */
final class TextForms {

  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int DECIMAL_DIGITS_MAX = 18;
  static final int UUID_BYTES = 36;

  private TextForms() {}

  /** Whether this is a decimal integer without leading zeros or plus. */
  static boolean isDecimal(byte[] bytes, int from, int length) {
    int at = from;
    int digits = length;
    if (length > 0 && bytes[at] == '-') {
      at++;
      digits--;
    }
    if (digits < 1 || digits > DECIMAL_DIGITS_MAX || (bytes[at] == '0' && length > 1)) {
      return false;
    }
    for (int i = at; i < at + digits; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return true;
  }

  static long decimal(byte[] bytes, int from, int length) {
    boolean negative = bytes[from] == '-';
    long value = 0;
    for (int i = negative ? from + 1 : from; i < from + length; i++) {
      value = value * 10 + bytes[i] - '0';
    }
    return negative ? -value : value;
  }

  /** The address as 32 bits, or -1 if this is none in the usual form. */
  static long address(byte[] bytes, int from, int length) {
    if (length < 7 || length > 15) {
      return -1;
    }
    long address = 0;
    int at = from;
    int end = from + length;
    for (int part = 0; part < 4; part++) {
      int start = at;
      int value = 0;
      while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - start < 3) {
        value = value * 10 + bytes[at++] - '0';
      }
      boolean leadingZero = at - start > 1 && bytes[start] == '0';
      boolean ends = part == 3 ? at == end : at < end && bytes[at++] == '.';
      if (!ends || at == start || leadingZero || value > 255 || (part < 3 && at - start < 2)) {
        return -1;
      }
      address = address << 8 | value;
    }
    return address;
  }

  static long appendAddress(long address, ByteArena out) {
    return out.append(
        (address >>> 24 & 0xff)
            + "."
            + (address >>> 16 & 0xff)
            + "."
            + (address >>> 8 & 0xff)
            + "."
            + (address & 0xff));
  }

  /** Whether all are lower-case hexadecimal digits. */
  static boolean isHex(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (nibble(bytes[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether this is a UUID in lower case. */
  static boolean isUuid(byte[] bytes, int from, int length) {
    if (length != UUID_BYTES) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      byte each = bytes[from + i];
      if (isDash(i) ? each != '-' : nibble(each) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether a character of a UUID is a dash. */
  static boolean isDash(int index) {
    return index == 8 || index == 13 || index == 18 || index == 23;
  }

  static int nibble(byte digit) {
    return digit >= '0' && digit <= '9'
        ? digit - '0'
        : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
  }

  static byte digit(int nibble) {
    return DIGITS[nibble & 0xf];
  }
}
