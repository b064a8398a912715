package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;

/** Hex digits, the same number in every value, each between the same affixes. */
final class HexValues implements StoredValues {

  private static final int DIGITS_MAX = 1 << 20;
  private static final int PACKED_DIGITS_MIN = 4;

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
    if (probe.isTooLongFor(affixes.length() + digits)) {
      return;
    }
    if (affixes.length() > 0) {
      test(probe::test, into);
    } else if (isHex(probe.bytes())) {
      if (probe.length() < PACKED_DIGITS_MIN) {
        test(probe::test, into);
      } else {
        matchPacked(probe, 0, into);
        matchPacked(probe, 1, into);
      }
    }
  }

  /** Looks for the digits as they are packed, where the first begins a byte or ends one. */
  private void matchPacked(Probe probe, int skipped, RowSet into) throws DamagedDataException {
    byte[] wanted = probe.bytes();
    byte[] pairs = new byte[(wanted.length - skipped) / 2];
    for (int i = 0; i < pairs.length; i++) {
      int high = Hex.digit(wanted[skipped + 2 * i]);
      pairs[i] = (byte) (high << 4 | Hex.digit(wanted[skipped + 2 * i + 1]));
    }
    Needle needle = Needle.of(pairs);
    byte[] packed = streams.array(stream);
    int start = streams.offset(stream);
    int end = start + count * packedBytes;
    byte[] text = new byte[digits];
    int at = needle.indexIn(packed, start, end);
    while (at >= 0) {
      int value = (at - start) / packedBytes;
      put(packed, value, text, 0);
      boolean found = probe.test(text, 0, digits);
      if (found) {
        into.add(value);
      }
      at = needle.indexIn(packed, found ? start + (value + 1) * packedBytes : at + 1, end);
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
