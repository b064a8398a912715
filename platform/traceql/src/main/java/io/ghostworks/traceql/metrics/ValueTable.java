package io.ghostworks.traceql.metrics;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.QueryContext;
import java.util.Arrays;

/**
 * Numbers the distinct values of labels, from 1; 0 is no value. Types and payloads are as in {@link
 * ValueColumn}, of the types text, bool, integer and double. What it holds is reserved in the query
 * until that ends. Not thread-safe.
 */
final class ValueTable {

  static final int NONE = 0;

  private static final int VALUE_BYTES = 24;

  private final QueryContext context;
  private final ByteArena arena = new ByteArena(1024);
  private byte[] types = new byte[16];
  private long[] payloads = new long[16];
  private int[] slots = new int[32];
  private int size = 1;

  ValueTable(QueryContext context) {
    this.context = context;
  }

  /** One more than the greatest number. */
  int size() {
    return size;
  }

  int number(String text) {
    byte[] utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return text(utf8, 0, utf8.length);
  }

  int number(LabelValue value) {
    return switch (value) {
      case LabelValue.Text(String text) -> number(text);
      case LabelValue.Whole(long whole) -> number(ValueColumn.INT, whole);
      case LabelValue.Real(double real) ->
          number(ValueColumn.DOUBLE, Double.doubleToRawLongBits(real));
      case LabelValue.Bool(boolean bool) -> number(ValueColumn.BOOL, bool ? 1 : 0);
    };
  }

  /** The number of a value that is no text. */
  int number(byte type, long payload) {
    int mask = slots.length - 1;
    int slot = (int) mixed(payload * 8 + type) & mask;
    while (slots[slot] != 0) {
      int known = slots[slot];
      if (types[known] == type && payloads[known] == payload) {
        return known;
      }
      slot = (slot + 1) & mask;
    }
    return added(slot, type, payload);
  }

  /** The number of a text in UTF-8. */
  int text(byte[] utf8, int offset, int length) {
    int mask = slots.length - 1;
    int slot = (int) mixed(hash(utf8, offset, length)) & mask;
    while (slots[slot] != 0) {
      int known = slots[slot];
      if (types[known] == ValueColumn.STRING && isText(payloads[known], utf8, offset, length)) {
        return known;
      }
      slot = (slot + 1) & mask;
    }
    context.reserve(length);
    return added(slot, ValueColumn.STRING, arena.append(utf8, offset, length));
  }

  private boolean isText(long slice, byte[] utf8, int offset, int length) {
    int from = ByteArena.offset(slice);
    return ByteArena.length(slice) == length
        && Arrays.equals(arena.array(), from, from + length, utf8, offset, offset + length);
  }

  private int added(int slot, byte type, long payload) {
    if (size == types.length) {
      context.reserve((long) size * VALUE_BYTES);
      types = Arrays.copyOf(types, 2 * size);
      payloads = Arrays.copyOf(payloads, 2 * size);
    }
    types[size] = type;
    payloads[size] = payload;
    slots[slot] = size;
    size++;
    if (2 * size > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int number = 1; number < size; number++) {
      int slot = (int) mixed(hash(number)) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = number;
    }
  }

  private long hash(int number) {
    long payload = payloads[number];
    return types[number] == ValueColumn.STRING
        ? hash(arena.array(), ByteArena.offset(payload), ByteArena.length(payload))
        : payload * 8 + types[number];
  }

  private static long hash(byte[] utf8, int offset, int length) {
    long hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = hash * 31 + utf8[i];
    }
    return hash * 8 + ValueColumn.STRING;
  }

  private static long mixed(long hash) {
    long spread = hash * 0x9e3779b97f4a7c15L;
    return spread ^ (spread >>> 32);
  }

  /** The value with a number, which is not 0. */
  LabelValue value(int number) {
    long payload = payloads[number];
    return switch (types[number]) {
      case ValueColumn.STRING -> new LabelValue.Text(arena.text(payload));
      case ValueColumn.INT -> new LabelValue.Whole(payload);
      case ValueColumn.DOUBLE -> new LabelValue.Real(Double.longBitsToDouble(payload));
      default -> new LabelValue.Bool(payload != 0);
    };
  }
}
