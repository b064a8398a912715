package io.ghostworks.server.queries;

/** A text from outside as one line of a log: bounded, with control characters escaped. */
final class LoggedText {
  private static final int CHARS_MAX = 2000;

  private LoggedText() {}

  static String of(String text) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), CHARS_MAX) + 16);
    int end = Math.min(text.length(), CHARS_MAX);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
            line.append("\\u%04x".formatted((int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    return end < text.length()
        ? line.append("... (").append(text.length()).append(" characters)").toString()
        : line.toString();
  }
}
