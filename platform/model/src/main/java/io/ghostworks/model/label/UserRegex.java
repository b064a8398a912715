package io.ghostworks.model.label;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Compiles regular expressions that users write. RE2/J matches in linear time, but unlike Go's
 * {@code regexp} it bounds neither counted repetitions within one another nor the size of what they
 * unfold to, so that {@code ((a{1000}){1000}){1000}} takes all memory. Here repetitions are bounded
 * as in Go's {@code regexp/syntax} (at most 1,000, multiplied where they nest; groups nest at most
 * 1,000 deep), and the unfolded expression has at most 250,000 elements.
 */
public final class UserRegex {
  private static final int REPEATS_MAX = 1_000;
  private static final int DEPTH_MAX = 1_000;
  private static final long ELEMENTS_MAX = 250_000;

  private final String source;
  private final Deque<Group> open = new ArrayDeque<>();
  private Group group = new Group();
  private int at;

  /** What stands between two parentheses. */
  private static final class Group {
    /** Elements of all but the last operand; those of the last; the repetitions within that. */
    private long before;

    private long last;
    private long lastRepeats = 1;
    private long repeats = 1;

    void operand(long elements, long innerRepeats) {
      before += last;
      repeats = Math.max(repeats, lastRepeats);
      last = elements;
      lastRepeats = innerRepeats;
    }

    long elements() {
      return before + last + 1;
    }

    long repeats() {
      return Math.max(repeats, lastRepeats);
    }
  }

  private UserRegex(String source) {
    this.source = source;
  }

  /**
   * @throws PatternSyntaxException if the text is not a regular expression of RE2's syntax, or
   *     unfolds to too large a one
   */
  public static Pattern compile(String source) {
    new UserRegex(source).check();
    return Pattern.compile(source);
  }

  private void check() {
    while (at < source.length()) {
      switch (source.charAt(at)) {
        case '\\' -> escape();
        case '[' -> characterClass();
        case '(' -> begin();
        case ')' -> end();
        case '{' -> repetition();
        default -> operand(1);
      }
      if (group.before + group.last > ELEMENTS_MAX) {
        throw new PatternSyntaxException("expression too large", shown());
      }
    }
  }

  private void operand(int length) {
    group.operand(1, 1);
    at += length;
  }

  /** One escaped character, or a quoted text. */
  private void escape() {
    if (!source.startsWith("\\Q", at)) {
      operand(2);
      return;
    }
    int end = source.indexOf("\\E", at);
    group.operand((end < 0 ? source.length() : end) - at, 1);
    at = end < 0 ? source.length() : end + 2;
  }

  private void characterClass() {
    int i = at + 1;
    if (i < source.length() && source.charAt(i) == '^') {
      i++;
    }
    // A bracket that stands first is one of the characters.
    for (int first = i; i < source.length() && (source.charAt(i) != ']' || i == first); i++) {
      if (source.charAt(i) == '\\') {
        i++;
      } else if (source.startsWith("[:", i) && source.indexOf(":]", i) > 0) {
        i = source.indexOf(":]", i) + 1;
      }
    }
    operand(i + 1 - at);
  }

  private void begin() {
    open.push(group);
    if (open.size() > DEPTH_MAX) {
      throw new PatternSyntaxException("expression nests too deeply", shown());
    }
    group = new Group();
    at++;
  }

  private void end() {
    Group inner = group;
    if (!open.isEmpty()) {
      group = open.pop();
      group.operand(inner.elements(), inner.repeats());
    }
    at++;
  }

  /** {@code {n}}, <code>{n,}</code> or {@code {n,m}}; any other text between braces is itself. */
  private void repetition() {
    int close = source.indexOf('}', at);
    long count = close < 0 ? -1 : count(source.substring(at + 1, close));
    if (count < 0) {
      operand(1);
      return;
    }
    group.lastRepeats *= Math.max(1, count);
    group.last *= Math.max(1, count);
    if (group.lastRepeats > REPEATS_MAX) {
      throw new PatternSyntaxException("invalid repeat count", source.substring(at, close + 1));
    }
    at = close + 1;
  }

  /** How often an operand is unfolded; -1 where the text is no count. */
  private static long count(String text) {
    int comma = text.indexOf(',');
    long least = number(comma < 0 ? text : text.substring(0, comma));
    if (comma < 0 || least < 0 || comma == text.length() - 1) {
      return least;
    }
    long most = number(text.substring(comma + 1));
    return most < 0 ? -1 : Math.max(least, most);
  }

  private static long number(String digits) {
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    return digits.length() > 6 ? REPEATS_MAX + 1 : Long.parseLong(digits);
  }

  private String shown() {
    return source.length() <= 100 ? source : source.substring(0, 100) + "…";
  }
}
