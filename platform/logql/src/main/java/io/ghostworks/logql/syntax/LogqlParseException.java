package io.ghostworks.logql.syntax;

/** A text is no query; the message is in Loki's words and says where and why. */
public final class LogqlParseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a place: {@code parse error : ...}. */
  public LogqlParseException(String message) {
    this(message, 0, 0);
  }

  LogqlParseException(String message, int line, int column) {
    this(
        line == 0 && column == 0
            ? "parse error : "
            : "parse error at line %d, col %d: ".formatted(line, column),
        message);
  }

  private LogqlParseException(String prefix, String message) {
    super(prefix + message);
  }

  /** A text that is a query, but of no kind that is asked for; the message stands alone. */
  static LogqlParseException bare(String message) {
    return new LogqlParseException("", message);
  }

  /** A stage that parses but cannot run. */
  public static LogqlParseException stage(Stage stage, String reason) {
    return new LogqlParseException("stage '%s' : %s".formatted(stage, reason));
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
