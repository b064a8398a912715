package io.ghostworks.logql.pipeline;

/** A line is no JSON; without a stack, since it may come with every line. */
final class JsonException extends Exception {
  private static final long serialVersionUID = 1L;
  static final String OBJECT = "Value looks like object, but can't find closing '}' symbol";
  static final String ARRAY = "Value is array, but can't find closing ']' symbol";
  static final String STRING = "Value is string, but can't find closing '\"' symbol";
  static final String MALFORMED = "Malformed JSON error";
  static final String UNKNOWN = "Unknown value type";
  static final String ESCAPE = "Encountered an invalid escape sequence in a string";
  static final String DEEP = "objects nest too deeply";

  JsonException(String message) {
    super(message, null, false, false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
