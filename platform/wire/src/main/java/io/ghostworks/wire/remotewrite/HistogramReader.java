package io.ghostworks.wire.remotewrite;

import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.wire.histogram.HistogramRules;
import io.ghostworks.wire.proto.ProtoReader;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code prometheus.Histogram}, or {@code io.prometheus.write.v2.Histogram} with the same
 * fields, and checks what Prometheus checks of a native histogram before it takes it. Integer
 * counts become absolute floats. Reused from histogram to histogram.
 */
final class HistogramReader {
  private static final int COUNT_INT = 1 << 3 | ProtoReader.VARINT;
  private static final int COUNT_FLOAT = 2 << 3 | ProtoReader.FIXED64;
  private static final int SUM = 3 << 3 | ProtoReader.FIXED64;
  private static final int SCHEMA = 4 << 3 | ProtoReader.VARINT;
  private static final int ZERO_THRESHOLD = 5 << 3 | ProtoReader.FIXED64;
  private static final int ZERO_COUNT_INT = 6 << 3 | ProtoReader.VARINT;
  private static final int ZERO_COUNT_FLOAT = 7 << 3 | ProtoReader.FIXED64;
  private static final int NEGATIVE_SPAN = 8 << 3 | ProtoReader.BYTES;
  private static final int NEGATIVE_DELTA = 9 << 3 | ProtoReader.VARINT;
  private static final int NEGATIVE_DELTAS = 9 << 3 | ProtoReader.BYTES;
  private static final int NEGATIVE_COUNT = 10 << 3 | ProtoReader.FIXED64;
  private static final int NEGATIVE_COUNTS = 10 << 3 | ProtoReader.BYTES;
  private static final int POSITIVE_SPAN = 11 << 3 | ProtoReader.BYTES;
  private static final int POSITIVE_DELTA = 12 << 3 | ProtoReader.VARINT;
  private static final int POSITIVE_DELTAS = 12 << 3 | ProtoReader.BYTES;
  private static final int POSITIVE_COUNT = 13 << 3 | ProtoReader.FIXED64;
  private static final int POSITIVE_COUNTS = 13 << 3 | ProtoReader.BYTES;
  private static final int RESET_HINT = 14 << 3 | ProtoReader.VARINT;
  private static final int TIMESTAMP = 15 << 3 | ProtoReader.VARINT;
  private static final int CUSTOM_VALUE = 16 << 3 | ProtoReader.FIXED64;
  private static final int CUSTOM_VALUES = 16 << 3 | ProtoReader.BYTES;
  private static final int START_TIMESTAMP = 17 << 3 | ProtoReader.VARINT;
  private static final int SPAN_OFFSET = 1 << 3 | ProtoReader.VARINT;
  private static final int SPAN_LENGTH = 2 << 3 | ProtoReader.VARINT;
  private static final int SCHEMA_MAX = 8;

  private final ProtoReader reader;
  private final Side positive = new Side();
  private final Side negative = new Side();
  private final LongColumn customBounds = new LongColumn();
  private long timestampMs;
  private long startTimestampMs;
  private String problem = "";

  /** The buckets of one sign. */
  private static final class Side {
    private final IntColumn spanOffsets = new IntColumn();
    private final LongColumn spanLengths = new LongColumn();
    private final LongColumn deltas = new LongColumn();
    private final LongColumn floatBits = new LongColumn();

    void clear() {
      spanOffsets.truncate(0);
      spanLengths.truncate(0);
      deltas.truncate(0);
      floatBits.truncate(0);
    }

    double[] counts(boolean isFloat) {
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
      return counts;
    }

    int[] offsets() {
      return Arrays.copyOf(spanOffsets.array(), spanOffsets.size());
    }

