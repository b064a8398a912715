package io.ghostworks.wire.otlp;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.proto.ProtoWriter;
import java.util.function.IntPredicate;

/** Writes spans as {@code TracesData}. */
final class TraceWriter {
  private final SpanBatch batch;
  private final EnvelopeWriter envelope;
  private final ProtoWriter out;

  private TraceWriter(SpanBatch batch) {
    this.batch = batch;
    this.envelope = new EnvelopeWriter(batch.arena(), batch.resources(), batch.scopes());
    this.out = envelope.out();
  }

  static ProtoWriter write(SpanBatch batch) {
    return write(batch, row -> true);
  }

  static ProtoWriter write(SpanBatch batch, IntPredicate wanted) {
    TraceWriter writer = new TraceWriter(batch);
    return writer.envelope.write(batch.rows(), wanted, batch::resource, batch::scope, writer::span);
  }

  private void span(int row) {
    int start = out.begin(2);
    envelope.traceId(1, batch.traceIdHigh(row), batch.traceIdLow(row));
    envelope.spanId(2, batch.spanId(row));
    envelope.text(3, batch.traceState(row));
    envelope.spanId(4, batch.parentSpanId(row));
    envelope.text(5, batch.name(row));
    out.uint(6, batch.kind(row));
    out.fixed64(7, batch.startNanos(row));
    out.fixed64(8, batch.endNanos(row));
    envelope.attributes(9, batch.attributes(), row);
    out.uint(10, batch.droppedAttributesCount(row) & 0xffffffffL);
    for (int event = batch.eventStart(row); event < batch.eventEnd(row); event++) {
      event(event);
    }
    out.uint(12, batch.droppedEventsCount(row) & 0xffffffffL);
    for (int link = batch.linkStart(row); link < batch.linkEnd(row); link++) {
      link(link);
    }
    out.uint(14, batch.droppedLinksCount(row) & 0xffffffffL);
    status(row);
    out.fixed32(16, batch.flags(row));
    out.end(start);
  }

  private void status(int row) {
    if (batch.statusCode(row) != 0 || ByteArena.length(batch.statusMessage(row)) > 0) {
      int start = out.begin(15);
      envelope.text(2, batch.statusMessage(row));
      out.uint(3, batch.statusCode(row));
      out.end(start);
    }
  }

  private void event(int event) {
    int start = out.begin(11);
    out.fixed64(1, batch.events().timeNanos(event));
    envelope.text(2, batch.events().name(event));
    envelope.attributes(3, batch.events().attributes(), event);
    out.uint(4, batch.events().droppedAttributesCount(event) & 0xffffffffL);
    out.end(start);
  }

  private void link(int link) {
    SpanBatch.Links links = batch.links();
    int start = out.begin(13);
    envelope.traceId(1, links.traceIdHigh(link), links.traceIdLow(link));
    envelope.spanId(2, links.spanId(link));
    envelope.text(3, links.traceState(link));
    envelope.attributes(4, links.attributes(), link);
    out.uint(5, links.droppedAttributesCount(link) & 0xffffffffL);
    out.fixed32(6, links.flags(link));
    out.end(start);
  }
}
