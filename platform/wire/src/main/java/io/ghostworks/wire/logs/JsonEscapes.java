package io.ghostworks.wire.logs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Escapes in the texts of JSON and of quoted values of logfmt. */
final class JsonEscapes {
  private JsonEscapes() {}

  /** Whether each backslash begins an escape of JSON. */
  static boolean isValid(byte[] bytes, int from, int to) {
    return isValid(bytes, from, to, false);
  }

  /**
   * The same.
   *
   * @param apostrophes whether an apostrophe may be escaped too
   */
  static boolean isValid(byte[] bytes, int from, int to, boolean apostrophes) {
    int at = from;
    while (at < to) {
      if (bytes[at] != '\\') {
        at++;
        continue;
      }
      int length = at + 1 < to ? escapeLength(bytes, at + 1, to, apostrophes) : 0;
      if (length == 0) {
        return false;
      }
      at += 1 + length;
    }
    return true;
  }

  /** Of what follows the backslash; 0 if it is no escape. */
  private static int escapeLength(byte[] bytes, int at, int to, boolean apostrophes) {
    return switch (bytes[at]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 1;
      case '\'' -> apostrophes ? 1 : 0;
      case 'u' -> hex(bytes, at + 1, to) < 0 ? 0 : 5;
      default -> 0;
    };
  }

  /** What a text means; wrong escapes are left as they are. */
  static byte[] unescape(byte[] bytes, int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
    int at = from;
    while (at < to) {
      if (bytes[at] != '\\' || at + 1 >= to) {
        out.write(bytes[at++]);
        continue;
      }
      int code = bytes[at + 1] == 'u' ? hex(bytes, at + 2, to) : -1;
      if (code < 0) {
        out.write(single(bytes[at + 1]));
        at += 2;
        continue;
      }
      at += 6;
      int next =
          at + 1 < to && bytes[at] == '\\' && bytes[at + 1] == 'u' ? hex(bytes, at + 2, to) : -1;
      if (Character.isHighSurrogate((char) code)
          && next >= 0
          && Character.isLowSurrogate((char) next)) {
        code = Character.toCodePoint((char) code, (char) next);
        at += 6;
      }
      int shown = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
      out.writeBytes(Character.toString(shown).getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static int single(byte escaped) {
    return switch (escaped) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escaped;
    };
  }

  /** Four digits as a number, or −1. */
  private static int hex(byte[] bytes, int from, int to) {
    if (to - from < 4) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
