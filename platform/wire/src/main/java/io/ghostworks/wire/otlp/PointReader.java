package io.ghostworks.wire.otlp;

import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.record.Distributions;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.wire.EntryBudget;
import io.ghostworks.wire.proto.ProtoReader;

/** Reads the data points of the five kinds of metrics, and exemplars. */
final class PointReader {
  private static final int START = 2 << 3 | ProtoReader.FIXED64;
  private static final int TIME = 3 << 3 | ProtoReader.FIXED64;
  private static final int COUNT = 4 << 3 | ProtoReader.FIXED64;
  private static final int SUM = 5 << 3 | ProtoReader.FIXED64;
  private static final int NUMBER_AS_DOUBLE = 4 << 3 | ProtoReader.FIXED64;
  private static final int NUMBER_EXEMPLAR = 5 << 3 | ProtoReader.BYTES;
  private static final int NUMBER_AS_INT = 6 << 3 | ProtoReader.FIXED64;
  private static final int NUMBER_ATTRIBUTE = 7 << 3 | ProtoReader.BYTES;
  private static final int NUMBER_FLAGS = 8 << 3 | ProtoReader.VARINT;
  private static final int HISTOGRAM_COUNTS = 6 << 3 | ProtoReader.BYTES;
  private static final int HISTOGRAM_COUNT = 6 << 3 | ProtoReader.FIXED64;
  private static final int HISTOGRAM_BOUNDS = 7 << 3 | ProtoReader.BYTES;
  private static final int HISTOGRAM_BOUND = 7 << 3 | ProtoReader.FIXED64;
  private static final int HISTOGRAM_EXEMPLAR = 8 << 3 | ProtoReader.BYTES;
  private static final int HISTOGRAM_ATTRIBUTE = 9 << 3 | ProtoReader.BYTES;
  private static final int HISTOGRAM_FLAGS = 10 << 3 | ProtoReader.VARINT;
  private static final int HISTOGRAM_MIN = 11 << 3 | ProtoReader.FIXED64;
  private static final int HISTOGRAM_MAX = 12 << 3 | ProtoReader.FIXED64;
  private static final int EXPONENTIAL_ATTRIBUTE = 1 << 3 | ProtoReader.BYTES;
  private static final int EXPONENTIAL_SCALE = 6 << 3 | ProtoReader.VARINT;
  private static final int EXPONENTIAL_ZERO_COUNT = 7 << 3 | ProtoReader.FIXED64;
  private static final int EXPONENTIAL_POSITIVE = 8 << 3 | ProtoReader.BYTES;
  private static final int EXPONENTIAL_NEGATIVE = 9 << 3 | ProtoReader.BYTES;
  private static final int EXPONENTIAL_FLAGS = 10 << 3 | ProtoReader.VARINT;
  private static final int EXPONENTIAL_EXEMPLAR = 11 << 3 | ProtoReader.BYTES;
  private static final int EXPONENTIAL_MIN = 12 << 3 | ProtoReader.FIXED64;
  private static final int EXPONENTIAL_MAX = 13 << 3 | ProtoReader.FIXED64;
  private static final int EXPONENTIAL_ZERO_THRESHOLD = 14 << 3 | ProtoReader.FIXED64;
  private static final int BUCKETS_OFFSET = 1 << 3 | ProtoReader.VARINT;
  private static final int BUCKETS_COUNTS = 2 << 3 | ProtoReader.BYTES;
  private static final int BUCKETS_COUNT = 2 << 3 | ProtoReader.VARINT;
  private static final int SUMMARY_QUANTILE = 6 << 3 | ProtoReader.BYTES;
  private static final int SUMMARY_ATTRIBUTE = 7 << 3 | ProtoReader.BYTES;
  private static final int SUMMARY_FLAGS = 8 << 3 | ProtoReader.VARINT;
  private static final int QUANTILE = 1 << 3 | ProtoReader.FIXED64;
  private static final int QUANTILE_VALUE = 2 << 3 | ProtoReader.FIXED64;
  private static final int EXEMPLAR_TIME = 2 << 3 | ProtoReader.FIXED64;
  private static final int EXEMPLAR_AS_DOUBLE = 3 << 3 | ProtoReader.FIXED64;
  private static final int EXEMPLAR_SPAN_ID = 4 << 3 | ProtoReader.BYTES;
  private static final int EXEMPLAR_TRACE_ID = 5 << 3 | ProtoReader.BYTES;
  private static final int EXEMPLAR_AS_INT = 6 << 3 | ProtoReader.FIXED64;
  private static final int EXEMPLAR_ATTRIBUTE = 7 << 3 | ProtoReader.BYTES;

