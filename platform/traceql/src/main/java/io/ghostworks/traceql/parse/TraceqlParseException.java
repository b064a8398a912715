package io.ghostworks.traceql.parse;

/** A text is no query; the message is in Tempo's words and says where and why. */
public final class TraceqlParseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TraceqlParseException(String message, int line, int column) {
    super(
        line == 0 && column == 0
            ? "parse error : " + message
            : "parse error at line %d, col %d: %s".formatted(line, column, message));
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
