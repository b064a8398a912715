package io.ghostworks.traceql.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The value of a text as Go's {@code strconv.Unquote} reads it. */
final class Unquoting {

  private Unquoting() {}

  /** Null if an escape is none of Go's. */
  static @Nullable String unquote(String literal) {
    String inner = literal.substring(1, literal.length() - 1);
    if (literal.charAt(0) == '`') {
      return inner.replace("\r", "");
    }
    if (inner.indexOf('\\') < 0) {
      return inner;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(inner.length());
    for (int at = 0; at < inner.length(); ) {
      int c = inner.codePointAt(at);
      if (c != '\\') {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        at += Character.charCount(c);
        continue;
      }
      int length = escape(inner, at + 1, bytes);
      if (length < 0) {
        return null;
      }
      at += 1 + length;
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Appends what an escape stands for; gives its length without the backslash, or -1. */
  private static int escape(String text, int at, ByteArrayOutputStream bytes) {
    char c = text.charAt(at);
    int simple = "abfnrtv\\\"".indexOf(c);
    if (simple >= 0) {
      bytes.write("\u0007\b\f\n\r\t\u000b\\\"".charAt(simple));
      return 1;
    }
    boolean octal = c >= '0' && c <= '7';
    int digits = octal ? 3 : c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : -1;
    int from = octal ? at : at + 1;
    if (digits < 0 || from + digits > text.length()) {
      return -1;
    }
    int value;
    try {
      value = Integer.parseUnsignedInt(text, from, from + digits, octal ? 8 : 16);
    } catch (NumberFormatException e) {
      return -1;
    }
    if (octal || c == 'x') {
      if (value > 255 || value < 0) {
        return -1;
      }
      bytes.write(value);
    } else if (!Character.isValidCodePoint(value) || (value >= 0xd800 && value < 0xe000)) {
      return -1;
    } else {
      bytes.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
    }
    return from - at + digits;
  }
}
