package io.ghostworks.records.batch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import org.jspecify.annotations.Nullable;

final class SpanCopier implements RowCopier<SpanBatch> {

  private final SpanBatch target = new SpanBatch();
  private final AttributeCopier attributes = new AttributeCopier(target.keys(), target.arena());
  private final EnvelopeCopier envelopes =
      new EnvelopeCopier(attributes, target.resources(), target.scopes());
  private @Nullable SpanBatch current;

  @Override
  public void copy(SpanBatch source, int row) {
    if (source != current) {
      current = source;
      envelopes.source(source, source.resources().size(), source.scopes().size());
    }
    ByteArena arena = source.arena();
    attributes.copyRow(source.attributes(), row, target.attributes());
    copyEvents(source, row, arena);
    copyLinks(source, row, arena);
    target.endRow(
        envelopes.resource(source.resources(), arena, source.resource(row)),
        envelopes.scope(source.scopes(), arena, source.scope(row)),
        source.traceIdHigh(row),
        source.traceIdLow(row),
        source.spanId(row),
        source.parentSpanId(row),
        attributes.copySlice(arena, source.traceState(row)),
        source.flags(row),
        attributes.copySlice(arena, source.name(row)),
        source.kind(row),
        source.startNanos(row),
        source.endNanos(row),
        source.statusCode(row),
        attributes.copySlice(arena, source.statusMessage(row)),
        source.droppedAttributesCount(row),
        source.droppedEventsCount(row),
        source.droppedLinksCount(row));
  }

  private void copyEvents(SpanBatch source, int row, ByteArena arena) {
    for (int event = source.eventStart(row); event < source.eventEnd(row); event++) {
      attributes.copyRow(source.events().attributes(), event, target.events().attributes());
      target
          .events()
          .end(
              source.events().timeNanos(event),
              attributes.copySlice(arena, source.events().name(event)),
              source.events().droppedAttributesCount(event));
    }
  }

  private void copyLinks(SpanBatch source, int row, ByteArena arena) {
    for (int link = source.linkStart(row); link < source.linkEnd(row); link++) {
      attributes.copyRow(source.links().attributes(), link, target.links().attributes());
      target
          .links()
          .end(
              source.links().traceIdHigh(link),
              source.links().traceIdLow(link),
              source.links().spanId(link),
              attributes.copySlice(arena, source.links().traceState(link)),
              source.links().flags(link),
              source.links().droppedAttributesCount(link));
    }
  }

  @Override
  public SpanBatch batch() {
    return target;
  }
}
