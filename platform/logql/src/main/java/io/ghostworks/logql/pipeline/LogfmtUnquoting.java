package io.ghostworks.logql.pipeline;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The escapes of JSON in quoted values of logfmt lines. */
final class LogfmtUnquoting {
  private LogfmtUnquoting() {}

  /** The value between the quotes; null where an escape is wrong. */
  static byte @Nullable [] unquote(byte[] bytes, int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
    int at = from;
    while (at < to) {
      byte c = bytes[at];
      if (c != '\\') {
        out.write(c);
        at++;
        continue;
      }
      if (at + 1 >= to) {
        return null;
      }
      int plain = "\"\\/'bfnrt".indexOf(bytes[at + 1]);
      if (plain >= 0) {
        out.write("\"\\/'\b\f\n\r\t".charAt(plain));
        at += 2;
        continue;
      }
      int code = escape(bytes, at, to);
      if (code < 0) {
        return null;
      }
      at += 6;
      if (Character.isSurrogate((char) code)) {
        int low = escape(bytes, at, to);
        boolean pair =
            Character.isHighSurrogate((char) code)
                && low >= 0
                && Character.isLowSurrogate((char) low);
        at += pair ? 6 : 0;
        code = pair ? Character.toCodePoint((char) code, (char) low) : 0xFFFD;
      }
      out.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static int escape(byte[] bytes, int at, int to) {
    if (at + 6 > to || bytes[at] != '\\' || bytes[at + 1] != 'u') {
      return -1;
    }
    int value = 0;
    for (int i = at + 2; i < at + 6; i++) {
      int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
