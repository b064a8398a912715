package io.ghostworks.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Go's {@code fmt}: Sprint, Sprintln and Sprintf. */
public final class GoFormat {

  /** Wider fields and longer fractions are refused by Go too. */
  private static final int NUMBER_MAX = 1_000_000;

  private final String format;
  private final List<@Nullable Object> arguments;
  private final BoundedText out = new BoundedText();
  private int at;
  private int argument;
  private boolean reordered;
  private boolean goodArgument;

  private boolean plus;
  private boolean minus;
  private boolean sharp;
  private boolean space;
  private boolean zero;
  private int width;
  private int precision;

  private GoFormat(String format, List<@Nullable Object> arguments) {
    this.format = format;
    this.arguments = arguments;
  }

  /** Sprint: spaces between operands when neither is a string. */
  public static String print(List<@Nullable Object> arguments) {
    BoundedText out = new BoundedText();
    for (int i = 0; i < arguments.size(); i++) {
      boolean texts =
          i > 0 && (arguments.get(i) instanceof String || arguments.get(i - 1) instanceof String);
      out.add(i > 0 && !texts ? " " : "").add(GoValues.print(arguments.get(i)));
    }
    return out.toString();
  }

  /** Sprintln: spaces between all operands, and a line's end. */
  public static String printLine(List<@Nullable Object> arguments) {
    BoundedText out = new BoundedText();
    for (int i = 0; i < arguments.size(); i++) {
      out.add(i > 0 ? " " : "").add(GoValues.print(arguments.get(i)));
    }
    return out.add('\n').toString();
  }

  /** Sprintf. */
  public static String format(String format, List<@Nullable Object> arguments) {
    return new GoFormat(format, arguments).run();
  }

  private String run() {
    while (at < format.length()) {
      int percent = format.indexOf('%', at);
      if (percent < 0) {
        out.add(format, at, format.length());
        break;
      }
      out.add(format, at, percent);
      at = percent + 1;
      verb();
    }
    if (!reordered && argument < arguments.size()) {
      out.add("%!(EXTRA ");
      for (int i = argument; i < arguments.size(); i++) {
        Object extra = arguments.get(i);
        out.add(i > argument ? ", " : "").add(GoValues.typeName(extra));
        out.add(extra == null ? "" : "=" + GoValues.print(extra));
      }
      out.add(')');
    }
    return out.toString();
  }

  private void verb() {
    readFlags();
    goodArgument = true;
    argumentNumber();
    width = -1;
    precision = -1;
    if (peekIs('*')) {
      at++;
      width = starred("%!(BADWIDTH)");
      if (width < -1) {
        width = -width;
        minus = true;
        zero = false;
      }
    } else {
      width = number();
    }
    if (peekIs('.')) {
      at++;
      argumentNumber();
      if (peekIs('*')) {
        at++;
        precision = Math.max(-1, starred("%!(BADPREC)"));
      } else {
        precision = Math.max(0, number());
      }
    }
    argumentNumber();
    if (at >= format.length()) {
      out.add("%!(NOVERB)");
      return;
    }
    int c = format.codePointAt(at);
    at += Character.charCount(c);
    if (c == '%') {
      out.add('%');
    } else if (!goodArgument) {
      out.add("%!").add(Character.toString(c)).add("(BADINDEX)");
    } else if (argument >= arguments.size()) {
      out.add("%!").add(Character.toString(c)).add("(MISSING)");
    } else {
      FormatVerb verb = new FormatVerb(c, plus, minus, sharp, space, zero, width, precision);
      out.add(verb.write(arguments.get(argument++)));
    }
  }

  private void readFlags() {
    plus = minus = sharp = space = zero = false;
    for (; at < format.length(); at++) {
      switch (format.charAt(at)) {
        case '+' -> plus = true;
        case '-' -> minus = true;
        case '#' -> sharp = true;
        case ' ' -> space = true;
        case '0' -> zero = true;
        default -> {
          zero = zero && !minus;
          return;
        }
      }
    }
  }

  private boolean peekIs(char c) {
    return at < format.length() && format.charAt(at) == c;
  }

  private int number() {
    int start = at;
    int value = 0;
    while (at < format.length() && Character.digit(format.charAt(at), 10) >= 0) {
      value = Math.min(NUMBER_MAX, value * 10 + Character.digit(format.charAt(at++), 10));
    }
    return at == start ? -1 : value;
  }

  /** {@code [n]}: which argument comes next. */
  private void argumentNumber() {
    if (!peekIs('[')) {
      return;
    }
    reordered = true;
    int close = format.indexOf(']', at);
    if (close < 0) {
      goodArgument = false;
      at++;
      return;
    }
    String digits = format.substring(at + 1, close);
    at = close + 1;
    if (digits.matches("\\d{1,6}")
        && Integer.parseInt(digits) >= 1
        && Integer.parseInt(digits) <= arguments.size()) {
      argument = Integer.parseInt(digits) - 1;
    } else {
      goodArgument = false;
    }
  }

  private int starred(String bad) {
    if (argument < arguments.size()
        && arguments.get(argument) instanceof Long number
        && Math.abs(number) <= NUMBER_MAX) {
      argument++;
      return number.intValue();
    }
    argument++;
    out.add(bad);
    return -1;
  }
}
