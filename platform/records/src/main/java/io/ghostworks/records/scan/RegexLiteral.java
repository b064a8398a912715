package io.ghostworks.records.scan;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;

/**
 * A text that is in everything that an expression finds: so rows without it need not be tried.
 * Knows only what is plain to see, and gives up on the rest.
 */
final class RegexLiteral {

  private static final int LENGTH_MIN = 3;
  private static final String CLASSES = "pPQExCAzbB0123456789";

  private final String expression;
  private final StringBuilder run = new StringBuilder();
  private String longest = "";
  private int at;

  private RegexLiteral(String expression) {
    this.expression = expression;
  }

  /** The bytes; empty if no such text is known. */
  static byte[] of(Pattern pattern) {
    if (pattern.flags() != 0 && pattern.flags() != Pattern.DOTALL) {
      return new byte[0];
    }
    String found = new RegexLiteral(pattern.pattern()).find();
    return found.length() < LENGTH_MIN ? new byte[0] : found.getBytes(StandardCharsets.UTF_8);
  }

  private String find() {
    if (expression.startsWith("(?s)")) {
      at = 4;
    }
    while (at < expression.length()) {
      char next = expression.charAt(at);
      switch (next) {
        case '|' -> {
          return "";
        }
        case '\\' -> escape();
        case '[' -> {
          end();
          if (!skipClass()) {
            return "";
          }
        }
        case '(' -> {
          end();
          if (!skipGroup()) {
            return "";
          }
        }
        case '*', '?', '{' -> {
          dropLast();
          skipQuantifier(next);
        }
        case '+', '.', '^', '$' -> {
          end();
          at++;
        }
        default -> {
          run.append(next);
          at++;
        }
      }
    }
    end();
    return longest;
  }

  private void escape() {
    char escaped = at + 1 < expression.length() ? expression.charAt(at + 1) : 'Q';
    if (!Character.isLetterOrDigit(escaped)) {
      run.append(escaped);
      at += 2;
    } else if (CLASSES.indexOf(escaped) >= 0) {
      // Has more to follow, or a meaning of its own: nothing behind it counts.
      end();
      at = expression.length();
    } else {
      end();
      at += 2;
    }
  }

  private void end() {
    if (run.length() > longest.length()) {
      longest = run.toString();
    }
    run.setLength(0);
  }

  /** What was read last may be absent. */
  private void dropLast() {
    if (!run.isEmpty()) {
      int last = run.codePointBefore(run.length());
      run.setLength(run.length() - Character.charCount(last));
    }
    end();
  }

  private void skipQuantifier(char first) {
    at++;
    if (first == '{') {
      int close = expression.indexOf('}', at);
      at = close < 0 ? expression.length() : close + 1;
    }
  }

  private boolean skipClass() {
    int i = at + 1;
    if (i < expression.length() && expression.charAt(i) == '^') {
      i++;
    }
    boolean first = true;
    for (; i < expression.length(); i++, first = false) {
      char each = expression.charAt(i);
      if (each == '\\') {
        i++;
      } else if (each == '[') {
        return false;
      } else if (each == ']' && !first) {
        at = i + 1;
        return true;
      }
    }
    return false;
  }

  private boolean skipGroup() {
    if (expression.startsWith("(?", at)) {
      return false;
    }
    int depth = 0;
    for (int i = at; i < expression.length(); i++) {
      char each = expression.charAt(i);
      if (each == '\\') {
        if (i + 1 < expression.length() && expression.charAt(i + 1) == 'Q') {
          return false;
        }
        i++;
      } else if (each == '[') {
        return false;
      } else if (each == '(') {
        depth++;
      } else if (each == ')' && --depth == 0) {
        at = i + 1;
        return true;
      }
    }
    return false;
  }
}
