package io.ghostworks.model.record;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.AttributeNames;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Values as one text, as the Collector's {@code pcommon.Value.AsString} gives them: numbers in
 * decimal, bytes in base64, arrays and key-value lists as JSON with sorted keys.
 */
public final class ValueText {

  private static final int DEPTH_MAX = 64;

  private ValueText() {}

  /** The text of a value, or null for none. */
  public static @Nullable String of(byte type, long payload, ByteArena arena) {
    return switch (type) {
      case ValueColumn.NONE -> null;
      case ValueColumn.STRING -> arena.text(payload);
      case ValueColumn.BOOL -> payload != 0 ? "true" : "false";
      case ValueColumn.INT -> Long.toString(payload);
      case ValueColumn.DOUBLE -> number(Double.longBitsToDouble(payload));
      case ValueColumn.BYTES -> Base64.getEncoder().encodeToString(arena.copy(payload));
      case ValueColumn.ARRAY, ValueColumn.KEY_VALUES -> {
        StringBuilder out = new StringBuilder();
        Wire wire = new Wire(arena.array(), ByteArena.offset(payload), ByteArena.length(payload));
        if (type == ValueColumn.ARRAY) {
          array(wire, out, 0);
        } else {
          keyValues(wire, out, 0);
        }
        yield out.toString();
      }
      default ->
          throw new IllegalArgumentException(
              "a value's type must be from 0 to 7, got %d".formatted(type));
    };
  }

  /** The text of a value of a column, or null for none. */
  public static @Nullable String of(ValueColumn values, int index) {
    return of(values.type(index), values.payload(index), values.arena());
  }

