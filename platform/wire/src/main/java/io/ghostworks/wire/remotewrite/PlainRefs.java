package io.ghostworks.wire.remotewrite;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.wire.proto.ProtoReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Packs the labels of a series of version 2.0 in one pass where they have the form that senders
 * give them: sorted, each a name and a value of ASCII shorter than 128 bytes, with a metric name
 * among them. Such a symbol stands in the request as it stands in a packed set, a byte of length
 * before it, and is copied with it. Whatever differs is left to the general reader. Reused from
 * series to series; not thread-safe.
 */
final class PlainRefs {
  private static final int LABELS_MAX = 64;

  /** A byte of length and the most bytes that it tells; whole words. */
  private static final int SYMBOL_BYTES_MAX = 128;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ProtoReader reader;
  private final SymbolTable symbols;
  private final byte[] packed = new byte[2 * LABELS_MAX * SYMBOL_BYTES_MAX + Long.BYTES];
  private int size;
  private int labels;
  private int metricNameRef;

  PlainRefs(ProtoReader reader, SymbolTable symbols) {
    this.reader = reader;
    this.symbols = symbols;
  }

  /**
   * Packs the labels of the field of packed references that the reader is at, and moves behind it.
   *
   * @return false if their form is another
   */
  boolean pack() {
    int outer = reader.enter();
    boolean isPlain = packAll();
    reader.leave(outer);
    return isPlain;
  }

  private boolean packAll() {
    byte[] bytes = reader.bytes();
    int limit = reader.limit();
    int at = reader.position();
    int out = 0;
    int count = 0;
    int nameBefore = -1;
    metricNameRef = -1;
    while (at < limit) {
      int nameRef = shortRef(bytes, at, limit);
      at += refBytes(nameRef);
      int valueRef = shortRef(bytes, at, limit);
      at += refBytes(valueRef);
      int nameStart = symbols.shortSymbol(nameRef);
      int valueStart = symbols.shortSymbol(valueRef);
      if (nameStart < 0 || valueStart < 0 || count == LABELS_MAX) {
        return false;
      }
      // What was just copied would be slower to look at than the body.
      if (nameBefore >= 0 && !PlainLabels.isBefore(bytes, nameBefore, nameStart)) {
        return false;
      }
      if (PlainLabels.isMetricName(bytes, nameStart)) {
        metricNameRef = valueRef;
      }
      nameBefore = nameStart;
      out = copy(bytes, nameStart, out);
      out = copy(bytes, valueStart, out);
      count++;
    }
    size = out;
    labels = count;
    return metricNameRef >= 0 && PlainLabels.isAscii(packed, size);
  }

  /** The reference at a place if it has up to three bytes, as few as it needs; -1 otherwise. */
  private static int shortRef(byte[] bytes, int at, int limit) {
    if (at >= limit) {
      return -1;
    }
    int first = bytes[at];
    if (first >= 0) {
      return first;
    }
    if (at + 1 >= limit) {
      return -1;
    }
    int second = bytes[at + 1];
    int low = (first & 0x7f) | ((second & 0x7f) << 7);
    if (second > 0) {
      return low;
    }
    return second < 0 && at + 2 < limit && bytes[at + 2] > 0 ? low | bytes[at + 2] << 14 : -1;
  }

  private static int refBytes(int shortRef) {
    return shortRef < 1 << 7 ? 1 : shortRef < 1 << 14 ? 2 : 3;
  }

  /** Copies a symbol with its length, by words where the body has bytes behind it. */
  private int copy(byte[] bytes, int from, int to) {
    int length = bytes[from] + 1;
    if (from > bytes.length - SYMBOL_BYTES_MAX) {
      System.arraycopy(bytes, from, packed, to, length);
    } else {
      for (int i = 0; i < length; i += Long.BYTES) {
        LONGS.set(packed, to + i, (long) LONGS.get(bytes, from + i));
      }
    }
    return to + length;
  }

  /** What the set packed last may take at most: its texts and four bytes a label. */
  long bytes() {
    return size + 2L * labels;
  }

  /** The symbol that is the metric's name in the set packed last. */
  int metricNameRef() {
    return metricNameRef;
  }

  /** Adds the set that was packed last. */
  int addTo(LabelSetTable table) {
    return table.addPacked(packed, 0, size);
  }
}
