package io.ghostworks.model.relabel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * A replacement text with references to the groups of a regular expression, as Go's Regexp.Expand
 * reads it: {@code $1}, {@code ${1}}, {@code $name}, {@code ${name}}, {@code $$} for a dollar sign.
 * The longest name counts, so {@code $1x} is the group "1x"; an unknown group is empty; a dollar
 * sign that begins no reference stands for itself.
 */
public final class RegexTemplate {
  private static final int GROUP_MAX = 100_000_000;

  private sealed interface Piece {
    record Text(String text) implements Piece {}

    record Group(int number) implements Piece {}
  }

  private final List<Piece> pieces;

  private RegexTemplate(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /** Reads a replacement for matches of a pattern. */
  public static RegexTemplate of(String template, Pattern pattern) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      char c = template.charAt(at);
      if (c != '$') {
        text.append(c);
        at++;
      } else if (at + 1 < template.length() && template.charAt(at + 1) == '$') {
        text.append('$');
        at += 2;
      } else {
        int end = referenceEnd(template, at);
        if (end < 0) {
          text.append('$');
          at++;
        } else {
          if (!text.isEmpty()) {
            pieces.add(new Piece.Text(text.toString()));
            text.setLength(0);
          }
          group(name(template, at, end), pattern, pieces);
          at = end;
        }
      }
    }
    if (!text.isEmpty()) {
      pieces.add(new Piece.Text(text.toString()));
    }
    return new RegexTemplate(List.copyOf(pieces));
  }

  /** The text with what the groups of a successful match hold. */
  public String expand(Matcher match) {
    StringBuilder expanded = new StringBuilder();
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Text text -> expanded.append(text.text());
        case Piece.Group group -> {
          String value = match.group(group.number());
          if (value != null) {
            expanded.append(value);
          }
        }
      }
    }
    return expanded.toString();
  }

  /** Where the reference that begins at {@code dollar} ends, or -1 where none does. */
  private static int referenceEnd(String template, int dollar) {
    boolean braces = dollar + 1 < template.length() && template.charAt(dollar + 1) == '{';
    int start = dollar + (braces ? 2 : 1);
    int at = start;
    while (at < template.length()) {
      int c = template.codePointAt(at);
      if (!Character.isLetter(c)
          && Character.getType(c) != Character.DECIMAL_DIGIT_NUMBER
          && c != '_') {
        break;
      }
      at += Character.charCount(c);
    }
    if (at == start || (braces && (at == template.length() || template.charAt(at) != '}'))) {
      return -1;
    }
    return braces ? at + 1 : at;
  }

  private static String name(String template, int dollar, int end) {
    return template.charAt(dollar + 1) == '{'
        ? template.substring(dollar + 2, end - 1)
        : template.substring(dollar + 1, end);
  }

  private static void group(String name, Pattern pattern, List<Piece> pieces) {
    int number = number(name);
    if (number < 0) {
      number = pattern.namedGroups().getOrDefault(name, -1);
    }
    if (number >= 0 && number <= pattern.groupCount()) {
      pieces.add(new Piece.Group(number));
    }
  }

  private static int number(String name) {
    if (name.length() > 1 && name.charAt(0) == '0') {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9' || number >= GROUP_MAX) {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }
}