  private final ProtoReader reader;
  private final AttributeReader attributes;
  private final EntryBudget budget;
  private final MetricBatch batch;
  private final LongColumn negative = new LongColumn();
  private final Ids ids = new Ids();
  private int bucketsOffset;

  // What distributions of all kinds have, of the point that is being read.
  private long start;
  private long time;
  private long count;
  private double sum;
  private double min;
  private double max;
  private int present;

  PointReader(
      ProtoReader reader, AttributeReader attributes, EntryBudget budget, MetricBatch batch) {
    this.reader = reader;
    this.attributes = attributes;
    this.budget = budget;
    this.batch = batch;
  }

  void number(int metric) {
    int outer = reader.enter();
    long pointStart = 0;
    long pointTime = 0;
    int flags = 0;
    byte kind = MetricBatch.NO_VALUE;
    long value = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case START -> pointStart = reader.fixed64();
        case TIME -> pointTime = reader.fixed64();
        case NUMBER_AS_DOUBLE -> {
          kind = MetricBatch.DOUBLE_VALUE;
          value = reader.fixed64();
        }
        case NUMBER_AS_INT -> {
          kind = MetricBatch.INT_VALUE;
          value = reader.fixed64();
        }
        case NUMBER_EXEMPLAR -> exemplar();
        case NUMBER_ATTRIBUTE -> attributes.keyValue(batch.attributes());
        case NUMBER_FLAGS -> flags = (int) reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    batch.endPoint(metric, pointStart, pointTime, flags, kind, value);
  }

