package io.ghostworks.wire.otlp;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.MetricTable;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.EntryBudget;
import io.ghostworks.wire.RejectionTally;
import io.ghostworks.wire.proto.ProtoReader;

/**
 * Reads one {@code ExportMetricsServiceRequest} into a batch. A metric is walked twice, as its data
 * may stand before its name; of several data fields the last counts, as protobuf prescribes for a
 * oneof.
 */
final class MetricReader {
  private static final int NAME = 1 << 3 | ProtoReader.BYTES;
  private static final int DESCRIPTION = 2 << 3 | ProtoReader.BYTES;
  private static final int UNIT = 3 << 3 | ProtoReader.BYTES;
  private static final int GAUGE = 5 << 3 | ProtoReader.BYTES;
  private static final int SUM = 7 << 3 | ProtoReader.BYTES;
  private static final int HISTOGRAM = 9 << 3 | ProtoReader.BYTES;
  private static final int EXPONENTIAL_HISTOGRAM = 10 << 3 | ProtoReader.BYTES;
  private static final int SUMMARY = 11 << 3 | ProtoReader.BYTES;
  private static final int METADATA = 12 << 3 | ProtoReader.BYTES;
  private static final int POINT = 1 << 3 | ProtoReader.BYTES;
  private static final int TEMPORALITY = 2 << 3 | ProtoReader.VARINT;
  private static final int MONOTONIC = 3 << 3 | ProtoReader.VARINT;

  private final MetricBatch batch = new MetricBatch();
  private final RejectionTally rejections = new RejectionTally();
  private final ProtoReader reader;
  private final OtlpLimits limits;
  private final EntryBudget budget;
  private final AttributeReader attributes;
  private final PointReader points;
  private int temporality;
  private boolean monotonic;

  MetricReader(ProtoReader reader, OtlpLimits limits) {
    this.reader = reader;
    this.limits = limits;
    this.budget = new EntryBudget(limits.entriesMax());
    this.attributes = new AttributeReader(reader, batch.keys(), batch.arena(), budget);
    this.points = new PointReader(reader, attributes, budget, batch);
  }

  Decoded<MetricBatch> read() {
    new EnvelopeReader(reader, attributes, batch.resources(), batch.scopes(), budget, this::metric)
        .read();
    return new Decoded<>(batch, rejections.toList());
  }

  private void metric(int resource, int scope) {
    budget.take(1);
    int outer = reader.enter();
    int start = reader.position();
    long name = ByteArena.EMPTY;
    long description = ByteArena.EMPTY;
    long unit = ByteArena.EMPTY;
    int dataTag = 0;
    int dataStart = 0;
    temporality = MetricTable.UNSPECIFIED;
    monotonic = false;
    int before = start;
    while (reader.next()) {
      switch (reader.tag()) {
        case NAME -> name = attributes.text();
        case DESCRIPTION -> description = attributes.text();
        case UNIT -> unit = attributes.text();
        case METADATA -> attributes.keyValue(batch.metrics().metadata());
        case GAUGE, SUM, HISTOGRAM, EXPONENTIAL_HISTOGRAM, SUMMARY -> {
          if (reader.tag() != dataTag) {
            dataTag = reader.tag();
            dataStart = before;
            temporality = MetricTable.UNSPECIFIED;
            monotonic = false;
          }
          dataDescription();
        }
        default -> reader.skip();
      }
      before = reader.position();
    }
    if (dataTag == 0) {
      batch.metrics().metadata().dropOpenRow();
    } else {
      int metric =
          batch
              .metrics()
              .end(resource, scope, name, description, unit, kind(dataTag), temporality, monotonic);
      reader.rewind(dataStart);
      while (reader.next()) {
        if (reader.tag() == dataTag) {
          points(metric, dataTag);
        } else {
          reader.skip();
        }
      }
    }
    reader.leave(outer);
  }

  private static MetricTable.Kind kind(int dataTag) {
    return switch (dataTag) {
      case GAUGE -> MetricTable.Kind.GAUGE;
      case SUM -> MetricTable.Kind.SUM;
      case HISTOGRAM -> MetricTable.Kind.HISTOGRAM;
      case EXPONENTIAL_HISTOGRAM -> MetricTable.Kind.EXPONENTIAL_HISTOGRAM;
      default -> MetricTable.Kind.SUMMARY;
    };
  }

  private void dataDescription() {
    int outer = reader.enter();
    while (reader.next()) {
      switch (reader.tag()) {
        case TEMPORALITY -> temporality = (int) reader.varint();
        case MONOTONIC -> monotonic = reader.varint() != 0;
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    if (temporality < 0 || temporality > MetricTable.CUMULATIVE) {
      temporality = MetricTable.UNSPECIFIED;
    }
  }

  private void points(int metric, int dataTag) {
    int outer = reader.enter();
    while (reader.next()) {
      if (reader.tag() != POINT) {
        reader.skip();
      } else if (batch.points() >= limits.rowsMax()) {
        rejections.add(
            Reason.LIMIT_EXCEEDED,
            () -> "a request may have at most %d data points".formatted(limits.rowsMax()));
        reader.skip();
      } else {
        switch (dataTag) {
          case GAUGE, SUM -> points.number(metric);
          case HISTOGRAM -> points.histogram(metric);
          case EXPONENTIAL_HISTOGRAM -> points.exponentialHistogram(metric);
          default -> points.summary(metric);
        }
      }
    }
    reader.leave(outer);
  }
}
