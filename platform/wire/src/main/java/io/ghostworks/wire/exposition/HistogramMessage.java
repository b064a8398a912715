package io.ghostworks.wire.exposition;

import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.wire.histogram.HistogramRules;
import io.ghostworks.wire.histogram.NativeBuckets;
import io.ghostworks.wire.proto.ProtoReader;
import java.util.Optional;

/**
 * An {@code io.prometheus.client.Histogram}, classic and native parts. Exemplars are kept as the
 * positions of their messages. Reused from histogram to histogram.
 */
final class HistogramMessage {
  private static final int COUNT = 1 << 3 | ProtoReader.VARINT;
  private static final int SUM = 2 << 3 | ProtoReader.FIXED64;
  private static final int BUCKET = 3 << 3 | ProtoReader.BYTES;
  private static final int COUNT_FLOAT = 4 << 3 | ProtoReader.FIXED64;
  private static final int SCHEMA = 5 << 3 | ProtoReader.VARINT;
  private static final int ZERO_THRESHOLD = 6 << 3 | ProtoReader.FIXED64;
  private static final int ZERO_COUNT = 7 << 3 | ProtoReader.VARINT;
  private static final int ZERO_COUNT_FLOAT = 8 << 3 | ProtoReader.FIXED64;
  private static final int NEGATIVE_SPAN = 9 << 3 | ProtoReader.BYTES;
  private static final int NEGATIVE_DELTA = 10 << 3 | ProtoReader.VARINT;
  private static final int NEGATIVE_DELTAS = 10 << 3 | ProtoReader.BYTES;
  private static final int NEGATIVE_COUNT = 11 << 3 | ProtoReader.FIXED64;
  private static final int NEGATIVE_COUNTS = 11 << 3 | ProtoReader.BYTES;
  private static final int POSITIVE_SPAN = 12 << 3 | ProtoReader.BYTES;
  private static final int POSITIVE_DELTA = 13 << 3 | ProtoReader.VARINT;
  private static final int POSITIVE_DELTAS = 13 << 3 | ProtoReader.BYTES;
  private static final int POSITIVE_COUNT = 14 << 3 | ProtoReader.FIXED64;
  private static final int POSITIVE_COUNTS = 14 << 3 | ProtoReader.BYTES;
  private static final int START = 15 << 3 | ProtoReader.BYTES;
  private static final int EXEMPLAR = 16 << 3 | ProtoReader.BYTES;

  private static final int BUCKET_COUNT = 1 << 3 | ProtoReader.VARINT;
  private static final int BUCKET_BOUND = 2 << 3 | ProtoReader.FIXED64;
  private static final int BUCKET_EXEMPLAR = 3 << 3 | ProtoReader.BYTES;
  private static final int BUCKET_COUNT_FLOAT = 4 << 3 | ProtoReader.FIXED64;

  private static final int SCHEMA_MAX = 8;
  private static final int NOWHERE = -1;
  private static final double[] NO_BOUNDS = {};

  private final ProtoReader reader;
  private final NativeBuckets positive;
  private final NativeBuckets negative;
  private final LongColumn boundBits = new LongColumn();
  private final LongColumn countBits = new LongColumn();
  private final IntColumn bucketExemplars = new IntColumn();
  private final IntColumn exemplars = new IntColumn();
  private double count;
  private double countFloat;
  private double sum;
  private int schema;
  private double zeroThreshold;
  private double zeroCount;
  private double zeroCountFloat;
  private long startMs;

  HistogramMessage(ProtoReader reader) {
    this.reader = reader;
    this.positive = new NativeBuckets(reader);
    this.negative = new NativeBuckets(reader);
  }

  void clear() {
    positive.clear();
    negative.clear();
    boundBits.truncate(0);
    countBits.truncate(0);
    bucketExemplars.truncate(0);
    exemplars.truncate(0);
    count = 0;
    countFloat = 0;
    sum = 0;
    schema = 0;
    zeroThreshold = 0;
    zeroCount = 0;
    zeroCountFloat = 0;
    startMs = 0;
  }