    int[] lengths() {
      int[] lengths = new int[spanLengths.size()];
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = (int) spanLengths.get(i);
      }
      return lengths;
    }
  }

  HistogramReader(ProtoReader reader) {
    this.reader = reader;
  }

  long timestampMs() {
    return timestampMs;
  }

  /** When the histogram began to count, or 0; version 1.0 has no such field. */
  long startTimestampMs() {
    return startTimestampMs;
  }

  /** Why the histogram read last was refused. */
  String problem() {
    return problem;
  }

  /** Reads the fields of the message entered; null if it is no valid histogram. */
  @Nullable FloatHistogram read() {
    positive.clear();
    negative.clear();
    customBounds.truncate(0);
    timestampMs = 0;
    startTimestampMs = 0;
    boolean isFloat = false;
    double count = 0;
    double zeroCount = 0;
    double sum = 0;
    double zeroThreshold = 0;
    int schema = 0;
    int hint = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case COUNT_INT -> {
          isFloat = false;
          count = unsigned(reader.varint());
        }
        case COUNT_FLOAT -> {
          isFloat = true;
          count = reader.float64();
        }
        case SUM -> sum = reader.float64();
        case SCHEMA -> schema = reader.sint32();
        case ZERO_THRESHOLD -> zeroThreshold = reader.float64();
        case ZERO_COUNT_INT -> zeroCount = unsigned(reader.varint());
        case ZERO_COUNT_FLOAT -> zeroCount = reader.float64();
        case NEGATIVE_SPAN -> span(negative);
        // Senders may write repeated numbers one by one; readers of protobuf take both forms.
        case NEGATIVE_DELTA -> negative.deltas.add(reader.sint64());
        case NEGATIVE_COUNT -> negative.floatBits.add(reader.fixed64());
        case POSITIVE_DELTA -> positive.deltas.add(reader.sint64());
        case POSITIVE_COUNT -> positive.floatBits.add(reader.fixed64());
        case CUSTOM_VALUE -> customBounds.add(reader.fixed64());
        case NEGATIVE_DELTAS -> packedSint64(negative.deltas);
        case NEGATIVE_COUNTS -> packedFixed64(negative.floatBits);
        case POSITIVE_SPAN -> span(positive);
        case POSITIVE_DELTAS -> packedSint64(positive.deltas);
        case POSITIVE_COUNTS -> packedFixed64(positive.floatBits);
        case RESET_HINT -> hint = (int) reader.varint();
        case TIMESTAMP -> timestampMs = reader.varint();
        case CUSTOM_VALUES -> packedFixed64(customBounds);
        case START_TIMESTAMP -> startTimestampMs = reader.varint();
        default -> reader.skip();
      }
    }
    if (Samples.isStale(sum)) {
      return FloatHistogram.stale();
    }
    FloatHistogram histogram =
        histogram(isFloat, hint, schema, zeroThreshold, zeroCount, count, sum);
    Optional<String> broken = HistogramRules.problem(histogram, !isFloat);
    problem = broken.orElse("");
    return broken.isEmpty() ? histogram.withSchemaAtMost(SCHEMA_MAX) : null;
  }

  private FloatHistogram histogram(
      boolean isFloat,
      int hint,
      int schema,
      double zeroThreshold,
      double zeroCount,
      double count,
      double sum) {
    double[] bounds = new double[customBounds.size()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = Double.longBitsToDouble(customBounds.get(i));
    }
    return new FloatHistogram(
        switch (hint) {
          case 1 -> FloatHistogram.CounterReset.RESET;
          case 2 -> FloatHistogram.CounterReset.NOT_RESET;
          case 3 -> FloatHistogram.CounterReset.GAUGE;
          default -> FloatHistogram.CounterReset.UNKNOWN;
        },
        schema,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        positive.offsets(),
        positive.lengths(),
        positive.counts(isFloat),
        negative.offsets(),
        negative.lengths(),
        negative.counts(isFloat),
        bounds);
  }

  private void span(Side side) {
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
    side.spanOffsets.add(offset);
    side.spanLengths.add(length);
  }

  private void packedSint64(LongColumn into) {
    int outer = reader.enter();
    while (reader.position() < reader.limit()) {
      into.add(reader.sint64());
    }
    reader.leave(outer);
  }

  private void packedFixed64(LongColumn into) {
    int outer = reader.enter();
    while (reader.position() < reader.limit()) {
      into.add(reader.fixed64());
    }
    reader.leave(outer);
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
  }
}
