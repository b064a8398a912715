package io.ghostworks.wire.exposition;

import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.wire.proto.ProtoReader;
import java.util.Arrays;

/** The native buckets of one sign as they are sent. Reused from histogram to histogram. */
final class NativeBuckets {
  /** More buckets, or spans of them, are no histogram of anything sensible. */
  static final int BUCKETS_MAX = 1 << 16;

  private static final int SPAN_OFFSET = 1 << 3 | ProtoReader.VARINT;
  private static final int SPAN_LENGTH = 2 << 3 | ProtoReader.VARINT;

  /** Spans and counts, as a histogram has them; as many counts as the spans are long. */
  record Buckets(int[] offsets, int[] lengths, double[] counts) {

    /**
     * Without the empty buckets, in the fewest spans (Prometheus model/histogram, {@code
     * compactBuckets} with no empty buckets allowed).
     */
    Buckets compact() {
      int[] newOffsets = new int[counts.length];
      int[] newLengths = new int[counts.length];
      double[] newCounts = new double[counts.length];
      int spans = 0;
      int buckets = 0;
      int source = 0;
      int gap = 0;
      for (int span = 0; span < offsets.length; span++) {
        gap += offsets[span];
        for (int i = 0; i < lengths[span]; i++) {
          double count = counts[source++];
          if (count == 0) {
            gap++;
            continue;
          }
          if (spans == 0 || gap != 0) {
            newOffsets[spans++] = gap;
            gap = 0;
          }
          newLengths[spans - 1]++;
          newCounts[buckets++] = count;
        }
      }
      return new Buckets(
          Arrays.copyOf(newOffsets, spans),
          Arrays.copyOf(newLengths, spans),
          Arrays.copyOf(newCounts, buckets));
    }
  }

  private final ProtoReader reader;
  private final IntColumn offsets = new IntColumn();
  private final IntColumn lengths = new IntColumn();
  private final LongColumn deltas = new LongColumn();
  private final LongColumn floatBits = new LongColumn();

  NativeBuckets(ProtoReader reader) {
    this.reader = reader;
  }

  void clear() {
    offsets.truncate(0);
    lengths.truncate(0);
    deltas.truncate(0);
    floatBits.truncate(0);
  }

  boolean hasSpans() {
    return offsets.size() > 0;
  }

  void readSpan() {
    int outer = reader.enter();
    int offset = 0;
    long length = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case SPAN_OFFSET -> offset = reader.sint32();
        case SPAN_LENGTH -> length = reader.varint() & 0xffffffffL;
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    if (length > BUCKETS_MAX || offsets.size() == BUCKETS_MAX) {
      throw tooMany();
    }
    offsets.add(offset);
    lengths.add((int) length);
  }

  void readDelta() {
    add(deltas, reader.sint64());
  }

  void readCount() {
    add(floatBits, reader.fixed64());
  }

  void readPackedDeltas() {
    int outer = reader.enter();
    while (reader.position() < reader.limit()) {
      readDelta();
    }
    reader.leave(outer);
  }

  void readPackedCounts() {
    int outer = reader.enter();
    while (reader.position() < reader.limit()) {
      readCount();
    }
    reader.leave(outer);
  }

  Buckets buckets(boolean isFloat) {
    double[] counts = new double[isFloat ? floatBits.size() : deltas.size()];
    long count = 0;
    for (int i = 0; i < counts.length; i++) {
      if (isFloat) {
        counts[i] = Double.longBitsToDouble(floatBits.get(i));
      } else {
        count += deltas.get(i);
        counts[i] = count;
      }
    }
    return new Buckets(
        Arrays.copyOf(offsets.array(), offsets.size()),
        Arrays.copyOf(lengths.array(), lengths.size()),
        counts);
  }

  private void add(LongColumn column, long value) {
    if (column.size() == BUCKETS_MAX) {
      throw tooMany();
    }
    column.add(value);
  }

  private RuntimeException tooMany() {
    return reader.malformed("a histogram may have at most %d buckets".formatted(BUCKETS_MAX));
  }
}
