package io.ghostworks.wire.remotewrite;

import io.ghostworks.model.label.LabelSetTable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Packs the labels of a series in one pass where they have the form that senders give them: at the
 * beginning of the series, sorted, each a name and a value of ASCII shorter than 128 bytes, with a
 * metric name among them. Whatever differs is left to the general reader. Reused from series to
 * series; not thread-safe.
 */
final class PlainLabels {
  /** {@code labels}, {@code name} and {@code value}: field 1, 1 and 2, length-delimited. */
  private static final byte LABEL = 0x0a;

  private static final byte NAME = 0x0a;
  private static final byte VALUE = 0x12;

  /** What a label has beside name and value: three tags and three lengths of one byte each. */
  private static final int FRAME_BYTES = 6;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** {@code __name__} as a little-endian long. */
  private static final long METRIC_NAME = 0x5f5f656d616e5f5fL;

  private byte[] packed = new byte[1024];
  private int size;

  /**
   * The end of what may be labels of this form, from a position on; -1 if they are not. What is in
   * them is not looked at.
   */
  static int end(byte[] bytes, int from, int to) {
    int at = from;
    while (at + 1 < to && bytes[at] == LABEL) {
      int length = bytes[at + 1];
      if (length < 0) {
        return -1;
      }
      at += 2 + length;
    }
    return at > to ? -1 : at;
  }

  /**
   * Packs labels of this form, which are known to have it.
   *
   * @throws IllegalArgumentException if they do not
   */
  static byte[] packed(byte[] bytes, int offset, int length) {
    PlainLabels labels = new PlainLabels();
    if (labels.pack(bytes, offset, offset + length) != offset + length) {
      throw new IllegalArgumentException("labels that were plain before are not");
    }
    return Arrays.copyOf(labels.packed, labels.size);
  }

  /**
   * Packs the labels from a position on.
   *
   * @return where the first field after the labels begins, or -1 if the form is another
   */
  int pack(byte[] bytes, int from, int to) {
    if (packed.length < to - from) {
      packed = new byte[to - from];
    }
    int at = from;
    int out = 0;
    int nameBefore = -1;
    boolean named = false;
    while (at < to && bytes[at] == LABEL) {
      if (to - at < FRAME_BYTES) {
        return -1;
      }
      int length = bytes[at + 1];
      int nameLength = bytes[at + 3];
      int end = at + 2 + length;
      // A negative length is the first byte of a longer varint.
      if (bytes[at + 2] != NAME || nameLength <= 0 || end > to || at + nameLength + 6 > end) {
        return -1;
      }
      int value = at + 4 + nameLength;
      int valueLength = bytes[value + 1];
      if (bytes[value] != VALUE || valueLength <= 0 || value + 2 + valueLength != end) {
        return -1;
      }
      int name = out;
      packed[out++] = (byte) nameLength;
      System.arraycopy(bytes, at + 4, packed, out, nameLength);
      out += nameLength;
      if (nameBefore >= 0 && !isBefore(packed, nameBefore, name)) {
        return -1;
      }
      named |= isMetricName(packed, name);
      nameBefore = name;
      packed[out++] = (byte) valueLength;
      System.arraycopy(bytes, value + 2, packed, out, valueLength);
      out += valueLength;
      at = end;
    }
    size = out;
    return named && isAscii(packed, size) ? at : -1;
  }

  /** Adds the set that was packed last. */
  int addTo(LabelSetTable table) {
    return table.addPacked(packed, 0, size);
  }

  /** Whether the name behind a byte of its length is {@code __name__}. */
  static boolean isMetricName(byte[] packed, int name) {
    return packed[name] == Long.BYTES && (long) LONGS.get(packed, name + 1) == METRIC_NAME;
  }

  /** Whether a name sorts before another; each stands behind a byte of its length. */
  static boolean isBefore(byte[] packed, int left, int right) {
    int leftLength = packed[left];
    int rightLength = packed[right];
    if (packed[left + 1] != packed[right + 1]) {
      return (packed[left + 1] & 0xff) < (packed[right + 1] & 0xff);
    }
    return Arrays.compareUnsigned(
            packed, left + 1, left + 1 + leftLength, packed, right + 1, right + 1 + rightLength)
        < 0;
  }

  /** Lengths below 128 are ASCII, too, so that all packed bytes can be looked at together. */
  static boolean isAscii(byte[] packed, int size) {
    int at = 0;
    long seen = 0;
    for (; at <= size - Long.BYTES; at += Long.BYTES) {
      seen |= (long) LONGS.get(packed, at);
    }
    for (; at < size; at++) {
      seen |= packed[at];
    }
    return (seen & HIGH_BITS) == 0;
  }
}
