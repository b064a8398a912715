package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import org.jspecify.annotations.Nullable;

/** Whole numbers, each between the same affixes. */
final class IntegerValues implements StoredValues {

  private static final int DIGITS_MAX = 20;
  private static final int NUMBER_BYTES_MAX = DIGITS_MAX + 1;

  private final Streams streams;
  private final int stream;
  private final int count;
  private final Affixes affixes;
  private final boolean delta;
  private final int width;
  private final long base;
  private final int planes;
  private long @Nullable [] numbers;

  IntegerValues(BytesInput meta, Streams streams, int stream, int count)
      throws DamagedDataException {
    this.streams = streams;
    this.stream = stream;
    this.count = count;
    affixes = Affixes.read(meta);
    delta = (meta.getByte() & ValuesWriter.DELTA_FLAG) != 0;
    width = meta.getVarint(DIGITS_MAX);
    base = meta.getZigzag();
    planes = meta.getByte();
    if (planes == 0 || planes > Long.BYTES) {
      throw new DamagedDataException("a number must have 1 to 8 bytes, got " + planes);
    }
    streams.mustHave(stream, (long) planes * count);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void append(int index, ByteArena arena) throws DamagedDataException {
    int at = arena.reserve(affixes.length() + NUMBER_BYTES_MAX);
    int length = put(numbers()[index], arena.array(), at);
    arena.truncate(at + length);
  }

  @Override
  public void match(Probe probe, RowSet into) throws DamagedDataException {
    if (probe.length() > affixes.length() + NUMBER_BYTES_MAX
        || (affixes.length() == 0 && !isNumeric(probe.bytes()))) {
      return;
    }
    byte[] text = new byte[affixes.length() + NUMBER_BYTES_MAX];
    long[] all = numbers();
    for (int i = 0; i < count; i++) {
      if (probe.test(text, 0, put(all[i], text, 0))) {
        into.add(i);
      }
    }
  }

  @Override
  public void test(TextTest test, RowSet into) throws DamagedDataException {
    byte[] text = new byte[affixes.length() + NUMBER_BYTES_MAX];
    long[] all = numbers();
    for (int i = 0; i < count; i++) {
      if (test.test(text, 0, put(all[i], text, 0))) {
        into.add(i);
      }
    }
  }

  private static boolean isNumeric(byte[] bytes) {
    for (byte next : bytes) {
      if (!Tokens.isDigit(next) && next != '-') {
        return false;
      }
    }
    return true;
  }

  /** Writes a value with its affixes; gives its length. */
  private int put(long number, byte[] target, int at) {
    int start = at + affixes.prefix().length;
    int end = start;
    long rest = number;
    if (number < 0) {
      target[end++] = '-';
      rest = number == Long.MIN_VALUE ? Long.MAX_VALUE : -number;
    }
    int digits = Math.max(width, digits(rest));
    end += digits;
    for (int i = end - 1; i >= end - digits; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    affixes.around(target, at, end - start);
    return end - at + affixes.suffix().length;
  }

  private static int digits(long number) {
    int digits = 1;
    for (long rest = number / 10; rest != 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private long[] numbers() throws DamagedDataException {
    long[] known = numbers;
    if (known != null) {
      return known;
    }
    long[] all = new long[count];
    byte[] bytes = streams.array(stream);
    int at = streams.offset(stream);
    for (int plane = 0; plane < planes; plane++) {
      int shift = 8 * plane;
      for (int i = 0; i < count; i++) {
        all[i] |= (bytes[at++] & 0xFFL) << shift;
      }
    }
    long before = base;
    for (int i = 0; i < count; i++) {
      if (delta) {
        before += (all[i] >>> 1) ^ -(all[i] & 1);
        all[i] = before;
      } else {
        all[i] += base;
      }
    }
    numbers = all;
    return all;
  }
}
