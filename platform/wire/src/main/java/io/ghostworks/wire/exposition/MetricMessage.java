package io.ghostworks.wire.exposition;

import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.wire.label.LabelPacker;
import io.ghostworks.wire.proto.ProtoReader;

/**
 * An {@code io.prometheus.client.Metric}: a label set with what its family's type makes of it.
 * Reused from metric to metric.
 */
final class MetricMessage {
  /** Labels of one metric; more are no metric of anything sensible. */
  private static final int LABELS_MAX = 1024;

  /** Quantiles of one summary; more are no summary of anything sensible. */
  private static final int QUANTILES_MAX = 1 << 16;

  private static final int LABEL = 1 << 3 | ProtoReader.BYTES;
  private static final int GAUGE = 2 << 3 | ProtoReader.BYTES;
  private static final int COUNTER = 3 << 3 | ProtoReader.BYTES;
  private static final int SUMMARY = 4 << 3 | ProtoReader.BYTES;
  private static final int UNTYPED = 5 << 3 | ProtoReader.BYTES;
  private static final int TIMESTAMP = 6 << 3 | ProtoReader.VARINT;
  private static final int HISTOGRAM = 7 << 3 | ProtoReader.BYTES;

  private static final int LABEL_NAME = 1 << 3 | ProtoReader.BYTES;
  private static final int LABEL_VALUE = 2 << 3 | ProtoReader.BYTES;
  private static final int VALUE = 1 << 3 | ProtoReader.FIXED64;
  private static final int COUNTER_EXEMPLAR = 2 << 3 | ProtoReader.BYTES;
  private static final int COUNTER_START = 3 << 3 | ProtoReader.BYTES;
  private static final int SUMMARY_COUNT = 1 << 3 | ProtoReader.VARINT;
  private static final int SUMMARY_SUM = 2 << 3 | ProtoReader.FIXED64;
  private static final int SUMMARY_QUANTILE = 3 << 3 | ProtoReader.BYTES;
  private static final int SUMMARY_START = 4 << 3 | ProtoReader.BYTES;
  private static final int QUANTILE = 1 << 3 | ProtoReader.FIXED64;
  private static final int QUANTILE_VALUE = 2 << 3 | ProtoReader.FIXED64;
  private static final int NOWHERE = -1;

  private final ProtoReader reader;
  private final HistogramMessage histogram;
  private final IntColumn labels = new IntColumn();
  private final LongColumn quantileBits = new LongColumn();
  private final LongColumn quantileValueBits = new LongColumn();
  private double gauge;
  private double counter;
  private double untyped;
  private double summaryCount;
  private double summarySum;
  private long counterStartMs;
  private long summaryStartMs;
  private int counterExemplar;
  private long timestampMs;

  MetricMessage(ProtoReader reader) {
    this.reader = reader;
    this.histogram = new HistogramMessage(reader);
  }

  /** Reads the message whose length stands at a position. */
  void read(int position) {
    clear();
    reader.rewind(position);
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case LABEL -> readLabel();
        case GAUGE -> gauge = value(gauge);
        case COUNTER -> readCounter();
        case SUMMARY -> readSummary();
        case UNTYPED -> untyped = value(untyped);
        case TIMESTAMP -> timestampMs = reader.varint();
        case HISTOGRAM -> histogram.read();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private void clear() {
    labels.truncate(0);
    quantileBits.truncate(0);
    quantileValueBits.truncate(0);
    histogram.clear();
    gauge = 0;
    counter = 0;
    untyped = 0;
    summaryCount = 0;
    summarySum = 0;
    counterStartMs = 0;
    summaryStartMs = 0;
    counterExemplar = NOWHERE;
    timestampMs = 0;
  }

  private void readLabel() {
    if (labels.size() == 4 * LABELS_MAX) {
      throw reader.malformed("a metric may have at most %d labels".formatted(LABELS_MAX));
    }
    int name = 0;
    int nameLength = 0;
    int value = 0;
    int valueLength = 0;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case LABEL_NAME -> {
          nameLength = reader.length();
          name = reader.position();
          reader.skipBytes(nameLength);
        }
        case LABEL_VALUE -> {
          valueLength = reader.length();
          value = reader.position();
          reader.skipBytes(valueLength);
        }
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    labels.add(name);
    labels.add(nameLength);
    labels.add(value);
    labels.add(valueLength);
  }

  private double value(double before) {
    double value = before;
    int outer = reader.enter();
    while (reader.next()) {
      if (reader.tag() == VALUE) {
        value = reader.float64();
      } else {
        reader.skip();
      }
    }
    reader.leave(outer);
    return value;
  }

  private void readCounter() {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case VALUE -> counter = reader.float64();
        case COUNTER_EXEMPLAR -> {
          counterExemplar = reader.position();
          reader.skip();
        }
        case COUNTER_START -> counterStartMs = ExemplarMessage.timestampMs(reader);
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private void readSummary() {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case SUMMARY_COUNT -> summaryCount = reader.uint64AsDouble();
        case SUMMARY_SUM -> summarySum = reader.float64();
        case SUMMARY_QUANTILE -> readQuantile();
        case SUMMARY_START -> summaryStartMs = ExemplarMessage.timestampMs(reader);
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private void readQuantile() {
    if (quantileBits.size() == QUANTILES_MAX) {
      throw reader.malformed("a summary may have at most %d quantiles".formatted(QUANTILES_MAX));
    }
    long quantile = 0;
    long value = 0;
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case QUANTILE -> quantile = reader.fixed64();
        case QUANTILE_VALUE -> value = reader.fixed64();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    quantileBits.add(quantile);
    quantileValueBits.add(value);
  }

  /** Adds the labels, without looking whether a name comes twice. */
  void addLabelsTo(LabelPacker packer) {
    byte[] bytes = reader.bytes();
    for (int i = 0; i < labels.size(); i += 4) {
      packer.add(
          bytes, labels.get(i), labels.get(i + 1), bytes, labels.get(i + 2), labels.get(i + 3));
    }
  }

  HistogramMessage histogram() {
    return histogram;
  }

  /** The value of a metric that is one sample. */
  double value(MetricType type) {
    return switch (type) {
      case COUNTER -> counter;
      case GAUGE -> gauge;
      case UNKNOWN, HISTOGRAM, GAUGEHISTOGRAM, SUMMARY, INFO, STATESET -> untyped;
    };
  }

  /** When the metric began to count, in milliseconds, or 0. */
  long startMs(MetricType type) {
    return switch (type) {
      case COUNTER -> counterStartMs;
      case SUMMARY -> summaryStartMs;
      case HISTOGRAM, GAUGEHISTOGRAM -> histogram.startMs();
      case UNKNOWN, GAUGE, INFO, STATESET -> 0;
    };
  }

  /** Milliseconds since the epoch; 0 where it has none, which protobuf does not tell apart. */
  long timestampMs() {
    return timestampMs;
  }

  /** The position of the counter's exemplar, negative where it has none. */
  int counterExemplar() {
    return counterExemplar;
  }

  double summaryCount() {
    return summaryCount;
  }

  double summarySum() {
    return summarySum;
  }

  int quantiles() {
    return quantileBits.size();
  }

  double quantile(int index) {
    return Double.longBitsToDouble(quantileBits.get(index));
  }

  double quantileValue(int index) {
    return Double.longBitsToDouble(quantileValueBits.get(index));
  }
}
