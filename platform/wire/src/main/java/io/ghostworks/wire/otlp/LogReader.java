package io.ghostworks.wire.otlp;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.EntryBudget;
import io.ghostworks.wire.RejectionTally;
import io.ghostworks.wire.proto.ProtoReader;

/**
 * Reads one {@code ExportLogsServiceRequest} into a batch whose rows are all of stream 0, which is
 * not there yet: the mapping to streams follows. Ids that are not whole count as absent, as the
 * protocol's comments ask for.
 */
final class LogReader {
  private static final int TIME = 1 << 3 | ProtoReader.FIXED64;
  private static final int SEVERITY_NUMBER = 2 << 3 | ProtoReader.VARINT;
  private static final int SEVERITY_TEXT = 3 << 3 | ProtoReader.BYTES;
  private static final int BODY = 5 << 3 | ProtoReader.BYTES;
  private static final int ATTRIBUTE = 6 << 3 | ProtoReader.BYTES;
  private static final int DROPPED_ATTRIBUTES = 7 << 3 | ProtoReader.VARINT;
  private static final int FLAGS = 8 << 3 | ProtoReader.FIXED32;
  private static final int TRACE_ID = 9 << 3 | ProtoReader.BYTES;
  private static final int SPAN_ID = 10 << 3 | ProtoReader.BYTES;
  private static final int OBSERVED_TIME = 11 << 3 | ProtoReader.FIXED64;
  private static final int EVENT_NAME = 12 << 3 | ProtoReader.BYTES;
  private static final int SEVERITY_MAX = 24;

  private final LogBatch batch = new LogBatch();
  private final RejectionTally rejections = new RejectionTally();
  private final ProtoReader reader;
  private final OtlpLimits limits;
  private final EntryBudget budget;
  private final AttributeReader attributes;
  private final Ids ids = new Ids();

  LogReader(ProtoReader reader, OtlpLimits limits) {
    this.reader = reader;
    this.limits = limits;
    this.budget = new EntryBudget(limits.entriesMax());
    this.attributes = new AttributeReader(reader, batch.keys(), batch.arena(), budget);
  }

  Decoded<LogBatch> read() {
    new EnvelopeReader(
            reader, attributes, batch.resources(), batch.scopes(), budget, this::logRecord)
        .read();
    return new Decoded<>(batch, rejections.toList());
  }

  private void logRecord(int resource, int scope) {
    if (batch.rows() >= limits.rowsMax()) {
      rejections.add(
          Reason.LIMIT_EXCEEDED,
          () -> "a request may have at most %d log records".formatted(limits.rowsMax()));
      reader.skip();
      return;
    }
    int outer = reader.enter();
    ids.reset();
    long time = 0;
    long observed = 0;
    int severity = 0;
    long severityText = ByteArena.EMPTY;
    long eventName = ByteArena.EMPTY;
    int flags = 0;
    int dropped = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case TIME -> time = reader.fixed64();
        case SEVERITY_NUMBER -> severity = (int) reader.varint();
        case SEVERITY_TEXT -> severityText = attributes.text();
        case BODY -> body();
        case ATTRIBUTE -> attributes.keyValue(batch.attributes());
        case DROPPED_ATTRIBUTES -> dropped = (int) reader.varint();
        case FLAGS -> flags = reader.fixed32() & ~LogBatch.OWN_FLAGS;
        case TRACE_ID -> ids.readTraceId(reader);
        case SPAN_ID -> ids.readSpanId(reader);
        case OBSERVED_TIME -> observed = reader.fixed64();
        case EVENT_NAME -> eventName = attributes.text();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    if (batch.body().size() == batch.rows()) {
      batch.body().addNone();
    }
    if (severity < 0 || severity > SEVERITY_MAX) {
      int got = severity;
      batch.dropOpenRow();
      rejections.add(
          Reason.INVALID_ROW,
          () -> "severity_number must be 0 to %d, got %d".formatted(SEVERITY_MAX, got));
      return;
    }
    batch.endRow(
        resource,
        scope,
        0,
        time,
        observed,
        severity,
        severityText,
        eventName,
        ids.traceIdHigh,
        ids.traceIdLow,
        ids.spanId,
        flags,
        dropped);
  }

  /** The last of several bodies counts. */
  private void body() {
    int row = batch.rows();
    attributes.body(batch.body());
    if (batch.body().size() > row + 1) {
      batch.body().set(row, batch.body().type(row + 1), batch.body().payload(row + 1));
      batch.body().dropLast();
    }
  }
}
