package io.ghostworks.records.batch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.records.column.AttributeKinds;
import io.ghostworks.records.column.AttributeShapes;
import io.ghostworks.records.column.Blob;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.column.ColumnSink;
import io.ghostworks.records.column.Vector;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;

/** Log records as the columns of a block. */
final class LogColumns {

  private LogColumns() {}

  static void put(LogBatch batch, ColumnSink sink) {
    int rows = batch.rows();
    ByteArena arena = batch.arena();
    sink.keys(batch.keys());
    BytesOutput envelope = new BytesOutput(4096, Blob.BYTES_MAX);
    EnvelopeCodec.putResources(envelope, batch.resources(), arena);
    EnvelopeCodec.putScopes(envelope, batch.scopes(), arena);
    LogSchema.putStreams(envelope, batch.streams());
    sink.bytes(ColumnKind.ENVELOPE, envelope);
    RowColumns.putLongs(sink, ColumnKind.RESOURCE, rows, batch::resource);
    RowColumns.putLongs(sink, ColumnKind.SCOPE, rows, batch::scope);
    RowColumns.putLongs(sink, ColumnKind.STREAM, rows, batch::stream);
    RowColumns.putLongs(sink, ColumnKind.TIME, rows, batch::timeNanos);
    RowColumns.putLongs(
        sink,
        ColumnKind.OBSERVED,
        rows,
        row -> sinceTime(batch.observedNanos(row), batch.timeNanos(row)));
    RowColumns.putLongs(sink, ColumnKind.SEVERITY, rows, batch::severityNumber);
    RowColumns.putTexts(sink, ColumnKind.SEVERITY_TEXT, arena, rows, batch::severityText);
    RowColumns.putTexts(sink, ColumnKind.EVENT_NAME, arena, rows, batch::eventName);
    RowColumns.putTraces(
        sink, rows, batch::traceIdHigh, batch::traceIdLow, batch::timeNanos, batch::timeNanos);
    RowColumns.putLongs(sink, ColumnKind.SPAN_ID, rows, batch::spanId);
    RowColumns.putLongs(sink, ColumnKind.FLAGS, rows, batch::flags);
    RowColumns.putLongs(sink, ColumnKind.DROPPED_ATTRIBUTES, rows, batch::droppedAttributesCount);
    BodyColumns.put(batch.body(), rows, sink);
    AttributeShapes.put(batch.attributes(), AttributeKinds.OF_ROWS, sink);
  }

  /** 0 if it is unknown; the difference if that is negative; else one more than it. */
  private static long sinceTime(long observed, long time) {
    long difference = observed - time;
    return observed == 0 ? 0 : difference < 0 ? difference : difference + 1;
  }

  private static long observed(long sinceTime, long time) {
    return sinceTime == 0 ? 0 : time + (sinceTime < 0 ? sinceTime : sinceTime - 1);
  }

  static LogBatch get(ColumnBlock block, int[] rows, ColumnSet wanted) throws DamagedDataException {
    LogBatch batch = new LogBatch();
    ByteArena arena = batch.arena();
    RowColumns.keys(block, batch.keys());
    BytesInput envelope = wanted.hasEnvelope() ? block.bytes(ColumnKind.ENVELOPE) : null;
    if (envelope != null) {
      EnvelopeCodec.resources(envelope, batch.resources(), arena);
      EnvelopeCodec.scopes(envelope, batch.scopes(), arena);
      LogSchema.streams(envelope, batch.streams());
    }
    Vector resource =
        RowColumns.numbers(block, ColumnKind.RESOURCE, wanted, batch.resources().size());
    Vector scope = RowColumns.numbers(block, ColumnKind.SCOPE, wanted, batch.scopes().size());
    Vector stream = RowColumns.numbers(block, ColumnKind.STREAM, wanted, batch.streams().size());
    Vector time = RowColumns.longs(block, ColumnKind.TIME, wanted, rows);
    Vector observed = RowColumns.longs(block, ColumnKind.OBSERVED, wanted, rows);
    Vector severity = RowColumns.longs(block, ColumnKind.SEVERITY, wanted, rows);
    RowColumns.Texts severityText =
        RowColumns.texts(block, ColumnKind.SEVERITY_TEXT, wanted, rows, arena);
    RowColumns.Texts eventName =
        RowColumns.texts(block, ColumnKind.EVENT_NAME, wanted, rows, arena);
    Vector trace = RowColumns.longs(block, ColumnKind.TRACE, wanted, rows);
    Vector spanId = RowColumns.longs(block, ColumnKind.SPAN_ID, wanted, rows);
    Vector flags = RowColumns.longs(block, ColumnKind.FLAGS, wanted, rows);
    Vector dropped = RowColumns.longs(block, ColumnKind.DROPPED_ATTRIBUTES, wanted, rows);
    if (wanted.has(ColumnKind.BODY)) {
      BodyColumns.copy(block, rows, batch.body());
    } else {
      for (int i = 0; i < rows.length; i++) {
        batch.body().addNone();
      }
    }
    RowColumns.Attributes attributes = new RowColumns.Attributes(block, wanted, rows);
    for (int row : rows) {
      attributes.copy(row, batch.attributes());
      long ordinal = trace.get(row);
      batch.endRow(
          (int) resource.get(row),
          (int) scope.get(row),
          (int) stream.get(row),
          time.get(row),
          observed(observed.get(row), time.get(row)),
          (int) severity.get(row),
          severityText.get(row),
          eventName.get(row),
          ordinal == 0 ? 0 : block.traceHigh(ordinal),
          ordinal == 0 ? 0 : block.traceLow(ordinal),
          spanId.get(row),
          (int) flags.get(row),
          (int) dropped.get(row));
    }
    return batch;
  }
}
