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
 * 1,000 deep), and the unfolded expression has at most 250,000 elements. The text itself is bounded
 * too, and how many Unicode classes it names, each of which RE2/J copies as hundreds of ranges.
 */
public final class UserRegex {
  private static final int REPEATS_MAX = 1_000;
  private static final int DEPTH_MAX = 1_000;
  private static final long ELEMENTS_MAX = 250_000;

  /**
   * Room for as many elements with some of them escaped. RE2/J copies the rest of the text at each
   * {@code [:} and {@code \Q}, so the time to parse grows with the square of this.
   */
  private static final int LENGTH_MAX = 256 * 1_024;

  private static final int UNICODE_CLASSES_MAX = 5_000;

  /** Of all classes together; RE2/J copies the rest of the text at a hyphen too. */
  private static final int CLASS_CHARACTERS_MAX = 32 * 1_024;

  private static final int UNCLOSED_NAMES_MAX = 1_000;

  /**
   * Letters from U+1C80 to U+1C88: capitals lead to them and no other letter does, which RE2/J's
   * tables do not know. Looking for all forms of one it would go on for ever.
   */
  private static final int ENDLESS_FIRST = 0x1c80;

  private static final int ENDLESS_LAST = 0x1c88;

  private static final Pattern FOLDS_CASE = Pattern.compile("\\(\\?[A-Za-z]*i");

  private final String source;
  private final Deque<Group> open = new ArrayDeque<>();
  private Group group = new Group();
  private int at;
  private int unicodeClasses;
  private int classCharacters;
  private int unclosedNames;

  /** The first {@code :]} from where it was last looked for; the text's length if there is none. */
  private int namedClassEnd = -1;

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
   * @throws PatternSyntaxException if the text is not a regular expression of RE2's syntax, or is
   *     too long or unfolds to too large a one
   */
  public static Pattern compile(String source) {
    new UserRegex(source).check();
    return Pattern.compile(source);
  }

  private void check() {
    if (source.length() > LENGTH_MAX) {
      throw new PatternSyntaxException(
          "expression too long: at most %d characters, got %d"
              .formatted(LENGTH_MAX, source.length()),
          shown());
    }
    if (FOLDS_CASE.matcher(source).find()) {
      refuseEndlessFolds();
    }
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

  /** Refuses the letters themselves, and what looks like a range that has them within. */
  private void refuseEndlessFolds() {
    int before = -1;
    int last = -1;
    boolean mayBeClass = false;
    for (int i = 0; i < source.length(); ) {
      int next = codePoint(i);
      boolean within = next >= ENDLESS_FIRST && next <= ENDLESS_LAST;
      mayBeClass |= next == '[';
      boolean around = mayBeClass && last == '-' && before <= ENDLESS_LAST && next > ENDLESS_LAST;
      if (within || around) {
        throw new PatternSyntaxException(
            "(?i) is not supported for the letters U+1C80 to U+1C88 and ranges with them", shown());
      }
      before = last;
      last = next;
      i += codePointLength(i);
    }
  }

  /** The character at an index, or the one that <code>\\x{...}</code> there stands for. */
  private int codePoint(int index) {
    if (!source.startsWith("\\x{", index)) {
      return source.codePointAt(index);
    }
    try {
      return Integer.parseInt(source, index + 3, index + codePointLength(index) - 1, 16);
    } catch (NumberFormatException e) {
      return '\\'; // RE2/J refuses it
    }
  }

  private int codePointLength(int index) {
    int close = source.startsWith("\\x{", index) ? source.indexOf('}', index) : -1;
    return close < 0 || close > index + 16
        ? Character.charCount(source.codePointAt(index))
        : close + 1 - index;
  }

  private void operand(int length) {
    group.operand(1, 1);
    at += length;
  }

  /** One escaped character or class, or a quoted text. */
  private void escape() {
    if (!source.startsWith("\\Q", at)) {
      countUnicodeClass(at);
      operand(escapeLength());
      return;
    }
    int end = source.indexOf("\\E", at);
    group.operand((end < 0 ? source.length() : end) - at, 1);
    at = end < 0 ? source.length() : end + 2;
  }

  /** The braces of {@code \x{2028}} and {@code \p{Greek}} are part of the escape. */
  private int escapeLength() {
    if (!source.startsWith("{", at + 2) || "xpP".indexOf(source.charAt(at + 1)) < 0) {
      return 2;
    }
    int close = source.indexOf('}', at);
    // Without the brace RE2/J refuses the text, whatever follows.
    return (close < 0 ? source.length() : close + 1) - at;
  }

  private void countUnicodeClass(int backslash) {
    if (source.startsWith("p", backslash + 1) || source.startsWith("P", backslash + 1)) {
      if (++unicodeClasses > UNICODE_CLASSES_MAX) {
        throw new PatternSyntaxException(
            "too many Unicode classes: at most " + UNICODE_CLASSES_MAX, shown());
      }
    }
  }

  private void characterClass() {
    int i = at + 1;
    if (i < source.length() && source.charAt(i) == '^') {
      i++;
    }
    // A bracket that stands first is one of the characters.
    for (int first = i; i < source.length() && (source.charAt(i) != ']' || i == first); i++) {
      if (source.charAt(i) == '\\') {
        countUnicodeClass(i);
        i++;
      } else if (source.startsWith("[:", i)) {
        int end = namedClassEnd(i);
        if (end < source.length()) {
          i = end + 1;
        } else if (++unclosedNames > UNCLOSED_NAMES_MAX) {
          throw new PatternSyntaxException("too many [: without :]", shown());
        }
      }
    }
    classCharacters += i - at - 1;
    if (classCharacters > CLASS_CHARACTERS_MAX) {
      throw new PatternSyntaxException(
          "too many characters in classes: at most " + CLASS_CHARACTERS_MAX, shown());
    }
    operand(i + 1 - at);
  }

  /** Looks at each character once in all, however many {@code [:} there are. */
  private int namedClassEnd(int from) {
    if (namedClassEnd < from) {
      int end = source.indexOf(":]", from);
      namedClassEnd = end < 0 ? source.length() : end;
    }
    return namedClassEnd;
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
    int close = at + 1;
    while (close < source.length() && "0123456789,".indexOf(source.charAt(close)) >= 0) {
      close++;
    }
    long count = source.startsWith("}", close) ? count(source.substring(at + 1, close)) : -1;
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
