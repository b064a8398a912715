package io.ghostworks.traceql.parse;

import java.util.function.IntPredicate;

/**
 * The tokens of Go's {@code text/scanner}, on which Tempo's lexer stands: words, numbers, texts and
 * single signs, each with the place where it starts. Comments of Go are skipped.
 */
final class GoScanner {
  static final int END = -1;

  /** What was scanned. */
  enum Kind {
    INT,
    FLOAT,
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

  TraceqlParseException failure(String message) {
    return new TraceqlParseException(message, startLine, startColumn);
  }

  /** The next character, or {@link #END}. */
  int peek() {
    return at < query.length() ? query.codePointAt(at) : END;
  }

  /** Takes one character, after which the line of the token is lost. */
  int take() {
    startLine = 0;
    return step();
  }

  /** The longest run of characters from here that fulfil a condition. */
  String ahead(IntPredicate condition) {
    int end = at;
    while (end < query.length() && condition.test(query.codePointAt(end))) {
      end += Character.charCount(query.codePointAt(end));
    }
    return query.substring(at, end);
  }

  /** Whether this text follows. */
  boolean follows(String text) {
    return query.startsWith(text, at);
  }

  /** Takes so much text. */
  void take(String text) {
    for (int i = 0; i < text.codePointCount(0, text.length()); i++) {
      take();
    }
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
      return number(c);
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
        quoted('\'');
        yield Kind.OTHER;
      }
      default -> Kind.OTHER;
    };
  }

  private static boolean isWordPart(int c) {
    return c == '_' || (c != END && (Character.isLetter(c) || Character.isDigit(c)));
  }

  static boolean isDigit(int c) {
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

  private void quoted(char quote) {
    int c = step();
    while (c != quote) {
      if (c == '\n' || c == END) {
        throw failure("literal not terminated");
      }
      if (c == '\\' && step() == END) {
        throw failure("invalid char escape");
      }
      c = step();
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

  /** Digits with their point and exponent; what Go writes otherwise is refused when it is read. */
  private Kind number(int first) {
    boolean prefixed = first == '0' && "xXbBoO".indexOf(peek()) >= 0;
    if (prefixed) {
      step();
      while (isDigit(peek()) || (peek() != END && Character.digit(peek(), 16) >= 0)) {
        step();
      }
      return Kind.INT;
    }
    boolean real = first == '.';
    digits();
    if (!real && peek() == '.') {
      real = true;
      step();
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      real = true;
      step();
      if (peek() == '+' || peek() == '-') {
        step();
      }
      if (!isDigit(peek())) {
        throw failure("exponent has no digits");
      }
      digits();
    }
    return real ? Kind.FLOAT : Kind.INT;
  }

  private void digits() {
    while (isDigit(peek()) || peek() == '_') {
      step();
    }
  }
}
