package io.ghostworks.wire.histogram;

import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.wire.proto.ProtoReader;
import java.util.Arrays;

/**
 * The native buckets of one sign as the protobuf forms of histograms have them: spans, and either
 * differences of integers or floats. Reused from histogram to histogram.
 */
public final class NativeBuckets {
  /** More buckets, or spans of them, are no histogram of anything sensible. */
  public static final int BUCKETS_MAX = 1 << 16;

  private static final int SPAN_OFFSET = 1 << 3 | ProtoReader.VARINT;
  private static final int SPAN_LENGTH = 2 << 3 | ProtoReader.VARINT;

  /** Spans and counts, as a histogram has them; span lengths are unsigned, as they were sent. */
  public record Buckets(int[] offsets, int[] lengths, double[] counts) {

    /**
     * Without the empty buckets, in the fewest spans (Prometheus model/histogram, {@code
     * compactBuckets} with no empty buckets allowed).
     */
    public Buckets compact() {
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
  private boolean tooMany;

  public NativeBuckets(ProtoReader reader) {
    this.reader = reader;
  }

  public void clear() {
    offsets.truncate(0);
    lengths.truncate(0);
    deltas.truncate(0);
    floatBits.truncate(0);
    tooMany = false;
  }

  /** Whether some were left out since there are more than {@link #BUCKETS_MAX}. */
  public boolean isTooMany() {
    return tooMany;
  }

  public boolean hasSpans() {
    return offsets.size() > 0;
  }

  public void readSpan() {
    int outer = reader.enter();
    int offset = 0;
    int length = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case SPAN_OFFSET -> offset = reader.sint32();
        case SPAN_LENGTH -> length = (int) reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    if (offsets.size() == BUCKETS_MAX) {
      tooMany = true;
    } else {
      offsets.add(offset);
      lengths.add(length);
    }
  }

  public void readDelta() {
    add(deltas, reader.sint64());
  }

  public void readCount() {
    add(floatBits, reader.fixed64());
  }

  public void readPackedDeltas() {
    int outer = reader.enter();
    while (reader.position() < reader.limit()) {
      readDelta();
    }
    reader.leave(outer);
  }

  public void readPackedCounts() {
    int outer = reader.enter();
    while (reader.position() < reader.limit()) {
      readCount();
    }
    reader.leave(outer);
  }

  public Buckets buckets(boolean isFloat) {
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
      tooMany = true;
    } else {
      column.add(value);
    }
  }
}
