package io.ghostworks.wire.otlp;

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

  private void logRecord(int row) {
    int start = out.begin(2);
    out.fixed64(1, batch.timeNanos(row));
    out.uint(2, batch.severityNumber(row));
    envelope.text(3, batch.severityText(row));
    if (batch.body().type(row) != ValueColumn.NONE) {
      envelope.value(5, batch.body(), row);
    }
    envelope.attributes(6, batch.attributes(), row);
    out.uint(7, batch.droppedAttributesCount(row) & 0xffffffffL);
    out.fixed32(8, batch.flags(row));
    envelope.traceId(9, batch.traceIdHigh(row), batch.traceIdLow(row));
    envelope.spanId(10, batch.spanId(row));
    out.fixed64(11, batch.observedNanos(row));
    envelope.text(12, batch.eventName(row));
    out.end(start);
  }
}
