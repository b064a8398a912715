package io.ghostworks.alertmanager.matcher;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What stands between double quotes in Go ({@code strconv.Unquote}). */
final class GoQuotes {

  private static final String SIMPLE = "abfnrtv\\\"";
  private static final String SIMPLE_VALUES = "\u0007\b\f\n\r\t\u000b\\\"";
  private static final int BYTE_MAX = 0xff;

  private final String text;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int at;

  private GoQuotes(String text) {
    this.text = text;
  }

  /**
   * @param text without the quotes
   * @throws IllegalArgumentException if it holds an escape that Go does not know, a line feed, or
   *     bytes that are no UTF-8
   */
  static String unquote(String text) {
    return new GoQuotes(text).all();
  }

  private String all() {
    while (at < text.length()) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (c == '\\') {
        escape();
      } else if (c == '\n' || c == '"') {
        throw invalid();
      } else {
        put(c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(out.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("quoted string contains invalid UTF-8 code points", e);
    }
  }

  private void escape() {
    if (at >= text.length()) {
      throw invalid();
    }
    char c = text.charAt(at++);
    int simple = SIMPLE.indexOf(c);
    if (simple >= 0) {
      put(SIMPLE_VALUES.charAt(simple));
      return;
    }
    switch (c) {
      case 'x' -> out.write(number(2, 16));
      case 'u' -> put(scalar(number(4, 16)));
      case 'U' -> put(scalar(number(8, 16)));
      default -> {
        at--;
        int octal = number(3, 8);
        if (octal > BYTE_MAX) {
          throw invalid();
        }
        out.write(octal);
      }
    }
  }

  private int number(int digits, int radix) {
    int value = 0;
    for (int end = at + digits; at < end; at++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), radix) : -1;
      if (digit < 0 || text.charAt(at) > 'f' || value > Character.MAX_CODE_POINT) {
        throw invalid();
      }
      value = value * radix + digit;
    }
    return value;
  }

  private static int scalar(int c) {
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    if (c < 0 || c > Character.MAX_CODE_POINT || surrogate) {
      throw invalid();
    }
    return c;
  }

  private void put(int c) {
    out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
  }

  private static IllegalArgumentException invalid() {
    return new IllegalArgumentException("invalid syntax");
  }
}
