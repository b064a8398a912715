package io.ghostworks.config;

import java.util.function.UnaryOperator;

/**
 * Replacement of {@code $NAME} and {@code ${NAME}} in a value as Go's os.Expand does it, for the
 * formats that have it (Prometheus's external labels). A lone or invalid {@code $} is removed as
 * there; a name is letters, digits and {@code _}, or one of the shell's special characters.
 */
public final class EnvironmentExpansion {
  private static final String SPECIAL = "*#$@!?-0123456789";

  private EnvironmentExpansion() {}

  /** {@code text} with every reference replaced by what {@code lookup} answers for its name. */
  public static String expand(String text, UnaryOperator<String> lookup) {
    StringBuilder expanded = new StringBuilder(text.length());
    int copied = 0;
    int at = text.indexOf('$');
    while (at >= 0 && at + 1 < text.length()) {
      expanded.append(text, copied, at);
      int next = reference(text, at + 1, expanded, lookup);
      copied = next;
      at = text.indexOf('$', next);
    }
    return expanded.append(text, copied, text.length()).toString();
  }

  /** Appends what the reference after a {@code $} stands for; returns where the text goes on. */
  private static int reference(
      String text, int from, StringBuilder expanded, UnaryOperator<String> lookup) {
    char first = text.charAt(from);
    if (first == '{') {
      return braced(text, from, expanded, lookup);
    }
    if (SPECIAL.indexOf(first) >= 0) {
      expanded.append(lookup.apply(String.valueOf(first)));
      return from + 1;
    }
    int end = from;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    if (end == from) {
      expanded.append('$');
      return from;
    }
    expanded.append(lookup.apply(text.substring(from, end)));
    return end;
  }

  private static int braced(
      String text, int open, StringBuilder expanded, UnaryOperator<String> lookup) {
    if (open + 2 < text.length()
        && SPECIAL.indexOf(text.charAt(open + 1)) >= 0
        && text.charAt(open + 2) == '}') {
      expanded.append(lookup.apply(text.substring(open + 1, open + 2)));
      return open + 3;
    }
    int close = text.indexOf('}', open);
    if (close < 0) {
      return open + 1; // bad syntax: "${" is dropped
    }
    if (close > open + 1) {
      expanded.append(lookup.apply(text.substring(open + 1, close)));
    }
    return close + 1; // "${}" is dropped
  }

  private static boolean isNamePart(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
