package io.ghostworks.wire.remotewrite;

import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.wire.histogram.HistogramRules;
import io.ghostworks.wire.histogram.NativeBuckets;
import io.ghostworks.wire.proto.ProtoReader;
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
  private static final int SCHEMA_MAX = 8;

  private final ProtoReader reader;
  private final NativeBuckets positive;
  private final NativeBuckets negative;
  private final LongColumn customBounds = new LongColumn();
  private long timestampMs;
  private long startTimestampMs;
  private boolean tooMany;
  private String problem = "";

  HistogramReader(ProtoReader reader) {
    this.reader = reader;
    this.positive = new NativeBuckets(reader);
    this.negative = new NativeBuckets(reader);
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
    tooMany = false;
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
          count = reader.uint64AsDouble();
        }
        case COUNT_FLOAT -> {
          isFloat = true;
          count = reader.float64();
        }
        case SUM -> sum = reader.float64();
        case SCHEMA -> schema = reader.sint32();
        case ZERO_THRESHOLD -> zeroThreshold = reader.float64();
        case ZERO_COUNT_INT -> zeroCount = reader.uint64AsDouble();
        case ZERO_COUNT_FLOAT -> zeroCount = reader.float64();
        case NEGATIVE_SPAN -> negative.readSpan();
        // Senders may write repeated numbers one by one; readers of protobuf take both forms.
        case NEGATIVE_DELTA -> negative.readDelta();
        case NEGATIVE_COUNT -> negative.readCount();
        case POSITIVE_DELTA -> positive.readDelta();
        case POSITIVE_COUNT -> positive.readCount();
        case CUSTOM_VALUE -> customBound();
        case NEGATIVE_DELTAS -> negative.readPackedDeltas();
        case NEGATIVE_COUNTS -> negative.readPackedCounts();
        case POSITIVE_SPAN -> positive.readSpan();
        case POSITIVE_DELTAS -> positive.readPackedDeltas();
        case POSITIVE_COUNTS -> positive.readPackedCounts();
        case RESET_HINT -> hint = (int) reader.varint();
        case TIMESTAMP -> timestampMs = reader.varint();
        case CUSTOM_VALUES -> packedCustomBounds();
        case START_TIMESTAMP -> startTimestampMs = reader.varint();
        default -> reader.skip();
      }
    }
    if (Samples.isStale(sum)) {
      return FloatHistogram.stale();
    }
    if (tooMany || positive.isTooMany() || negative.isTooMany()) {
      problem = "a histogram may have at most %d buckets".formatted(NativeBuckets.BUCKETS_MAX);
      return null;
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
    NativeBuckets.Buckets up = positive.buckets(isFloat);
    NativeBuckets.Buckets down = negative.buckets(isFloat);
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
        up.offsets(),
        up.lengths(),
        up.counts(),
        down.offsets(),
        down.lengths(),
        down.counts(),
        bounds);
  }

  private void customBound() {
    long bits = reader.fixed64();
    if (customBounds.size() == NativeBuckets.BUCKETS_MAX) {
      tooMany = true;
    } else {
      customBounds.add(bits);
    }
  }

  private void packedCustomBounds() {
    int outer = reader.enter();
    while (reader.position() < reader.limit()) {
      customBound();
    }
    reader.leave(outer);
  }
}