  /** Reads the message at the current field. */
  void read() {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case COUNT -> count = reader.uint64AsDouble();
        case SUM -> sum = reader.float64();
        case BUCKET -> readBucket();
        case COUNT_FLOAT -> countFloat = reader.float64();
        case SCHEMA -> schema = reader.sint32();
        case ZERO_THRESHOLD -> zeroThreshold = reader.float64();
        case ZERO_COUNT -> zeroCount = reader.uint64AsDouble();
        case ZERO_COUNT_FLOAT -> zeroCountFloat = reader.float64();
        case NEGATIVE_SPAN -> negative.readSpan();
        // Senders may write repeated numbers one by one; readers of protobuf take both forms.
        case NEGATIVE_DELTA -> negative.readDelta();
        case NEGATIVE_DELTAS -> negative.readPackedDeltas();
        case NEGATIVE_COUNT -> negative.readCount();
        case NEGATIVE_COUNTS -> negative.readPackedCounts();
        case POSITIVE_SPAN -> positive.readSpan();
        case POSITIVE_DELTA -> positive.readDelta();
        case POSITIVE_DELTAS -> positive.readPackedDeltas();
        case POSITIVE_COUNT -> positive.readCount();
        case POSITIVE_COUNTS -> positive.readPackedCounts();
        case START -> startMs = ExemplarMessage.timestampMs(reader);
        case EXEMPLAR -> {
          exemplars.add(reader.position());
          reader.skip();
        }
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private void readBucket() {
    if (boundBits.size() == NativeBuckets.BUCKETS_MAX) {
      throw tooMany();
    }
    int outer = reader.enter();
    double integers = 0;
    double floats = 0;
    double bound = 0;
    int exemplar = NOWHERE;
    while (reader.next()) {
      switch (reader.tag()) {
        case BUCKET_COUNT -> integers = reader.uint64AsDouble();
        case BUCKET_BOUND -> bound = reader.float64();
        case BUCKET_EXEMPLAR -> {
          exemplar = reader.position();
          reader.skip();
        }
        case BUCKET_COUNT_FLOAT -> floats = reader.float64();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    boundBits.add(Double.doubleToRawLongBits(bound));
    countBits.add(Double.doubleToRawLongBits(floats == 0 ? integers : floats));
    bucketExemplars.add(exemplar);
  }

  /**
   * Whether it has native parts: a span, perhaps an empty one, or a zero bucket; as Prometheus
   * decides.
   */
  boolean isNative() {
    return positive.hasSpans() || negative.hasSpans() || zeroThreshold > 0 || zeroCount > 0;
  }

  /** The native histogram, without empty buckets. */
  FloatHistogram histogram(boolean gauge) {
    boolean isFloat = countFloat > 0 || zeroCountFloat > 0;
    CounterReset reset = gauge ? CounterReset.GAUGE : CounterReset.UNKNOWN;
    if (positive.isTooMany() || negative.isTooMany()) {
      throw tooMany();
    }
    NativeBuckets.Buckets up = positive.buckets(isFloat);
    NativeBuckets.Buckets down = negative.buckets(isFloat);
    Optional<String> problem =
        HistogramRules.problem(histogram(reset, isFloat, up, down), !isFloat);
    if (problem.isPresent()) {
      throw reader.malformed(problem.get());
    }
    return histogram(reset, isFloat, up.compact(), down.compact()).withSchemaAtMost(SCHEMA_MAX);
  }

  private FloatHistogram histogram(
      CounterReset reset, boolean isFloat, NativeBuckets.Buckets up, NativeBuckets.Buckets down) {
    return new FloatHistogram(
        reset,
        schema,
        zeroThreshold,
        isFloat ? zeroCountFloat : zeroCount,
        isFloat ? countFloat : count,
        sum,
        up.offsets(),
        up.lengths(),
        up.counts(),
        down.offsets(),
        down.lengths(),
        down.counts(),
        NO_BOUNDS);
  }

  /** The number of observations as classic histograms expose it. */
  double count() {
    return countFloat == 0 ? count : countFloat;
  }

  double sum() {
    return sum;
  }

  long startMs() {
    return startMs;
  }

  /** Classic buckets that are sent; the one without bound may be missing. */
  int buckets() {
    return boundBits.size();
  }

  double bound(int bucket) {
    return Double.longBitsToDouble(boundBits.get(bucket));
  }

  double cumulativeCount(int bucket) {
    return Double.longBitsToDouble(countBits.get(bucket));
  }

  /** The position of a classic bucket's exemplar, negative where it has none. */
  int bucketExemplar(int bucket) {
    return bucketExemplars.get(bucket);
  }

  /** The positions of the native histogram's exemplars: its own, otherwise its buckets'. */
  IntColumn nativeExemplars() {
    return exemplars.size() > 0 ? exemplars : bucketExemplars;
  }

  private RuntimeException tooMany() {
    return reader.malformed(
        "a histogram may have at most %d buckets".formatted(NativeBuckets.BUCKETS_MAX));
  }
}
