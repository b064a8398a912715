package io.ghostworks.records.batch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
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

/** Spans as the columns of a block. */
final class SpanColumns {

  private SpanColumns() {}

  static void put(SpanBatch batch, ColumnSink sink) {
    int rows = batch.rows();
    ByteArena arena = batch.arena();
    sink.keys(batch.keys());
    BytesOutput envelope = new BytesOutput(4096, Blob.BYTES_MAX);
    EnvelopeCodec.putResources(envelope, batch.resources(), arena);
    EnvelopeCodec.putScopes(envelope, batch.scopes(), arena);
    sink.bytes(ColumnKind.ENVELOPE, envelope);
    RowColumns.putLongs(sink, ColumnKind.RESOURCE, rows, batch::resource);
    RowColumns.putLongs(sink, ColumnKind.SCOPE, rows, batch::scope);
    RowColumns.putTraces(
        sink, rows, batch::traceIdHigh, batch::traceIdLow, batch::startNanos, batch::endNanos);
    RowColumns.putLongs(sink, ColumnKind.SPAN_ID, rows, batch::spanId);
    RowColumns.putLongs(sink, ColumnKind.PARENT_SPAN_ID, rows, batch::parentSpanId);
    RowColumns.putTexts(sink, ColumnKind.TRACE_STATE, arena, rows, batch::traceState);
    RowColumns.putLongs(sink, ColumnKind.FLAGS, rows, batch::flags);
    RowColumns.putTexts(sink, ColumnKind.NAME, arena, rows, batch::name);
    RowColumns.putLongs(sink, ColumnKind.SPAN_KIND, rows, batch::kind);
    RowColumns.putLongs(sink, ColumnKind.TIME, rows, batch::startNanos);
    RowColumns.putLongs(
        sink, ColumnKind.DURATION, rows, row -> batch.endNanos(row) - batch.startNanos(row));
    RowColumns.putLongs(sink, ColumnKind.STATUS_CODE, rows, batch::statusCode);
    RowColumns.putTexts(sink, ColumnKind.STATUS_MESSAGE, arena, rows, batch::statusMessage);
    RowColumns.putLongs(sink, ColumnKind.DROPPED_ATTRIBUTES, rows, batch::droppedAttributesCount);
    RowColumns.putLongs(sink, ColumnKind.DROPPED_EVENTS, rows, batch::droppedEventsCount);
    RowColumns.putLongs(sink, ColumnKind.DROPPED_LINKS, rows, batch::droppedLinksCount);
    AttributeShapes.put(batch.attributes(), AttributeKinds.OF_ROWS, sink);
    SpanListColumns.putEvents(batch, sink);
    SpanListColumns.putLinks(batch, sink);
  }

  static SpanBatch get(ColumnBlock block, int[] rows, ColumnSet wanted)
      throws DamagedDataException {
    SpanBatch batch = new SpanBatch();
    ByteArena arena = batch.arena();
    RowColumns.keys(block, batch.keys());
    BytesInput envelope = wanted.hasEnvelope() ? block.bytes(ColumnKind.ENVELOPE) : null;
    if (envelope != null) {
      EnvelopeCodec.resources(envelope, batch.resources(), arena);
      EnvelopeCodec.scopes(envelope, batch.scopes(), arena);
    }
    Vector resource =
        RowColumns.numbers(block, ColumnKind.RESOURCE, wanted, batch.resources().size());
    Vector scope = RowColumns.numbers(block, ColumnKind.SCOPE, wanted, batch.scopes().size());
    Vector trace = RowColumns.longs(block, ColumnKind.TRACE, wanted, rows);
    Vector spanId = RowColumns.longs(block, ColumnKind.SPAN_ID, wanted, rows);
    Vector parent = RowColumns.longs(block, ColumnKind.PARENT_SPAN_ID, wanted, rows);
    RowColumns.Texts traceState =
        RowColumns.texts(block, ColumnKind.TRACE_STATE, wanted, rows, arena);
    Vector flags = RowColumns.longs(block, ColumnKind.FLAGS, wanted, rows);
    RowColumns.Texts name = RowColumns.texts(block, ColumnKind.NAME, wanted, rows, arena);
    Vector kind = RowColumns.longs(block, ColumnKind.SPAN_KIND, wanted, rows);
    Vector start = RowColumns.longs(block, ColumnKind.TIME, wanted, rows);
    Vector duration = RowColumns.longs(block, ColumnKind.DURATION, wanted, rows);
    Vector status = RowColumns.longs(block, ColumnKind.STATUS_CODE, wanted, rows);
    RowColumns.Texts message =
        RowColumns.texts(block, ColumnKind.STATUS_MESSAGE, wanted, rows, arena);
    Vector dropped = RowColumns.longs(block, ColumnKind.DROPPED_ATTRIBUTES, wanted, rows);
    Vector droppedEvents = RowColumns.longs(block, ColumnKind.DROPPED_EVENTS, wanted, rows);
    Vector droppedLinks = RowColumns.longs(block, ColumnKind.DROPPED_LINKS, wanted, rows);
    RowColumns.Attributes attributes = new RowColumns.Attributes(block, wanted, rows);
    BytesInput details = wanted.has(ColumnKind.DETAILS) ? block.bytes(ColumnKind.DETAILS) : null;
    SpanSchema.Details oldLists = SpanSchema.Details.lists(details, block.rows(), batch);
    SpanListColumns lists =
        wanted.has(ColumnKind.DETAILS) ? new SpanListColumns(block, rows, batch.arena()) : null;
    for (int row : rows) {
      attributes.copy(row, batch.attributes());
      oldLists.move(row, batch);
      if (lists != null) {
        lists.copy(row, start.get(row), batch);
      }
      long ordinal = trace.get(row);
      batch.endRow(
          (int) resource.get(row),
          (int) scope.get(row),
          ordinal == 0 ? 0 : block.traceHigh(ordinal),
          ordinal == 0 ? 0 : block.traceLow(ordinal),
          spanId.get(row),
          parent.get(row),
          traceState.get(row),
          (int) flags.get(row),
          name.get(row),
          (int) kind.get(row),
          start.get(row),
          start.get(row) + duration.get(row),
          (int) status.get(row),
          message.get(row),
          (int) dropped.get(row),
          (int) droppedEvents.get(row),
          (int) droppedLinks.get(row));
    }
    return batch;
  }
}
