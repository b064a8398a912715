package io.ghostworks.logql;

/** A text is no query, or one that this version does not answer; the message says where and why. */
public final class LogqlParseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LogqlParseException(String message) {
    super(message);
  }

  /** In Loki's form: {@code parse error at line 1, col 5: ...}. */
  static LogqlParseException at(String query, int offset, String message) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(offset, query.length()); i++) {
      column++;
      if (query.charAt(i) == '\n') {
        line++;
        column = 1;
      }
    }
    return new LogqlParseException(
        "parse error at line %d, col %d: %s".formatted(line, column, message));
  }
}
