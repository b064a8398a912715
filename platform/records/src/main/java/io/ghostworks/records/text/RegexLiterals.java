package io.ghostworks.records.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds texts of which every text that an expression of RE2 (github.com/google/re2, "Syntax") finds
 * contains one, so that others need not be tried. Knows what is plain to see and is silent about
 * the rest; whoever asks tries the expression on what is left.
 */
public final class RegexLiterals {

  private static final int LENGTH_MIN = 3;
  private static final int ALTERNATIVES_MAX = 16;
  private static final int DEPTH_MAX = 100;
  private static final String CLASS_ESCAPES = "dDsSwWbBAzC";

  private final String expression;
  private int at;
  private boolean ignoresCase;
  private boolean unknown;

  private RegexLiterals(String expression, boolean ignoresCase) {
    this.expression = expression;
    this.ignoresCase = ignoresCase;
  }

  /**
   * The texts; none if they are not known.
   *
   * @param expression a valid expression, found anywhere in a text
   * @param ignoresCase whether it was compiled so
   */
  public static List<Needle> of(String expression, boolean ignoresCase) {
    RegexLiterals reader = new RegexLiterals(expression, ignoresCase);
    List<Literal> found = reader.alternatives(0);
    if (reader.unknown || reader.at < expression.length()) {
      return List.of();
    }
    return found.stream().map(Literal::needle).toList();
  }

  /** A text of which each letter counts in both cases, or as it is. */
  private record Literal(String text, boolean ignoresCase) {
    Needle needle() {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return ignoresCase ? Needle.ignoringCase(bytes) : Needle.of(bytes);
    }
  }

  /** One of what this gives is in each of the branches; none if some branch has nothing. */
  private List<Literal> alternatives(int depth) {
    if (depth > DEPTH_MAX) {
      unknown = true;
      return List.of();
    }
    boolean outer = ignoresCase;
    List<Literal> all = new ArrayList<>();
    boolean each = true;
    while (true) {
      List<Literal> branch = new Branch(depth).read();
      each &= !branch.isEmpty();
      all.addAll(branch);
      if (unknown || at == expression.length() || expression.charAt(at) == ')') {
        break;
      }
      at++;
    }
    ignoresCase = outer;
    return each && all.size() <= ALTERNATIVES_MAX ? all : List.of();
  }

  /** What stands in a row, up to a bar or the end of a group. */
  private final class Branch {

    private final int depth;
    private final StringBuilder run = new StringBuilder();
    private List<Literal> best = List.of();

    Branch(int depth) {
      this.depth = depth;
    }

    List<Literal> read() {
      while (!unknown && at < expression.length()) {
        int next = expression.codePointAt(at);
        switch (next) {
          case '|', ')' -> {
            end();
            return best;
          }
          case '(' -> group();
          case '[' -> characterClass();
          case '\\' -> escape();
          case '.', '^', '$' -> {
            end();
            at++;
            quantifier();
          }
          default -> {
            at += Character.charCount(next);
            literal(next);
          }
        }
      }
      end();
      return best;
    }

    /** A character, and how often it comes. */
    private void literal(int next) {
      int before = run.length();
      boolean folded = ignoresCase && (next > 127 || Character.isLetter(next));
      if (next == 0xFFFD || (folded && (next > 127 || "kKsS".indexOf(next) >= 0))) {
        // Stands for other bytes too.
        end();
        quantifier();
        return;
      }
      run.appendCodePoint(next);
      switch (quantifier()) {
        case ONCE -> {}
        case OFTEN -> end();
        case MAYBE -> {
          run.setLength(before);
          end();
        }
      }
    }

    private void end() {
      if (run.length() >= LENGTH_MIN) {
        offer(List.of(new Literal(run.toString(), ignoresCase)));
      }
      run.setLength(0);
    }

    private void offer(List<Literal> candidates) {
      if (shortest(candidates) > shortest(best)) {
        best = candidates;
      }
    }

    private static int shortest(List<Literal> literals) {
      return literals.stream().mapToInt(each -> each.text().length()).min().orElse(0);
    }

