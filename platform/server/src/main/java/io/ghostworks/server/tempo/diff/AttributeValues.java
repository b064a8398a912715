package io.ghostworks.server.tempo.diff;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.proto.ProtoReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Attributes as plain objects: texts, {@link Boolean}, {@link Long}, {@link Double}, byte arrays,
 * lists and maps by key. Of a key that comes twice the last value counts.
 *
 * <p>Source: opentelemetry-proto, {@code common.proto}.
 */
public final class AttributeValues {

  private static final int DEPTH_MAX = 64;

  private AttributeValues() {}

  /** The attributes of a row. */
  public static Map<String, @Nullable Object> of(AttributeColumns attributes, int row) {
    Map<String, @Nullable Object> all = new TreeMap<>();
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      all.put(attributes.key(entry), value(attributes.values(), entry));
    }
    return all;
  }

  private static @Nullable Object value(ValueColumn values, int index) {
    long payload = values.payload(index);
    ByteArena arena = values.arena();
    return switch (values.type(index)) {
      case ValueColumn.STRING -> arena.text(payload);
      case ValueColumn.BOOL -> payload != 0;
      case ValueColumn.INT -> payload;
      case ValueColumn.DOUBLE -> Double.longBitsToDouble(payload);
      case ValueColumn.BYTES -> arena.copy(payload);
      case ValueColumn.ARRAY -> list(reader(arena, payload), 0);
      case ValueColumn.KEY_VALUES -> map(reader(arena, payload), 0);
      default -> null;
    };
  }

  private static ProtoReader reader(ByteArena arena, long slice) {
    return new ProtoReader(arena.array(), ByteArena.offset(slice), ByteArena.length(slice));
  }

  private static List<@Nullable Object> list(ProtoReader reader, int depth) {
    List<@Nullable Object> all = new ArrayList<>();
    while (reader.next()) {
      if (reader.tag() == ProtoReader.tag(1, ProtoReader.BYTES)) {
        int outer = reader.enter();
        all.add(any(reader, depth + 1));
        reader.leave(outer);
      } else {
        reader.skip();
      }
    }
    return all;
  }

  private static Map<String, @Nullable Object> map(ProtoReader reader, int depth) {
    Map<String, @Nullable Object> all = new TreeMap<>();
    while (reader.next()) {
      if (reader.tag() != ProtoReader.tag(1, ProtoReader.BYTES)) {
        reader.skip();
        continue;
      }
      int outer = reader.enter();
      String key = "";
      Object value = null;
      while (reader.next()) {
        switch (reader.field()) {
          case 1 -> key = text(reader);
          case 2 -> {
            int entry = reader.enter();
            value = any(reader, depth + 1);
            reader.leave(entry);
          }
          default -> reader.skip();
        }
      }
      reader.leave(outer);
      all.put(key, value);
    }
    return all;
  }

  private static @Nullable Object any(ProtoReader reader, int depth) {
    Object value = null;
    while (depth < DEPTH_MAX && reader.next()) {
      switch (reader.field()) {
        case 1 -> value = text(reader);
        case 2 -> value = reader.varint() != 0;
        case 3 -> value = reader.varint();
        case 4 -> value = reader.float64();
        case 5 -> {
          int outer = reader.enter();
          value = list(reader, depth);
          reader.leave(outer);
        }
        case 6 -> {
          int outer = reader.enter();
          value = map(reader, depth);
          reader.leave(outer);
        }
        case 7 -> value = bytes(reader);
        default -> reader.skip();
      }
    }
    return value;
  }

  private static String text(ProtoReader reader) {
    return new String(bytes(reader), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ProtoReader reader) {
    int length = reader.length();
    int at = reader.position();
    reader.skipBytes(length);
    return Arrays.copyOfRange(reader.bytes(), at, at + length);
  }
}
