package io.ghostworks.logql.syntax;

import java.util.function.IntPredicate;

/**
 * Go's {@code text/scanner} with the tokens of Go, on which Loki's lexer stands: words, numbers,
 * texts and single signs, with the position at which each starts. Comments of Go are skipped.
 */
final class GoScanner {
  private static final int END = -1;

  /** What was scanned. */
  enum Kind {
    NUMBER,
    STRING,
    /** A word, a character in single quotes, or a sign. */
    OTHER,
    END
  }

  private final String query;
  private int at;
  private int line = 1;
  private int column = 1;
  private int start;
  private int startLine;
  private int startColumn;

  GoScanner(String query) {
    this.query = query;
    this.at = query.startsWith("\uFEFF") ? 1 : 0;
  }

  /** The text of the last token. */
  String text() {
    return query.substring(start, at);
  }

  /** Where the last token starts; 0 once characters were taken singly. */
  int line() {
    return startLine;
  }

  int column() {
    return startColumn;
  }

  LogqlParseException failure(String message) {
    return new LogqlParseException(message, startLine, startColumn);
  }

  /** The next character, or -1 at the end. */
  int peek() {
    return at < query.length() ? query.codePointAt(at) : END;
  }

  /** Takes one character, after which the line of the token is lost. */
  int take() {
    startLine = 0;
    return step();
  }

  void take(int characters) {
    for (int i = 0; i < characters; i++) {
      take();
    }
  }

  /** How many characters from here fulfil a condition. */
  int ahead(IntPredicate condition) {
    int count = 0;
    int i = at;
    while (i < query.length() && condition.test(query.codePointAt(i))) {
      i += Character.charCount(query.codePointAt(i));
      count++;
    }
    return count;
  }

  /** The next so many characters. */
  String ahead(int characters) {
    return query.substring(at, query.offsetByCodePoints(at, characters));
  }

  String query() {
    return query;
  }

  /** Index of the next character. */
  int position() {
    return at;
  }

  Kind scan() {
    while (true) {
      while (at < query.length() && " \t\n\r".indexOf(query.charAt(at)) >= 0) {
        step();
      }
      start = at;
      startLine = line;
      startColumn = column;
      int c = step();
      if (c == '/' && (peek() == '/' || peek() == '*')) {
        skipComment(step());
        continue;
      }
      return scan(c);
    }
  }

  private Kind scan(int c) {
    if (c == END) {
      return Kind.END;
    }
    if (c == '_' || Character.isLetter(c)) {
      while (isWordPart(peek())) {
        step();
      }
      return Kind.OTHER;
    }
    if (isDigit(c) || (c == '.' && isDigit(peek()))) {
      number(c);
      return Kind.NUMBER;
    }
    return switch (c) {
      case '"' -> {
        quoted('"');
        yield Kind.STRING;
      }
      case '`' -> {
        raw();
        yield Kind.STRING;
      }
      case '\'' -> {
        if (quoted('\'') != 1) {
          throw failure("invalid char literal");
        }
        yield Kind.OTHER;
      }
      default -> Kind.OTHER;
    };
  }

