package io.ghostworks.template;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One verb of a format with its flags, as Go's {@code fmt} writes values by it ({@code
 * fmt/print.go}, {@code fmt/format.go}).
 *
 * @param width -1 where none is given
 * @param precision -1 where none is given
 */
record FormatVerb(
    int verb,
    boolean plus,
    boolean minus,
    boolean sharp,
    boolean space,
    boolean zero,
    int width,
    int precision) {

  private static final int SIGNIFICANT = 6;

  /** The value as it stands on its own. */
  String write(@Nullable Object value) {
    if (verb == 'T') {
      return pad(GoValues.typeName(value));
    }
    if (value == null) {
      return verb == 'v' ? pad("<nil>") : "%!" + Character.toString(verb) + "(<nil>)";
    }
    return inside(value);
  }

  /** The value on its own or as an element of another. */
  private String inside(@Nullable Object value) {
    boolean literal = verb == 'v' && sharp;
    return switch (value) {
      case null -> literal ? "interface {}(nil)" : "<nil>";
      case Boolean bool ->
          verb == 't' || verb == 'v' ? pad(bool.toString()) : bad(value, bool.toString());
      case Long number -> integer(number, value);
      case Double number -> floating(number);
      case String text -> text(text);
      case SafeHtml safe -> text(safe.html());
      case GoInteger object when literal || "vsqxX".indexOf(verb) < 0 ->
          verb == 'v' ? Long.toString(object.number()) : integer(object.number(), value);
      case GoObject object
          when object instanceof GoObject.Elements elements && verb == 'v' && literal ->
          elements(elements.elements());
      case GoObject object when verb == 'v' -> pad(object.print());
      case GoObject object when "sqxX".indexOf(verb) >= 0 -> text(object.print());
      case List<?> list -> elements(list);
      case AnyMap map -> entries(GoValues.typeName(map), map.entries());
      case Map<?, ?> map -> entries(GoValues.typeName(map), map);
      default -> bad(value, GoValues.print(value));
    };
  }

  private String elements(List<?> list) {
    boolean literal = verb == 'v' && sharp;
    BoundedText all = new BoundedText().add(literal ? GoValues.typeName(list) + "{" : "[");
    for (int i = 0; i < list.size(); i++) {
      all.add(i == 0 ? "" : literal ? ", " : " ").add(inside(list.get(i)));
    }
    return all.add(literal ? '}' : ']').toString();
  }

  private String entries(String type, Map<?, ?> map) {
    boolean literal = verb == 'v' && sharp;
    BoundedText all = new BoundedText().add(literal ? type + "{" : "map[");
    boolean[] first = {true};
    GoValues.sorted(map)
        .forEach((key, value) -> {
          all.add(first[0] ? "" : literal ? ", " : " ")
              .add(inside(key))
              .add(':')
              .add(inside(value));
          first[0] = false;
        });
    return all.add(literal ? '}' : ']').toString();
  }

  private String bad(Object value, String shown) {
    return "%!" + Character.toString(verb) + "(" + GoValues.typeName(value) + "=" + shown + ")";
  }

  private String text(String text) {
    return switch (verb) {
      case 'v' -> pad(sharp ? GoStrings.quote(cut(text)) : cut(text));
      case 's' -> pad(cut(text));
      case 'q' -> pad(quoted(cut(text)));
      case 'x', 'X' -> pad(hexBytes(text));
      default -> bad(text, text);
    };
  }

  private String cut(String text) {
    return precision >= 0 && text.codePointCount(0, text.length()) > precision
        ? text.substring(0, text.offsetByCodePoints(0, precision))
        : text;
  }

  private String quoted(String text) {
    boolean raw =
        sharp
            && text.codePoints()
                .allMatch(c -> c != '`' && c != 0x7f && c != 0xfeff && (c >= 0x20 || c == '\t'));
    return raw ? "`" + text + "`" : GoStrings.quote(text, '"', plus);
  }

  private String hexBytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = precision >= 0 ? Math.min(precision, bytes.length) : bytes.length;
    BoundedText hex = new BoundedText();
    for (int i = 0; i < length; i++) {
      hex.add(i > 0 && space ? " " : "").add(sharp && (i == 0 || space) ? "0x" : "");
      hex.add("%02x".formatted(bytes[i] & 0xff));
    }
    return verb == 'X' ? hex.toString().toUpperCase(Locale.ROOT) : hex.toString();
  }

  private String integer(long value, Object given) {
    return switch (verb) {
      case 'v', 'd' -> digits(value, 10, "");
      case 'b' -> digits(value, 2, sharp ? "0b" : "");
      case 'o' -> digits(value, 8, "");
      case 'O' -> digits(value, 8, "0o");
      case 'x' -> digits(value, 16, sharp ? "0x" : "");
      case 'X' -> digits(value, 16, sharp ? "0X" : "").toUpperCase(Locale.ROOT);
      case 'c' -> pad(Character.toString(rune(value)));
      case 'q' -> pad(GoStrings.quote(Character.toString(rune(value)), '\'', plus));
      case 'U' -> unpadded(unicode(value));
      default -> bad(given, Long.toString(value));
    };
  }

  private static int rune(long value) {
    boolean isRune =
        value >= 0
            && value <= Character.MAX_CODE_POINT
            && (value < Character.MIN_SURROGATE || value > Character.MAX_SURROGATE);
    return isRune ? (int) value : 0xfffd;
  }

  private String unicode(long value) {
    return sharp && value >= 0 && value <= Character.MAX_CODE_POINT
        ? GoStrings.unicode((int) value)
        : "U+%04X".formatted(value);
  }

  private String digits(long value, int radix, String prefix) {
    if (precision == 0 && value == 0) {
      return unpadded("");
    }
    String digits = BigInteger.valueOf(value).abs().toString(radix);
    String sign = value < 0 ? "-" : plus && verb != 'v' ? "+" : space ? " " : "";
    if (precision >= 0) {
      digits = "0".repeat(Math.max(0, precision - digits.length())) + digits;
    } else if (zero && width > 0) {
      int missing = width - sign.length() - prefix.length() - digits.length();
      digits = "0".repeat(Math.max(0, missing)) + digits;
    }
    boolean octal = verb == 'o' && sharp && !digits.startsWith("0");
    return unpadded(sign + (octal ? "0" : prefix) + digits);
  }

  private String floating(double value) {
    if ("vbeEfFgGxX".indexOf(verb) < 0) {
      return bad(value, GoNumbers.shortest(value));
    }
    String number = sharp && verb != 'b' && verb != 'v' ? sharp(value) : number(value);
    boolean finite = !Double.isNaN(value) && !Double.isInfinite(value);
    String sign = number.startsWith("-") || number.startsWith("+") ? number.substring(0, 1) : "";
    String rest = number.substring(sign.length());
    boolean showsPlus = plus && verb != 'v';
    if (sign.isEmpty()) {
      sign = showsPlus ? "+" : space ? " " : "";
    } else if (sign.equals("+") && space && !showsPlus) {
      sign = " ";
    }
    if (zero && width > 0 && finite) {
      rest = "0".repeat(Math.max(0, width - sign.length() - rest.length())) + rest;
    }
    return unpadded(sign + rest);
  }

  private String number(double value) {
    return switch (verb) {
      case 'v' -> GoNumbers.format(value, 'g', precision);
      case 'b' -> GoFloats.binary(value);
      case 'x', 'X' -> GoFloats.hex(value, precision, verb == 'X');
      case 'g', 'G' -> GoNumbers.format(value, (char) verb, precision);
      default -> GoNumbers.format(value, (char) verb, precision >= 0 ? precision : 6);
    };
  }

  /** With a point always, and for g with the zeros at the end. */
  private String sharp(double value) {
    String number = number(value);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return number;
    }
    boolean general = verb == 'g' || verb == 'G';
    int exponent = number.length();
    for (int i = 0; i < number.length(); i++) {
      char c = Character.toLowerCase(number.charAt(i));
      boolean hex = verb == 'x' || verb == 'X';
      if ((!hex && c == 'e') || (hex && c == 'p')) {
        exponent = i;
        break;
      }
    }
    StringBuilder head = new StringBuilder(number.substring(0, exponent));
    if (head.indexOf(".") < 0) {
      head.append('.');
    }
    if (general) {
      int missing = (precision < 0 ? SIGNIFICANT : precision) - significant(head);
      head.append("0".repeat(Math.max(0, missing)));
    }
    return head.append(number.substring(exponent)).toString();
  }

  /** The digits after leading zeros; of zero the one before the point. */
  private static int significant(CharSequence head) {
    int digits = 0;
    boolean began = false;
    for (int i = 0; i < head.length(); i++) {
      char c = head.charAt(i);
      if (c >= '0' && c <= '9') {
        began |= c != '0';
        digits += began ? 1 : 0;
      }
    }
    return began ? digits : 1;
  }

  /** Filled up to the width, with zeros where they were asked for. */
  private String pad(String text) {
    return filled(text, zero && !minus ? "0" : " ");
  }

  private String unpadded(String number) {
    return filled(number, " ");
  }

  private String filled(String text, String with) {
    int missing = width - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return text;
    }
    return minus ? text + " ".repeat(missing) : with.repeat(missing) + text;
  }
}
