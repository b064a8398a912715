package io.ghostworks.traceql.eval;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.StaticType;
import io.ghostworks.traceql.ast.Statics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of spans as the language has them. Bytes, key-value lists, and arrays that are empty or
 * mix types are none; an array of one element is that element, as Tempo stores them.
 */
final class StoredValues {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private int at;
  private int end;

  private StoredValues(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  static Static of(ValueColumn values, int index) {
    return switch (values.type(index)) {
      case ValueColumn.STRING -> new Static.Text(values.string(index));
      case ValueColumn.BOOL -> Statics.of(values.payload(index) != 0);
      case ValueColumn.INT -> new Static.Int(values.payload(index));
      case ValueColumn.DOUBLE -> new Static.Real(values.doubleValue(index));
      case ValueColumn.ARRAY -> {
        long slice = values.payload(index);
        int from = ByteArena.offset(slice);
        yield new StoredValues(values.arena().array(), from, from + ByteArena.length(slice))
            .array();
      }
      default -> Statics.NIL;
    };
  }

  /** The wire form of an {@code ArrayValue}, which was checked when it came in. */
  private Static array() {
    List<Static> elements = new ArrayList<>();
    while (at < end) {
      int tag = (int) varint();
      if (tag != (1 << 3 | LENGTH)) {
        skip(tag);
        continue;
      }
      int length = (int) varint();
      int outer = end;
      end = at + length;
      Static element = element();
      at = end;
      end = outer;
      if (element == null) {
        return Statics.NIL;
      }
      elements.add(element);
    }
    if (elements.size() == 1) {
      return elements.getFirst();
    }
    StaticType type = elements.isEmpty() ? null : arrayType(elements.getFirst().type());
    boolean mixed =
        elements.stream().anyMatch(element -> element.type() != elements.getFirst().type());
    return type == null || mixed ? Statics.NIL : new Static.Array(type, elements);
  }

  private static @Nullable StaticType arrayType(StaticType element) {
    return switch (element) {
      case STRING -> StaticType.STRING_ARRAY;
      case BOOLEAN -> StaticType.BOOLEAN_ARRAY;
      case INT -> StaticType.INT_ARRAY;
      case FLOAT -> StaticType.FLOAT_ARRAY;
      default -> null;
    };
  }

  /** An {@code AnyValue}; null if it is no single value. */
  private @Nullable Static element() {
    Static value = null;
    while (at < end) {
      int tag = (int) varint();
      switch (tag) {
        case 1 << 3 | LENGTH -> {
          int length = (int) varint();
          value = new Static.Text(new String(bytes, at, length, StandardCharsets.UTF_8));
          at += length;
        }
        case 2 << 3 | VARINT -> value = Statics.of(varint() != 0);
        case 3 << 3 | VARINT -> value = new Static.Int(varint());
        case 4 << 3 | FIXED64 -> {
          long bits = 0;
          for (int i = 7; i >= 0; i--) {
            bits = bits << 8 | (bytes[at + i] & 0xff);
          }
          at += Long.BYTES;
          value = new Static.Real(Double.longBitsToDouble(bits));
        }
        default -> {
          return null;
        }
      }
    }
    return value;
  }

  private void skip(int tag) {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> at += Long.BYTES;
      case LENGTH -> at += (int) varint();
      case FIXED32 -> at += Integer.BYTES;
      default -> at = end;
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        break;
      }
    }
    return value;
  }
}