  private static boolean isWordPart(int c) {
    return c == '_' || (c != END && (Character.isLetter(c) || Character.isDigit(c)));
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private int step() {
    if (at >= query.length()) {
      return END;
    }
    int c = query.codePointAt(at);
    at += Character.charCount(c);
    column++;
    if (c == '\n') {
      line++;
      column = 1;
    }
    if (c == 0) {
      throw failure("invalid character NUL");
    }
    return c;
  }

  private void skipComment(int mark) {
    if (mark == '/') {
      while (peek() != '\n' && peek() != END) {
        step();
      }
      return;
    }
    int last = step();
    while (true) {
      if (last == END) {
        throw failure("comment not terminated");
      }
      int c = step();
      if (last == '*' && c == '/') {
        return;
      }
      last = c;
    }
  }

  /** Reads up to the closing quote; gives how many characters or escapes there were. */
  private int quoted(char quote) {
    int count = 0;
    int c = step();
    while (c != quote) {
      if (c == '\n' || c == END) {
        throw failure("literal not terminated");
      }
      if (c == '\\') {
        escape(quote);
      }
      c = step();
      count++;
    }
    return count;
  }

  private void escape(char quote) {
    int c = step();
    switch (c) {
      case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\' -> {}
      case '0', '1', '2', '3', '4', '5', '6', '7' -> digits(8, 2);
      case 'x' -> digits(16, 2);
      case 'u' -> digits(16, 4);
      case 'U' -> digits(16, 8);
      default -> {
        if (c != quote) {
          throw failure("invalid char escape");
        }
      }
    }
  }

  private void digits(int radix, int count) {
    for (int i = 0; i < count; i++) {
      int c = peek();
      if (c == END || c > 127 || Character.digit(c, radix) < 0) {
        throw failure("invalid char escape");
      }
      step();
    }
  }

  private void raw() {
    int c = step();
    while (c != '`') {
      if (c == END) {
        throw failure("literal not terminated");
      }
      c = step();
    }
  }

  /** A number as Go writes them, with its prefixes, points, exponents and separators. */
  private void number(int first) {
    int prefix = 0;
    int radix = 10;
    if (first == '0') {
      int mark = Character.toLowerCase(peek());
      if (mark == 'x' || mark == 'o' || mark == 'b') {
        int after = at + 1 < query.length() ? query.charAt(at + 1) : END;
        if (mark != 'b' || after == '0' || after == '1') {
          step();
          prefix = mark;
          radix = mark == 'x' ? 16 : mark == 'o' ? 8 : 2;
        }
      }
    }
    boolean point = first == '.';
    int digits = digitRun(radix == 16);
    if (!point && peek() == '.') {
      step();
      point = true;
      digits += digitRun(radix == 16);
    }
    if (digits == 0 && prefix != 0) {
      throw failure(radixName(prefix) + " has no digits");
    }
    boolean exponent = exponent(prefix);
    if (prefix == 'x' && point && !exponent) {
      throw failure("hexadecimal mantissa requires a 'p' exponent");
    }
    String text = text();
    if (!point && !exponent) {
      checkDigits(text, prefix, radix);
    }
    if (!separatesDigits(text)) {
      throw failure("'_' must separate successive digits");
    }
  }

  /** Whether a digit, or a prefix, stands before each low line and a digit behind it. */
  private static boolean separatesDigits(String number) {
    for (int i = number.indexOf('_'); i >= 0; i = number.indexOf('_', i + 1)) {
      boolean before = i > 0 && Character.isLetterOrDigit(number.charAt(i - 1));
      boolean after = i + 1 < number.length() && Character.digit(number.charAt(i + 1), 16) >= 0;
      if (!before || !after) {
        return false;
      }
    }
    return true;
  }

  private boolean exponent(int prefix) {
    int mark = Character.toLowerCase(peek());
    if (mark != (prefix == 'x' ? 'p' : 'e')) {
      return false;
    }
    if (prefix != 0 && prefix != 'x') {
      throw failure("'e' exponent requires decimal mantissa");
    }
    step();
    if (peek() == '+' || peek() == '-') {
      step();
    }
    if (digitRun(false) == 0) {
      throw failure("exponent has no digits");
    }
    return true;
  }

  private int digitRun(boolean hex) {
    int count = 0;
    while (true) {
      int c = peek();
      boolean digit = isDigit(c) || (hex && c != END && c < 128 && Character.digit(c, 16) >= 0);
      if (!digit && c != '_') {
        return count;
      }
      count += digit ? 1 : 0;
      step();
    }
  }

  private void checkDigits(String text, int prefix, int radix) {
    boolean octal = prefix == 0 && text.length() > 1 && text.charAt(0) == '0';
    int limit = octal ? 8 : radix;
    for (int i = prefix == 0 ? 0 : 2; i < text.length() && limit < 16; i++) {
      char c = text.charAt(i);
      if (isDigit(c) && c - '0' >= limit) {
        throw failure("invalid digit '%s' in %s".formatted(c, radixName(octal ? 'o' : prefix)));
      }
    }
  }

  private static String radixName(int prefix) {
    return switch (prefix) {
      case 'x' -> "hexadecimal literal";
      case 'o' -> "octal literal";
      case 'b' -> "binary literal";
      default -> "decimal literal";
    };
  }
}