  /** The bytes of the text of a value as UTF-8; of a string, as they were sent; 0 for none. */
  public static int utf8Length(ValueColumn values, int index) {
    if (values.type(index) == ValueColumn.STRING) {
      return ByteArena.length(values.payload(index));
    }
    String text = of(values, index);
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Gives a value of a column under its name; the entries of a map each under the name that Loki
   * makes of the map's and the entry's own, maps within maps likewise. No value gives "".
   *
   * <p>Source: the behaviour of grafana/loki pkg/loghttp/push/otlplabels.
   */
  public static void flatten(
      String name, ValueColumn values, int index, BiConsumer<String, String> out) {
    if (values.type(index) == ValueColumn.KEY_VALUES) {
      long payload = values.payload(index);
      flatten(
          name,
          new Wire(values.arena().array(), ByteArena.offset(payload), ByteArena.length(payload)),
          out,
          0);
      return;
    }
    String text = of(values, index);
    out.accept(name, text == null ? "" : text);
  }

  private static void flatten(String name, Wire map, BiConsumer<String, String> out, int depth) {
    if (depth > DEPTH_MAX) {
      throw new IllegalArgumentException("a value nests deeper than %d".formatted(DEPTH_MAX));
    }
    while (map.next()) {
      if (map.field == 1) {
        Wire pair = map.message();
        String key = "";
        Wire value = null;
        while (pair.next()) {
          if (pair.field == 1) {
            key = pair.text();
          } else if (pair.field == 2) {
            value = pair.message();
          }
        }
        String full = AttributeNames.LOKI.labelOrKey(name + "_" + key);
        if (value == null) {
          out.accept(full, "");
        } else {
          flattenValue(full, value, out, depth);
        }
      }
    }
  }

  private static void flattenValue(
      String name, Wire value, BiConsumer<String, String> out, int depth) {
    StringBuilder text = new StringBuilder();
    Wire map = null;
    while (value.next()) {
      text.setLength(0);
      map = null;
      switch (value.field) {
        case 1 -> text.append(value.text());
        case 2 -> text.append(value.number != 0);
        case 3 -> text.append(value.number);
        case 4 -> text.append(number(Double.longBitsToDouble(value.number)));
        case 5 -> array(value.message(), text, depth);
        case 6 -> map = value.message();
        case 7 -> text.append(Base64.getEncoder().encodeToString(value.bytes()));
        default -> {} // no value that is known
      }
    }
    if (map == null) {
      out.accept(name, text.toString());
    } else {
      flatten(name, map, out, depth + 1);
    }
  }

  private static void array(Wire wire, StringBuilder out, int depth) {
    out.append('[');
    String separator = "";
    while (wire.next()) {
      if (wire.field == 1) {
        out.append(separator);
        value(wire.message(), out, depth + 1);
        separator = ",";
      }
    }
    out.append(']');
  }

  private static void keyValues(Wire wire, StringBuilder out, int depth) {
    Map<String, String> entries = new TreeMap<>();
    while (wire.next()) {
      if (wire.field == 1) {
        Wire pair = wire.message();
        String key = "";
        StringBuilder value = new StringBuilder("null");
        while (pair.next()) {
          if (pair.field == 1) {
            key = pair.text();
          } else if (pair.field == 2) {
            value.setLength(0);
            value(pair.message(), value, depth + 1);
          }
        }
        entries.put(key, value.toString());
      }
    }
    out.append('{');
    List<String> parts = new ArrayList<>();
    entries.forEach((key, value) -> {
      StringBuilder part = new StringBuilder();
      quote(key, part);
      parts.add(part.append(':').append(value).toString());
    });
    out.append(String.join(",", parts)).append('}');
  }

  private static void value(Wire wire, StringBuilder out, int depth) {
    if (depth > DEPTH_MAX) {
      throw new IllegalArgumentException("a value nests deeper than %d".formatted(DEPTH_MAX));
    }
    int start = out.length();
    while (wire.next()) {
      out.setLength(start);
      switch (wire.field) {
        case 1 -> quote(wire.text(), out);
        case 2 -> out.append(wire.number != 0);
        case 3 -> out.append(wire.number);
        case 4 -> out.append(number(Double.longBitsToDouble(wire.number)));
        case 5 -> array(wire.message(), out, depth);
        case 6 -> keyValues(wire.message(), out, depth);
        case 7 -> quote(Base64.getEncoder().encodeToString(wire.bytes()), out);
        default -> out.append("null");
      }
    }
    if (out.length() == start) {
      out.append("null");
    }
  }

  /** As Go's encoding/json prints a float64, and NaN and infinities by name. */
  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    double size = Math.abs(value);
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (size >= 1e-6 && size < 1e21) {
      return decimal.toPlainString();
    }
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return "%s%se%s%s"
        .formatted(
            value < 0 ? "-" : "",
            mantissa,
            exponent < 0 ? "-" : "+",
            exponent < 0 || exponent >= 10 ? Integer.toString(Math.abs(exponent)) : "0" + exponent);
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '<', '>', '&', '\u2028', '\u2029' -> out.append("\\u%04x".formatted((int) c));
        default -> {
          if (c < 0x20) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** Walks the fields of one protobuf message that was checked when it was received. */
  private static final class Wire {
    private final byte[] bytes;
    private final int end;
    private int at;
    private int field;
    private long number;
    private int start;
    private int length;

    Wire(byte[] bytes, int offset, int length) {
      this.bytes = bytes;
      this.at = offset;
      this.end = offset + length;
    }

    boolean next() {
      if (at >= end) {
        return false;
      }
      int tag = (int) varint();
      field = tag >>> 3;
      switch (tag & 7) {
        case 0 -> number = varint();
        case 1 -> {
          number = 0;
          for (int i = 0; i < 8; i++) {
            number |= (bytes[at + i] & 0xffL) << (8 * i);
          }
          at += 8;
        }
        case 2 -> {
          length = (int) varint();
          start = at;
          at += length;
          if (length < 0 || at > end) {
            throw new IllegalArgumentException(
                "a nested value is damaged at byte %d".formatted(start));
          }
        }
        case 5 -> at += 4;
        default ->
            throw new IllegalArgumentException(
                "a nested value is damaged at byte %d".formatted(at));
      }
      return true;
    }

    Wire message() {
      return new Wire(bytes, start, length);
    }

    String text() {
      return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    byte[] bytes() {
      return java.util.Arrays.copyOfRange(bytes, start, start + length);
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        byte b = bytes[at++];
        value |= (long) (b & 0x7f) << shift;
        if (b >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("a nested value is damaged at byte %d".formatted(at));
    }
  }
}
