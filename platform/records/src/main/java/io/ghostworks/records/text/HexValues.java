package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;

/** Hex digits, the same number in every value, each between the same affixes. */
final class HexValues implements StoredValues {

  private static final int DIGITS_MAX = 1 << 20;
  private static final int BATCH = 1024;

  private final Streams streams;
  private final int stream;
  private final int count;
  private final Affixes affixes;
  private final boolean upper;
  private final int digits;
  private final int packedBytes;

  HexValues(BytesInput meta, Streams streams, int stream, int count) throws DamagedDataException {
    this.streams = streams;
    this.stream = stream;
    this.count = count;
    affixes = Affixes.read(meta);
    upper = meta.getByte() != 0;
    digits = meta.getVarint(DIGITS_MAX);
    packedBytes = (digits + 1) / 2;
    streams.mustHave(stream, (long) packedBytes * count);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void append(int index, ByteArena arena) throws DamagedDataException {
    int at = arena.reserve(affixes.length() + digits);
    put(streams.array(stream), index, arena.array(), at);
  }

  @Override
  public void match(Probe probe, RowSet into) throws DamagedDataException {
    int length = affixes.length() + digits;
    if (probe.length() > length || (affixes.length() == 0 && !isHex(probe.bytes()))) {
      return;
    }
    byte[] packed = streams.array(stream);
    int batch = Math.max(1, Math.min(BATCH, (1 << 16) / Math.max(1, length)));
    byte[] text = new byte[batch * length];
    int[] ends = new int[batch + 1];
    for (int i = 0; i <= batch; i++) {
      ends[i] = i * length;
    }
    RowSet found = RowSet.none(batch);
    for (int from = 0; from < count; from += batch) {
      int size = Math.min(batch, count - from);
      for (int i = 0; i < size; i++) {
        put(packed, from + i, text, i * length);
      }
      found.clear();
      probe.testAll(text, ends, size, found);
      for (int i = found.next(0); i >= 0; i = found.next(i + 1)) {
        into.add(from + i);
      }
    }
  }

  @Override
  public void test(TextTest test, RowSet into) throws DamagedDataException {
    byte[] packed = streams.array(stream);
    byte[] text = new byte[affixes.length() + digits];
    for (int i = 0; i < count; i++) {
      put(packed, i, text, 0);
      if (test.test(text, 0, text.length)) {
        into.add(i);
      }
    }
  }

  private static boolean isHex(byte[] bytes) {
    for (byte next : bytes) {
      if (Hex.digit(next) < 0) {
        return false;
      }
    }
    return true;
  }

  private void put(byte[] packed, int index, byte[] target, int at) {
    byte[] alphabet = Hex.digits(upper);
    int from = streams.offset(stream) + index * packedBytes;
    int to = at + affixes.prefix().length;
    for (int i = 0; i < digits; i++) {
      int pair = packed[from + (i >> 1)];
      target[to + i] = alphabet[((i & 1) == 0 ? pair >> 4 : pair) & 0xF];
    }
    affixes.around(target, at, digits);
  }
}
