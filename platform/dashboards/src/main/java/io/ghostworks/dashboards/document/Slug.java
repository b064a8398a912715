package io.ghostworks.dashboards.document;

import java.util.Locale;

/** Titles as parts of addresses. */
public final class Slug {

  private static final int CHARS_MAX = 100;

  private Slug() {}

  /** Lower-case letters, digits and single dashes; {@code dashboard} where nothing is left. */
  public static String of(String title) {
    StringBuilder out = new StringBuilder();
    for (char c : title.toLowerCase(Locale.ROOT).toCharArray()) {
      if (out.length() >= CHARS_MAX) {
        break;
      }
      if (Character.isLetterOrDigit(c) && c < 0x80) {
        out.append(c);
      } else if (!out.isEmpty() && out.charAt(out.length() - 1) != '-') {
        out.append('-');
      }
    }
    while (!out.isEmpty() && out.charAt(out.length() - 1) == '-') {
      out.setLength(out.length() - 1);
    }
    return out.isEmpty() ? "dashboard" : out.toString();
  }
}
