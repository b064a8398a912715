package io.ghostworks.promql.text;

import io.ghostworks.model.label.LabelNames;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Texts in quotes, with the escapes of Go. */
public final class QuotedText {

  private static final char REPLACEMENT = 0xfffd;

  private QuotedText() {}

  /** As {@code strconv.Quote}. */
  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    LabelNames.quote(text, out);
    if (!hasEscapedBytes(text)) {
      return out.toString();
    }
    StringBuilder escaped = new StringBuilder(out.length());
    out.codePoints()
        .forEach(c -> {
          if (isEscapedByte(c)) {
            escaped.append("\\x%02x".formatted(c & 0xff));
          } else {
            escaped.appendCodePoint(c);
          }
        });
    return escaped.toString();
  }

  /**
   * Whether a text holds bytes that are no UTF-8. A literal can, by escapes such as {@code \\xff};
   * each such byte {@code b} is held as the lone surrogate {@code U+DC00 + b}.
   */
  public static boolean hasEscapedBytes(String text) {
    return text.codePoints().anyMatch(QuotedText::isEscapedByte);
  }

  private static boolean isEscapedByte(int c) {
    return c >= 0xdc80 && c <= 0xdcff;
  }

  /** As {@code fmt.Sprintf("%q", r)} for one code point; a negative one stands for none. */
  public static String quoteRune(int codePoint) {
    if (codePoint == '\'') {
      return "'\\''";
    }
    if (codePoint == '"') {
      return "'\"'";
    }
    String quoted = quote(Character.toString(codePoint < 0 ? 0xfffd : codePoint));
    return "'" + quoted.substring(1, quoted.length() - 1) + "'";
  }

  /**
   * The text of a literal in double, single or back quotes. For escaped bytes that are no UTF-8 see
   * {@link #hasEscapedBytes}.
   *
   * @throws IllegalArgumentException if it is not such a literal
   */
  public static String unquote(String literal) {
    int length = literal.length();
    char quote = length < 2 ? 0 : literal.charAt(0);
    boolean closed = length >= 2 && literal.charAt(length - 1) == quote;
    if (!closed || (quote != '"' && quote != '\'' && quote != '`')) {
      throw new IllegalArgumentException("invalid syntax");
    }
    String inner = literal.substring(1, length - 1);
    if (quote == '`') {
      return inner;
    }
    if (inner.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("invalid syntax");
    }
    return inner.indexOf('\\') < 0 && inner.indexOf(quote) < 0
        ? inner
        : new Unescaping(inner, quote).run();
  }

  /** One pass over the inside of a literal. */
  private static final class Unescaping {
    private final String inner;
    private final char quote;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int at;

    Unescaping(String inner, char quote) {
      this.inner = inner;
      this.quote = quote;
    }

    String run() {
      while (at < inner.length()) {
        int c = inner.codePointAt(at);
        at += Character.charCount(c);
        if (c == quote) {
          throw new IllegalArgumentException("invalid syntax");
        }
        if (c == '\\') {
          escape();
        } else {
          append(c);
        }
      }
      return decode(out.toByteArray());
    }

    private static String decode(byte[] bytes) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (text.indexOf(REPLACEMENT) < 0) {
        return text;
      }
      CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
      ByteBuffer in = ByteBuffer.wrap(bytes);
      CharBuffer decoded = CharBuffer.allocate(bytes.length + 1);
      while (decoder.decode(in, decoded, true).isError()) {
        decoded.put((char) (0xdc00 + (in.get() & 0xff)));
        decoder.reset();
      }
      return decoded.flip().toString();
    }

    private void escape() {
      if (at >= inner.length()) {
        throw new IllegalArgumentException("invalid syntax");
      }
      char c = inner.charAt(at++);
      switch (c) {
        case 'a' -> out.write(7);
        case 'b' -> out.write('\b');
        case 'f' -> out.write('\f');
        case 'n' -> out.write('\n');
        case 'r' -> out.write('\r');
        case 't' -> out.write('\t');
        case 'v' -> out.write(11);
        case '\\' -> out.write('\\');
        case 'x' -> out.write(number(2, 16));
        case 'u' -> append(codePoint(4));
        case 'U' -> append(codePoint(8));
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          at--;
          int value = number(3, 8);
          if (value > 255) {
            throw new IllegalArgumentException("invalid syntax");
          }
          out.write(value);
        }
        default -> {
          if (c != quote) {
            throw new IllegalArgumentException("invalid syntax");
          }
          out.write(c);
        }
      }
    }

    private int codePoint(int digits) {
      int value = number(digits, 16);
      if (value < 0 || value > Character.MAX_CODE_POINT) {
        throw new IllegalArgumentException("invalid syntax");
      }
      return value;
    }

    private int number(int digits, int radix) {
      int value = 0;
      for (int i = 0; i < digits; i++) {
        int digit = at < inner.length() ? Character.digit(inner.charAt(at), radix) : -1;
        if (digit < 0) {
          throw new IllegalArgumentException("invalid syntax");
        }
        value = value * radix + digit;
        at++;
      }
      return value;
    }

    private void append(int codePoint) {
      out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }
  }
}
