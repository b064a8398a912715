package io.ghostworks.wire.chunk;

import io.ghostworks.model.metric.Samples;
import io.ghostworks.wire.WireFormatException;

/**
 * Reads chunks of all encodings of Prometheus. Stateless. What a chunk claims is bounded by its
 * bytes before anything is allocated.
 *
 * <p>Source: prometheus tsdb/docs/format/chunks.md.
 */
public final class ChunkReader {
  private static final int HEADER_BYTES = 2;

  private ChunkReader() {}

  /**
   * Gives all samples of a chunk.
   *
   * @throws WireFormatException if the chunk is damaged; what came before was given
   */
  public static void read(
      ChunkEncoding encoding, byte[] bytes, int offset, int length, SampleSink into) {
    if (length < HEADER_BYTES) {
      throw new WireFormatException("a chunk of %d bytes has no header".formatted(length), offset);
    }
    BitInput in = new BitInput(bytes, offset, length);
    switch (encoding) {
      case XOR -> floats(in, into);
      case XOR2 -> floatsWithStarts(in, into);
      case HISTOGRAM, FLOAT_HISTOGRAM -> {
        int count = (int) in.bits(16);
        int flags = in.octet();
        new HistogramChunkReader(in, encoding == ChunkEncoding.HISTOGRAM, flags, StartTimes.none())
            .read(count, into);
      }
      case HISTOGRAM_ST, FLOAT_HISTOGRAM_ST -> {
        int first = (int) in.bits(16);
        StartTimes starts = new StartTimes(in.octet());
        new HistogramChunkReader(in, encoding == ChunkEncoding.HISTOGRAM_ST, first >>> 8, starts)
            .read(first & 0x3fff, into);
      }
    }
  }

  private static void floats(BitInput in, SampleSink into) {
    int count = (int) in.bits(16);
    XorBits values = new XorBits();
    long time = 0;
    long delta = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0) {
        time = in.varint();
        values.start(in.bits(64));
      } else {
        delta = i == 1 ? in.uvarint() : delta + deltaOfDelta(in);
        time += delta;
        values.read(in);
      }
      into.sample(time, values.bits(), 0);
    }
  }

  private static long deltaOfDelta(BitInput in) {
    int ones = 0;
    while (ones < 4 && in.bit()) {
      ones++;
    }
    return switch (ones) {
      case 0 -> 0;
      case 1 -> Varbit.signed(in, 14);
      case 2 -> Varbit.signed(in, 17);
      case 3 -> Varbit.signed(in, 20);
      default -> in.bits(64);
    };
  }

  private static void floatsWithStarts(BitInput in, SampleSink into) {
    int count = (int) in.bits(16);
    StartTimes starts = new StartTimes(in.octet());
    XorBits values = new XorBits();
    long time = 0;
    long delta = 0;
    for (int i = 0; i < count; i++) {
      long before = time;
      long bits;
      if (i == 0) {
        time = in.varint();
        bits = in.bits(64);
        values.start(Samples.isStale(bits) ? 0 : bits);
      } else if (i == 1) {
        delta = in.uvarint();
        time += delta;
        bits = value(in, values);
      } else {
        int ones = 0;
        while (ones < 5 && in.bit()) {
          ones++;
        }
        delta +=
            switch (ones) {
              case 2 -> twosComplement(in, 13);
              case 3 -> twosComplement(in, 20);
              case 4 -> in.bits(64);
              default -> 0;
            };
        time += delta;
        bits =
            switch (ones) {
              case 0 -> values.bits();
              case 1 -> changed(in, values, in.bit());
              case 5 -> Samples.STALE_BITS;
              default -> value(in, values);
            };
      }
      into.sample(time, bits, starts.read(in, i, time, before));
    }
  }

  /** A value that may be unchanged, changed within the window or with its own, or stale. */
  private static long value(BitInput in, XorBits values) {
    if (!in.bit()) {
      return values.bits();
    }
    if (!in.bit()) {
      return changed(in, values, false);
    }
    return in.bit() ? Samples.STALE_BITS : changed(in, values, true);
  }

  private static long changed(BitInput in, XorBits values, boolean ownWindow) {
    values.readChanged(in, ownWindow);
    return values.bits();
  }

  private static long twosComplement(BitInput in, int width) {
    return in.bits(width) << (64 - width) >> (64 - width);
  }
}
