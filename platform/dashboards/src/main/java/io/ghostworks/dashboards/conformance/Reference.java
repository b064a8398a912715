package io.ghostworks.dashboards.conformance;

import org.jspecify.annotations.Nullable;

/**
 * A place in a text where a variable stands: {@code $name}, {@code [[name]]}, {@code
 * [[name:format]]}, {@code ${name}}, {@code ${name.field}}, {@code ${name:format}}.
 *
 * @param format "" if none is given
 * @param end behind it
 */
record Reference(String name, String format, int end) {

  /** What begins at a place of a text; null if nothing does. */
  static @Nullable Reference at(String text, int start) {
    if (text.startsWith("${", start)) {
      return closed(text, start + 2, "}");
    }
    if (text.startsWith("[[", start)) {
      return closed(text, start + 2, "]]");
    }
    if (text.charAt(start) != '$') {
      return null;
    }
    int end = word(text, start + 1);
    return end == start + 1 ? null : new Reference(text.substring(start + 1, end), "", end);
  }

  private static @Nullable Reference closed(String text, int start, String close) {
    int end = text.indexOf(close, start);
    int name = word(text, start);
    if (end < 0 || name == start || name > end) {
      return null;
    }
    String rest = text.substring(name, end);
    if (!rest.isEmpty() && rest.charAt(0) != ':' && rest.charAt(0) != '.') {
      return null;
    }
    int colon = rest.indexOf(':');
    return new Reference(
        text.substring(start, name),
        colon < 0 ? "" : rest.substring(colon + 1),
        end + close.length());
  }

  private static int word(String text, int start) {
    int end = start;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
      end++;
    }
    return end;
  }
}
