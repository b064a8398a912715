package io.ghostworks.wire.otlp;

import io.ghostworks.model.record.DetectedLevel;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.proto.ProtoWriter;

/** Writes log records as {@code LogsData}. */
final class LogWriter {
  private final LogBatch batch;
  private final EnvelopeWriter envelope;
  private final ProtoWriter out;

  private LogWriter(LogBatch batch) {
    this.batch = batch;
    this.envelope = new EnvelopeWriter(batch.arena(), batch.resources(), batch.scopes());
    this.out = envelope.out();
  }

  static ProtoWriter write(LogBatch batch) {
    LogWriter writer = new LogWriter(batch);
    return writer.envelope.write(batch.rows(), batch::resource, batch::scope, writer::logRecord);
  }

  /** Where a row's attributes end without the level that was found here. */
  private int sentAttributesEnd(int row) {
    int end = batch.attributes().end(row);
    boolean found =
        (batch.flags(row) & LogBatch.LEVEL_FOUND) != 0
            && end > batch.attributes().start(row)
            && batch.attributes().key(end - 1).equals(DetectedLevel.NAME);
    return found ? end - 1 : end;
  }

  private void logRecord(int row) {
    int start = out.begin(2);
    boolean observed = (batch.flags(row) & LogBatch.TIME_OBSERVED) != 0;
    out.fixed64(1, observed ? 0 : batch.timeNanos(row));
    out.uint(2, batch.severityNumber(row));
    envelope.text(3, batch.severityText(row));
    if (batch.body().type(row) != ValueColumn.NONE) {
      envelope.value(5, batch.body(), row);
    }
    envelope.attributes(6, batch.attributes(), row, sentAttributesEnd(row));
    out.uint(7, batch.droppedAttributesCount(row) & 0xffffffffL);
    out.fixed32(8, batch.flags(row) & ~LogBatch.OWN_FLAGS);
    if ((batch.flags(row) & LogBatch.CONTEXT_FOUND) == 0) {
      envelope.traceId(9, batch.traceIdHigh(row), batch.traceIdLow(row));
      envelope.spanId(10, batch.spanId(row));
    }
    out.fixed64(11, batch.observedNanos(row));
    envelope.text(12, batch.eventName(row));
    out.end(start);
  }
}