    private void group() {
      end();
      at++;
      boolean outer = ignoresCase;
      if (at < expression.length() && expression.charAt(at) == '?') {
        if (!flagsOrName()) {
          return;
        }
      }
      List<Literal> inside = alternatives(depth + 1);
      ignoresCase = outer;
      if (at == expression.length()) {
        unknown = true;
        return;
      }
      at++;
      if (quantifier() != Times.MAYBE) {
        offer(inside);
      }
    }

    /** Reads what follows a question mark; false if flags for the rest of the group stood there. */
    private boolean flagsOrName() {
      at++;
      if (expression.startsWith("P<", at) || expression.startsWith("<", at)) {
        int close = expression.indexOf('>', at);
        at = close < 0 ? expression.length() : close + 1;
        return true;
      }
      boolean on = true;
      while (at < expression.length()) {
        char flag = expression.charAt(at++);
        switch (flag) {
          case '-' -> on = false;
          case 'i' -> ignoresCase = on;
          case 'm', 's', 'U' -> {
            // No matter to what stands.
          }
          case ':' -> {
            return true;
          }
          case ')' -> {
            return false;
          }
          default -> {
            unknown = true;
            return false;
          }
        }
      }
      unknown = true;
      return false;
    }

    private void characterClass() {
      end();
      at++;
      if (at < expression.length() && expression.charAt(at) == '^') {
        at++;
      }
      boolean first = true;
      while (at < expression.length()) {
        char next = expression.charAt(at);
        if (next == ']' && !first) {
          at++;
          quantifier();
          return;
        }
        if (next == '['
            && expression.startsWith("[:", at)
            && expression.indexOf(":]", at + 2) > 0) {
          at = expression.indexOf(":]", at + 2) + 2;
        } else {
          at += next == '\\' ? 2 : 1;
        }
        first = false;
      }
      unknown = true;
    }

    private void escape() {
      char escaped = at + 1 < expression.length() ? expression.charAt(at + 1) : '0';
      at += 2;
      if (escaped == 'Q') {
        quoted();
      } else if (CLASS_ESCAPES.indexOf(escaped) >= 0) {
        end();
        quantifier();
      } else if (escaped < 128 && !Character.isLetterOrDigit(escaped)) {
        literal(escaped);
      } else {
        // Numbers of characters and names of classes: rare, and long to tell apart.
        unknown = true;
      }
    }

    private void quoted() {
      int close = expression.indexOf("\\E", at);
      int to = close < 0 ? expression.length() : close;
      if (ignoresCase || expression.indexOf(0xFFFD, at) >= 0) {
        end();
      } else {
        run.append(expression, at, to);
      }
      at = close < 0 ? to : close + 2;
      if (quantifier() != Times.ONCE) {
        unknown = true;
      }
    }
  }

  /** How often something comes. */
  private enum Times {
    ONCE,
    OFTEN,
    MAYBE
  }

  /** Reads all quantifiers that follow. */
  private Times quantifier() {
    Times times = Times.ONCE;
    while (at < expression.length()) {
      char next = expression.charAt(at);
      if (next == '*' || next == '?') {
        times = Times.MAYBE;
        at++;
      } else if (next == '+') {
        times = times == Times.MAYBE ? times : Times.OFTEN;
        at++;
      } else if (next == '{' && isRepetition()) {
        boolean none = expression.charAt(at + 1) == '0';
        times = none || times == Times.MAYBE ? Times.MAYBE : Times.OFTEN;
        at = expression.indexOf('}', at) + 1;
      } else {
        break;
      }
    }
    return times;
  }

  /** Whether braces repeat; else they are characters. */
  private boolean isRepetition() {
    int i = at + 1;
    while (i < expression.length() && "0123456789,".indexOf(expression.charAt(i)) >= 0) {
      i++;
    }
    return i > at + 1
        && i < expression.length()
        && expression.charAt(i) == '}'
        && expression.charAt(at + 1) != ',';
  }
}
