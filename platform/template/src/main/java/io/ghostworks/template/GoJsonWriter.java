package io.ghostworks.template;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as Go's {@code encoding/json} does: keys of maps in the order of their UTF-8 bytes,
 * {@code <}, {@code >}, {@code &} and the two Unicode line separators escaped, numbers in Go's
 * forms.
 */
final class GoJsonWriter {
  private static final char LINE_SEPARATOR = '\u2028';
  private static final char PARAGRAPH_SEPARATOR = '\u2029';
  private static final char REPLACEMENT = '\ufffd';
  private static final double EXPONENT_BELOW = 1e-6;
  private static final double EXPONENT_FROM = 1e21;

  private final Consumer<String> out;

  GoJsonWriter(Consumer<String> out) {
    this.out = out;
  }

  void write(@Nullable Object value) {
    switch (value) {
      case null -> out.accept("null");
      case String text -> string(text);
      case Boolean bool -> out.accept(bool.toString());
      case Double number -> out.accept(number(number));
      case Number integer -> out.accept(integer.toString());
      case AnyMap map -> object(GoValues.sorted(map.entries()));
      case Map<?, ?> map -> object(GoValues.sorted(map));
      case List<?> list -> array(list);
      case NotificationFunctions.JsonObject object -> object(object.jsonFields());
      case GoObject.Entries map -> object(GoValues.sorted(map.entries()));
      case GoObject.Elements list -> array(list.elements());
      case GoTime time -> string(time.format("2006-01-02T15:04:05.999999999Z07:00"));
      case GoDuration duration -> out.accept(Long.toString(duration.nanos()));
      case SafeHtml safe -> string(safe.html());
      case SafeUrl safe -> string(safe.url());
      default -> string(Objects.requireNonNull(value).toString());
    }
  }

  private void object(Map<String, @Nullable Object> fields) {
    String before = "{";
    for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
      out.accept(before);
      before = ",";
      string(field.getKey());
      out.accept(":");
      write(field.getValue());
    }
    out.accept(fields.isEmpty() ? "{}" : "}");
  }

  private void array(List<?> elements) {
    String before = "[";
    for (Object element : elements) {
      out.accept(before);
      before = ",";
      write(element);
    }
    out.accept(elements.isEmpty() ? "[]" : "]");
  }

  private void string(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\b' -> quoted.append("\\b");
        case '\f' -> quoted.append("\\f");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        case '<', '>', '&', LINE_SEPARATOR, PARAGRAPH_SEPARATOR -> escape(quoted, c);
        default -> {
          if (c < ' ') {
            escape(quoted, c);
          } else if (Character.isSurrogate(c) && !isPair(text, i)) {
            quoted.append(REPLACEMENT);
          } else {
            quoted.append(c);
          }
        }
      }
    }
    out.accept(quoted.append('"').toString());
  }

  private static boolean isPair(String text, int at) {
    char c = text.charAt(at);
    return Character.isHighSurrogate(c)
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }

  private static void escape(StringBuilder out, char c) {
    out.append("\\u%04x".formatted((int) c));
  }

  private static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new TemplateException("json: unsupported value: " + GoValues.print(value));
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    double size = Math.abs(value);
    if (size >= EXPONENT_BELOW && size < EXPONENT_FROM) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String sign = value < 0 ? "-" : "";
    return sign
        + digits.charAt(0)
        + fraction
        + "e"
        + (exponent < 0 ? "-" : "+")
        + Math.abs(exponent);
  }
}
