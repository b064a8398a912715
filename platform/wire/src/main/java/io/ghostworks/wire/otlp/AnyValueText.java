package io.ghostworks.wire.otlp;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.number.DecimalText;
import io.ghostworks.wire.proto.ProtoReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text of a value where only text will do, as the Collector's {@code pcommon.Value.AsString}
 * gives it: lists and maps as JSON with sorted keys, bytes in base64, no value as "".
 */
public final class AnyValueText {
  private static final int STRING = 1;
  private static final int BOOL = 2;
  private static final int INT = 3;
  private static final int DOUBLE = 4;
  private static final int ARRAY = 5;
  private static final int KEY_VALUES = 6;
  private static final int BYTES = 7;

  private AnyValueText() {}

  /** The text of a value of a column. */
  public static String of(ValueColumn values, int index) {
    long payload = values.payload(index);
    byte[] bytes = values.arena().array();
    return switch (values.type(index)) {
      case ValueColumn.STRING -> values.string(index);
      case ValueColumn.BOOL -> payload != 0 ? "true" : "false";
      case ValueColumn.INT -> Long.toString(payload);
      case ValueColumn.DOUBLE -> decimal(Double.longBitsToDouble(payload));
      case ValueColumn.BYTES ->
          Base64.getEncoder()
              .encodeToString(
                  Arrays.copyOfRange(
                      bytes,
                      ByteArena.offset(payload),
                      ByteArena.offset(payload) + ByteArena.length(payload)));
      case ValueColumn.ARRAY, ValueColumn.KEY_VALUES -> {
        StringBuilder out = new StringBuilder();
        ProtoReader reader =
            new ProtoReader(bytes, ByteArena.offset(payload), ByteArena.length(payload));
        boolean printable =
            values.type(index) == ValueColumn.ARRAY ? list(reader, out) : map(reader, out);
        yield printable ? out.toString() : "";
      }
      default -> "";
    };
  }

  private static String decimal(double value) {
    return Double.isFinite(value)
        ? DecimalText.json(value)
        : "json: unsupported value: " + DecimalText.general(value);
  }

  /** Prints a list; false where it holds a number that JSON has no form for. */
  private static boolean list(ProtoReader reader, StringBuilder out) {
    out.append('[');
    String separator = "";
    while (reader.next()) {
      if (reader.field() != 1) {
        reader.skip();
        continue;
      }
      out.append(separator);
      separator = ",";
      if (!value(reader, out)) {
        return false;
      }
    }
    out.append(']');
    return true;
  }

  private static boolean map(ProtoReader reader, StringBuilder out) {
    Map<String, String> entries = new TreeMap<>(Labels::compareUtf8);
    while (reader.next()) {
      if (reader.field() != 1) {
        reader.skip();
        continue;
      }
      int outer = reader.enter();
      String key = "";
      String text = "null";
      while (reader.next()) {
        if (reader.field() == 1) {
          key = text(reader);
        } else if (reader.field() == 2) {
          StringBuilder value = new StringBuilder();
          if (!value(reader, value)) {
            return false;
          }
          text = value.toString();
        } else {
          reader.skip();
        }
      }
      reader.leave(outer);
      entries.put(key, text);
    }
    out.append('{');
    String separator = "";
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      out.append(separator);
      quote(entry.getKey(), out);
      out.append(':').append(entry.getValue());
      separator = ",";
    }
    out.append('}');
    return true;
  }

  private static boolean value(ProtoReader reader, StringBuilder out) {
    int outer = reader.enter();
    int start = out.length();
    boolean printable = true;
    out.append("null");
    while (reader.next()) {
      out.setLength(start);
      switch (reader.field()) {
        case STRING -> quote(text(reader), out);
        case BOOL -> out.append(reader.varint() != 0);
        case INT -> out.append(reader.varint());
        case DOUBLE -> {
          double number = reader.float64();
          printable = Double.isFinite(number);
          out.append(printable ? DecimalText.json(number) : "");
        }
        case ARRAY, KEY_VALUES -> {
          boolean isList = reader.field() == ARRAY;
          int nested = reader.enter();
          printable = isList ? list(reader, out) : map(reader, out);
          reader.leave(nested);
        }
        case BYTES -> {
          int length = reader.length();
          byte[] bytes =
              Arrays.copyOfRange(reader.bytes(), reader.position(), reader.position() + length);
          reader.skipBytes(length);
          out.append('"').append(Base64.getEncoder().encodeToString(bytes)).append('"');
        }
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return printable;
  }

  private static String text(ProtoReader reader) {
    int length = reader.length();
    String text = new String(reader.bytes(), reader.position(), length, StandardCharsets.UTF_8);
    reader.skipBytes(length);
    return text;
  }

  /** Quotes as Go's {@code encoding/json} does, which also escapes what HTML would trip over. */
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
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029') {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
