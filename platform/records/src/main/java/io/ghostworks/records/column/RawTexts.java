package io.ghostworks.records.column;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Texts end to end, and their lengths: {@code raw} of {@link TextsCodec}. Used by one thread. */
final class RawTexts {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
          .withInvokeExactBehavior();

  private final Vector lengths;
  private final byte[] bytes;
  private final int from;
  private final ByteArena arena;

  private RawTexts(Vector lengths, byte[] bytes, int from, int total) {
    this.lengths = lengths;
    this.bytes = bytes;
    this.from = from;
    this.arena = ByteArena.of(bytes, from + total);
  }

  /**
   * @throws DamagedDataException if the lengths are not those of the bytes
   */
  static RawTexts get(BytesInput in, int count) throws DamagedDataException {
    Vector lengths = LongsCodec.get(in, count);
    BytesInput bytes = Blob.get(in);
    long left = bytes.remaining();
    for (int i = 0; i < count; i++) {
      long length = lengths.get(i);
      if (length < 0 || length > left) {
        throw new DamagedDataException(
            "texts must have %d bytes, the next one says %d before offset %d"
                .formatted(left, length, in.position()));
      }
      left -= length;
    }
    return new RawTexts(lengths, bytes.array(), bytes.arrayOffset(), bytes.remaining());
  }

  /** Where the slices point; only to be read. */
  ByteArena arena() {
    return arena;
  }

  /** Where the texts lie in {@link #arena}. */
  long[] slices() {
    long[] slices = new long[lengths.size()];
    int at = from;
    for (int i = 0; i < slices.length; i++) {
      int length = (int) lengths.get(i);
      slices[i] = length == 0 ? ByteArena.EMPTY : ByteArena.slice(at, length);
      at += length;
    }
    return slices;
  }

  /**
   * Where some of them lie; the others are empty.
   *
   * @param wanted entries, ascending
   */
  long[] slices(int[] wanted) {
    long[] slices = new long[lengths.size()];
    int entry = 0;
    int at = from;
    for (int next : wanted) {
      while (entry < next) {
        at += (int) lengths.get(entry++);
      }
      int length = (int) lengths.get(entry);
      slices[entry] = length == 0 ? ByteArena.EMPTY : ByteArena.slice(at, length);
    }
    return slices;
  }

  /** The entries that are this text, ascending. */
  int[] equal(byte[] text) {
    IntColumn found = new IntColumn(4);
    boolean isLong = text.length >= Long.BYTES;
    long tail = isLong ? (long) LONG.get(text, text.length - Long.BYTES) : 0;
    int at = from;
    for (int entry = 0; entry < lengths.size(); entry++) {
      int length = (int) lengths.get(entry);
      at += length;
      if (length == text.length
          && (!isLong || (long) LONG.get(bytes, at - Long.BYTES) == tail)
          && Arrays.equals(bytes, at - length, at, text, 0, length)) {
        found.add(entry);
      }
    }
    return Arrays.copyOf(found.array(), found.size());
  }
}