  void histogram(int metric) {
    int outer = reader.enter();
    Distributions distributions = batch.distributions();
    int before = distributions.counts().size();
    beginDistribution();
    int flags = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case HISTOGRAM_COUNTS -> packedFixed64(distributions.counts());
        case HISTOGRAM_COUNT -> fixed64(distributions.counts());
        case HISTOGRAM_BOUNDS -> packedFixed64(distributions.bounds());
        case HISTOGRAM_BOUND -> fixed64(distributions.bounds());
        case HISTOGRAM_EXEMPLAR -> exemplar();
        case HISTOGRAM_ATTRIBUTE -> attributes.keyValue(batch.attributes());
        case HISTOGRAM_FLAGS -> flags = (int) reader.varint();
        case HISTOGRAM_MIN -> readMin();
        case HISTOGRAM_MAX -> readMax();
        default -> readCommon();
      }
    }
    reader.leave(outer);
    int row =
        distributions.end(
            present, count, sum, min, max, 0, 0, 0, 0, 0, distributions.counts().size() - before);
    batch.endPoint(metric, start, time, flags, MetricBatch.DISTRIBUTION, row);
  }

  void exponentialHistogram(int metric) {
    int outer = reader.enter();
    Distributions distributions = batch.distributions();
    int before = distributions.counts().size();
    negative.truncate(0);
    beginDistribution();
    int flags = 0;
    int scale = 0;
    long zeroCount = 0;
    double zeroThreshold = 0;
    int positiveOffset = 0;
    int negativeOffset = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case EXPONENTIAL_ATTRIBUTE -> attributes.keyValue(batch.attributes());
        case EXPONENTIAL_SCALE -> scale = reader.sint32();
        case EXPONENTIAL_ZERO_COUNT -> zeroCount = reader.fixed64();
        case EXPONENTIAL_POSITIVE -> {
          bucketsOffset = positiveOffset;
          buckets(distributions.counts());
          positiveOffset = bucketsOffset;
        }
        case EXPONENTIAL_NEGATIVE -> {
          bucketsOffset = negativeOffset;
          buckets(negative);
          negativeOffset = bucketsOffset;
        }
        case EXPONENTIAL_FLAGS -> flags = (int) reader.varint();
        case EXPONENTIAL_EXEMPLAR -> exemplar();
        case EXPONENTIAL_MIN -> readMin();
        case EXPONENTIAL_MAX -> readMax();
        case EXPONENTIAL_ZERO_THRESHOLD -> zeroThreshold = reader.float64();
        default -> readCommon();
      }
    }
    reader.leave(outer);
    int positiveCounts = distributions.counts().size() - before;
    for (int i = 0; i < negative.size(); i++) {
      distributions.counts().add(negative.get(i));
    }
    int row =
        distributions.end(
            present,
            count,
            sum,
            min,
            max,
            scale,
            zeroCount,
            zeroThreshold,
            positiveOffset,
            negativeOffset,
            positiveCounts);
    batch.endPoint(metric, start, time, flags, MetricBatch.DISTRIBUTION, row);
  }

  void summary(int metric) {
    int outer = reader.enter();
    Distributions distributions = batch.distributions();
    beginDistribution();
    int flags = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case SUMMARY_QUANTILE -> quantile(distributions.bounds());
        case SUMMARY_ATTRIBUTE -> attributes.keyValue(batch.attributes());
        case SUMMARY_FLAGS -> flags = (int) reader.varint();
        default -> readCommon();
      }
    }
    reader.leave(outer);
    int row = distributions.end(Distributions.HAS_SUM, count, sum, 0, 0, 0, 0, 0, 0, 0, 0);
    batch.endPoint(metric, start, time, flags, MetricBatch.DISTRIBUTION, row);
  }

  private void beginDistribution() {
    start = 0;
    time = 0;
    count = 0;
    sum = 0;
    min = 0;
    max = 0;
    present = 0;
  }

  /** Reads a field that all kinds have under the same number, or passes over an unknown one. */
  private void readCommon() {
    switch (reader.tag()) {
      case START -> start = reader.fixed64();
      case TIME -> time = reader.fixed64();
      case COUNT -> count = reader.fixed64();
      case SUM -> {
        sum = reader.float64();
        present |= Distributions.HAS_SUM;
      }
      default -> reader.skip();
    }
  }

  private void readMin() {
    min = reader.float64();
    present |= Distributions.HAS_MIN;
  }

  private void readMax() {
    max = reader.float64();
    present |= Distributions.HAS_MAX;
  }

  private void quantile(LongColumn into) {
    budget.take(1);
    int outer = reader.enter();
    long quantile = 0;
    long value = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case QUANTILE -> quantile = reader.fixed64();
        case QUANTILE_VALUE -> value = reader.fixed64();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    into.add(quantile);
    into.add(value);
  }

  private void buckets(LongColumn into) {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case BUCKETS_OFFSET -> bucketsOffset = reader.sint32();
        case BUCKETS_COUNTS -> {
          int list = reader.enter();
          while (reader.position() < reader.limit()) {
            budget.take(1);
            into.add(reader.varint());
          }
          reader.leave(list);
        }
        case BUCKETS_COUNT -> {
          budget.take(1);
          into.add(reader.varint());
        }
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private void fixed64(LongColumn into) {
    budget.take(1);
    into.add(reader.fixed64());
  }

  private void packedFixed64(LongColumn into) {
    int outer = reader.enter();
    while (reader.position() < reader.limit()) {
      fixed64(into);
    }
    reader.leave(outer);
  }

  private void exemplar() {
    budget.take(1);
    int outer = reader.enter();
    ids.reset();
    long exemplarTime = 0;
    byte kind = MetricBatch.NO_VALUE;
    long value = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case EXEMPLAR_TIME -> exemplarTime = reader.fixed64();
        case EXEMPLAR_AS_DOUBLE -> {
          kind = MetricBatch.DOUBLE_VALUE;
          value = reader.fixed64();
        }
        case EXEMPLAR_AS_INT -> {
          kind = MetricBatch.INT_VALUE;
          value = reader.fixed64();
        }
        case EXEMPLAR_SPAN_ID -> ids.readSpanId(reader);
        case EXEMPLAR_TRACE_ID -> ids.readTraceId(reader);
        case EXEMPLAR_ATTRIBUTE -> attributes.keyValue(batch.exemplars().attributes());
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    batch.exemplars().end(exemplarTime, kind, value, ids.traceIdHigh, ids.traceIdLow, ids.spanId);
  }
}
