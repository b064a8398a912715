package io.ghostworks.template;

import java.nio.charset.StandardCharsets;

/** Go's string literals: {@code strconv.Quote} and {@code strconv.Unquote}. */
public final class GoStrings {

  private GoStrings() {}

  /** A text in double quotes with Go's escapes. */
  public static String quote(String text) {
    return quote(text, '"', false);
  }

  /** As {@code strconv.Quote} or, where wanted, {@code strconv.QuoteToASCII}. */
  static String quote(String text, char quote, boolean ascii) {
    StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
    text.codePoints().forEach(c -> appendEscaped(out, c, quote, ascii));
    return out.append(quote).toString();
  }

  private static void appendEscaped(StringBuilder out, int c, char quote, boolean ascii) {
    if (c == quote || c == '\\') {
      out.append('\\').append((char) c);
      return;
    }
    switch (c) {
      case 7 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 11 -> out.append("\\v");
      default -> {
        if ((c >= 0x20 && c < 0x7f) || (!ascii && c > 0x7f && isPrintable(c))) {
          out.appendCodePoint(c);
        } else if (c < 0x20 || c == 0x7f) {
          out.append("\\x%02x".formatted(c));
        } else {
          out.append(c > 0xffff ? "\\U%08x".formatted(c) : "\\u%04x".formatted(c));
        }
      }
    }
  }

  static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  /** A code point as {@code %#U} prints it. */
  static String unicode(int c) {
    String number = "U+%04X".formatted(c);
    return isPrintable(c) ? number + " '" + Character.toString(c) + "'" : number;
  }

  /**
   * The value of a string literal in double quotes or backquotes.
   *
   * @throws TemplateException if an escape is wrong
   */
  public static String unquote(String literal) {
    String inner = literal.substring(1, literal.length() - 1);
    if (literal.charAt(0) == '`') {
      return inner.replace("\r", "");
    }
    if (inner.indexOf('\\') < 0) {
      return inner;
    }
    Unquoting unquoting = new Unquoting(inner, '"');
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    while (unquoting.hasNext()) {
      int value = unquoting.next();
      if (unquoting.isByte) {
        out.write(value);
      } else {
        out.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The code point of a character literal in single quotes. */
  static int unquoteChar(String literal) {
    Unquoting unquoting = new Unquoting(literal.substring(1, literal.length() - 1), '\'');
    if (!unquoting.hasNext()) {
      throw new TemplateException("invalid syntax");
    }
    int value = unquoting.next();
    if (!unquoting.hasNext()) {
      return value;
    }
    throw new TemplateException("malformed character constant: " + literal);
  }

  /** Reads the chars and escapes of a literal. */
  private static final class Unquoting {
    private final String text;
    private final char quote;
    private int at;
    private boolean isByte;

    Unquoting(String text, char quote) {
      this.text = text;
      this.quote = quote;
    }

    boolean hasNext() {
      return at < text.length();
    }

    int next() {
      isByte = false;
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      return c == '\\' ? escape() : c;
    }

    private int escape() {
      if (at >= text.length()) {
        throw invalid();
      }
      char c = text.charAt(at++);
      return switch (c) {
        case 'a' -> 7;
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case 'v' -> 11;
        case '\\' -> '\\';
        case 'x' -> {
          isByte = true;
          yield digits(2, 16);
        }
        case 'u' -> codePoint(digits(4, 16));
        case 'U' -> codePoint(digits(8, 16));
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          at--;
          isByte = true;
          int value = digits(3, 8);
          if (value > 255) {
            throw invalid();
          }
          yield value;
        }
        default -> {
          if (c != quote) {
            throw invalid();
          }
          yield c;
        }
      };
    }

    private int digits(int count, int radix) {
      if (at + count > text.length()) {
        throw invalid();
      }
      int value = 0;
      for (int i = 0; i < count; i++) {
        int digit = Character.digit(text.charAt(at++), radix);
        if (digit < 0) {
          throw invalid();
        }
        value = value * radix + digit;
      }
      return value;
    }

    private int codePoint(int value) {
      if (!Character.isValidCodePoint(value)
          || (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE)) {
        throw invalid();
      }
      return value;
    }

    private static TemplateException invalid() {
      return new TemplateException("invalid syntax");
    }
  }
}
