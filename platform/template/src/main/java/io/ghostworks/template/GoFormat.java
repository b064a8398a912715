package io.ghostworks.template;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
      out.add(formatted(c, arguments.get(argument++)));
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

  private String formatted(int verb, @Nullable Object value) {
    if (verb == 'T') {
      return pad(GoValues.typeName(value));
    }
    if (verb == 'v') {
      return general(value);
    }
    return switch (value) {
      case null -> "%!" + Character.toString(verb) + "(<nil>)";
      case Boolean bool -> verb == 't' ? pad(bool.toString()) : bad(verb, value);
      case Long number -> integer(verb, number);
      case Double number -> floating(verb, number);
      case String text -> text(verb, text);
      case SafeHtml safe -> text(verb, safe.html());
      case GoDuration duration when verb == 'd' -> integer(verb, duration.nanos());
      case GoObject object when "sqxX".indexOf(verb) >= 0 -> text(verb, object.print());
      case List<?> list -> elements(verb, list);
      case AnyMap map -> entries(verb, map.entries());
      case Map<?, ?> map -> entries(verb, map);
      default -> bad(verb, value);
    };
  }

  private String elements(int verb, List<?> list) {
    BoundedText all = new BoundedText().add("[");
    for (int i = 0; i < list.size(); i++) {
      all.add(i > 0 ? " " : "").add(formatted(verb, list.get(i)));
    }
    return all.add(']').toString();
  }

  private String entries(int verb, Map<?, ?> map) {
    BoundedText all = new BoundedText().add("map[");
    GoValues.sorted(map)
        .forEach((key, value) ->
            all.add(all.length() > 4 ? " " : "")
                .add(formatted(verb, key))
                .add(':')
                .add(formatted(verb, value)));
    return all.add(']').toString();
  }

  private String general(@Nullable Object value) {
    if (sharp && value instanceof String text) {
      return pad(GoStrings.quote(text));
    }
    return switch (value) {
      case Double number -> floating('g', number);
      case Long number -> integer('d', number);
      case null -> pad("<nil>");
      default -> pad(GoValues.print(value));
    };
  }

  private static String bad(int verb, Object value) {
    return "%!"
        + Character.toString(verb)
        + "("
        + GoValues.typeName(value)
        + "="
        + GoValues.print(value)
        + ")";
  }

  private String text(int verb, String text) {
    String shown = text;
    if (precision >= 0 && text.codePointCount(0, text.length()) > precision) {
      shown = text.substring(0, text.offsetByCodePoints(0, precision));
    }
    return switch (verb) {
      case 's' -> pad(shown);
      case 'q' ->
          pad(
              sharp && shown.indexOf('`') < 0
                  ? "`" + shown + "`"
                  : GoStrings.quote(shown, '"', plus));
      case 'x' -> pad(HexFormat.of().formatHex(shown.getBytes(StandardCharsets.UTF_8)));
      case 'X' ->
          pad(HexFormat.of().withUpperCase().formatHex(shown.getBytes(StandardCharsets.UTF_8)));
      default -> bad(verb, text);
    };
  }

  private String integer(int verb, long value) {
    return switch (verb) {
      case 'd' -> digits(value, 10, "");
      case 'b' -> digits(value, 2, sharp ? "0b" : "");
      case 'o' -> digits(value, 8, sharp ? "0" : "");
      case 'O' -> digits(value, 8, "0o");
      case 'x' -> digits(value, 16, sharp ? "0x" : "");
      case 'X' -> digits(value, 16, sharp ? "0X" : "").toUpperCase(java.util.Locale.ROOT);
      case 'c' ->
          pad(Character.isValidCodePoint((int) value) ? Character.toString((int) value) : "\ufffd");
      case 'q' -> pad(GoStrings.quote(Character.toString((int) value), '\'', plus));
      case 'U' -> pad(sharp ? GoStrings.unicode((int) value) : "U+%04X".formatted(value));
      default -> bad(verb, value);
    };
  }

  private String digits(long value, int radix, String prefix) {
    String digits = BigInteger.valueOf(value).abs().toString(radix);
    String sign = value < 0 ? "-" : plus ? "+" : space ? " " : "";
    if (precision >= 0) {
      digits = "0".repeat(Math.max(0, precision - digits.length())) + digits;
    } else if (zero && width > 0) {
      int missing = width - sign.length() - prefix.length() - digits.length();
      digits = "0".repeat(Math.max(0, missing)) + digits;
    }
    return pad(sign + prefix + digits);
  }

  private String floating(int verb, double value) {
    if ("eEfFgG".indexOf(verb) < 0) {
      return bad(verb, value);
    }
    int digits = precision >= 0 ? precision : verb == 'g' || verb == 'G' ? -1 : 6;
    String number = GoNumbers.format(value, (char) verb, digits);
    boolean finite = !Double.isNaN(value) && !Double.isInfinite(value);
    String sign = number.startsWith("-") || number.startsWith("+") ? number.substring(0, 1) : "";
    String rest = number.substring(sign.length());
    if (sign.isEmpty()) {
      sign = plus ? "+" : space ? " " : "";
    } else if (sign.equals("+") && space && !plus) {
      sign = " ";
    }
    if (zero && width > 0 && finite) {
      rest = "0".repeat(Math.max(0, width - sign.length() - rest.length())) + rest;
    }
    return pad(sign + rest);
  }

  private String pad(String text) {
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    if (minus) {
      return text + " ".repeat(missing);
    }
    return " ".repeat(missing) + text;
  }
}
