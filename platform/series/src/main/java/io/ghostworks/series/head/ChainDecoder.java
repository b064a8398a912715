package io.ghostworks.series.head;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.series.chunk.HistogramCodec;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decodes one chain of a {@link SampleStore} straight into columns: a value's bytes are read as one
 * word, and what lies before the range is decoded without being kept. Used once, by one thread.
 */
final class ChainDecoder {
  /** Bytes that must follow a chain, since its last values are read as whole words. */
  static final int PADDING_BYTES = Long.BYTES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
          .withInvokeExactBehavior();

  /** For how many samples there is room at once; each takes a byte or more. */
  private static final int SAMPLES_AT_ONCE = 512;

  /** What of a word counts, by the number of a value's bytes. */
  private static final long[] MASKS = new long[16];

  static {
    for (int bytes = 1; bytes <= Long.BYTES; bytes++) {
      MASKS[bytes] = -1L >>> (64 - 8 * bytes);
    }
  }

  private final byte[] chain;
  private final int length;
  private final long startMs;
  private final long endMs;
  private final SampleBuffer target;
  private int at;
  private long time;
  private long difference;
  private long value;
  private long start;

  /** Whether a sample behind the range has come. */
  private boolean passed;

  /**
   * @param length of the chain, which ends {@link #PADDING_BYTES} before the array does, or earlier
   */
  ChainDecoder(byte[] chain, int length, long startMs, long endMs, SampleBuffer target) {
    this.chain = chain;
    this.length = length;
    this.startMs = startMs;
    this.endMs = endMs;
    this.target = target;
  }

  /** Adds the samples in the range, both ends inclusive. */
  void decode() {
    while (at < length && !passed) {
      decodeFloats();
      if (at < length && !passed) {
        decodeOther();
      }
    }
    if (at > length) {
      throw new IllegalStateException("a chain in memory does not decode");
    }
  }

  /** Decodes up to a record that is no float, or until the room is used up, or past the range. */
  private void decodeFloats() {
    byte[] bytes = chain;
    int position = at;
    long timeMs = time;
    long step = difference;
    long bits = value;
    SampleColumns columns = target.withRoom(Math.min(length - position, SAMPLES_AT_ONCE));
    long[] times = columns.timestampsMs();
    double[] values = columns.values();
    int size = columns.size();
    int until = size + Math.min(length - position, SAMPLES_AT_ONCE);
    while (position < length && size < until) {
      int header = bytes[position];
      int valueBytes = header & 15;
      if (valueBytes >= SampleStore.START_CHANGED) {
        break;
      }
      position++;
      if (header < 0) {
        long change = bytes[position++];
        if (change < 0) {
          change &= 0x7f;
          for (int shift = 7, next = -1; next < 0; shift += 7) {
            next = bytes[position++];
            change |= (long) (next & 0x7f) << shift;
          }
        }
        step += (change >>> 1) ^ -(change & 1);
      }
      timeMs += step;
      step = SampleStore.kept(step);
      bits ^= ((long) LONG.get(bytes, position) & MASKS[valueBytes]) << ((header & 0x70) >>> 1);
      position += valueBytes;
      if (timeMs > endMs) {
        passed = true;
        break;
      }
      times[size] = timeMs;
      values[size] = Double.longBitsToDouble(bits);
      size += timeMs >= startMs ? 1 : 0;
    }
    at = position;
    time = timeMs;
    difference = step;
    value = bits;
    target.filled(size, start);
  }

  /** Decodes one record, if it is no float. */
  private void decodeOther() {
    int header = chain[at] & 0xff;
    if ((header & 15) < SampleStore.START_CHANGED) {
      return;
    }
    try {
      BytesInput in = new BytesInput(chain, at + 1, length - at - 1);
      if (header == SampleStore.START_CHANGED) {
        start += in.getZigzag();
      } else {
        difference += header >= SampleStore.TIME_CHANGED ? in.getZigzag() : 0;
        time += difference;
        difference = SampleStore.kept(difference);
        passed = time > endMs;
        int histogramLength = in.getVarint(in.remaining());
        if (time >= startMs && !passed) {
          target.add(time, histogram(in.array(), in.arrayOffset(), histogramLength), start);
        }
        in.skip(histogramLength);
      }
      at = in.arrayOffset();
    } catch (DamagedDataException e) {
      throw new IllegalStateException("a chain in memory does not decode", e);
    }
  }

  static FloatHistogram histogram(byte[] bytes, int offset, int length)
      throws DamagedDataException {
    return HistogramCodec.decode(new BytesInput(bytes, offset, length), null);
  }
}
