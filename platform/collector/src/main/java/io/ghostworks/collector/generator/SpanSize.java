package io.ghostworks.collector.generator;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;

/** How many bytes a span takes as an OTLP protobuf message, computed without writing it. */
final class SpanSize {
  private static final int FIXED64 = 9;
  private static final int FIXED32 = 5;

  private SpanSize() {}

  static int of(SpanBatch batch, int row) {
    int size = 18 + 10;
    size += batch.parentSpanId(row) == 0 ? 0 : 10;
    size += text(batch.traceState(row));
    size += text(batch.name(row));
    size += number(batch.kind(row));
    size += batch.startNanos(row) == 0 ? 0 : FIXED64;
    size += batch.endNanos(row) == 0 ? 0 : FIXED64;
    size += attributes(batch.attributes(), row);
    size += number(batch.droppedAttributesCount(row));
    size += number(batch.droppedEventsCount(row));
    size += number(batch.droppedLinksCount(row));
    int status = text(batch.statusMessage(row)) + number(batch.statusCode(row));
    size += status == 0 ? 0 : message(status);
    size += batch.flags(row) == 0 ? 0 : 1 + FIXED32;
    for (int event = batch.eventStart(row); event < batch.eventEnd(row); event++) {
      size += message(event(batch.events(), event));
    }
    for (int link = batch.linkStart(row); link < batch.linkEnd(row); link++) {
      size += message(link(batch.links(), link));
    }
    return size;
  }

  private static int event(SpanBatch.Events events, int event) {
    return (events.timeNanos(event) == 0 ? 0 : FIXED64)
        + text(events.name(event))
        + attributes(events.attributes(), event)
        + number(events.droppedAttributesCount(event));
  }

  private static int link(SpanBatch.Links links, int link) {
    return 18
        + 10
        + text(links.traceState(link))
        + attributes(links.attributes(), link)
        + number(links.droppedAttributesCount(link))
        + (links.flags(link) == 0 ? 0 : FIXED32);
  }

  private static int attributes(AttributeColumns attributes, int row) {
    StringTable keys = attributes.keys();
    ValueColumn values = attributes.values();
    int size = 0;
    for (int entry = attributes.start(row), end = attributes.end(row); entry < end; entry++) {
      int key = text(keys.slice(attributes.keyId(entry)));
      long payload = values.payload(entry);
      int value =
          switch (values.type(entry)) {
            case ValueColumn.NONE -> 0;
            case ValueColumn.BOOL -> 2;
            case ValueColumn.INT -> 1 + varint(payload);
            case ValueColumn.DOUBLE -> FIXED64;
            default -> message(ByteArena.length(payload));
          };
      size += message(key + message(value));
    }
    return size;
  }

  private static int text(long slice) {
    int length = ByteArena.length(slice);
    return length == 0 ? 0 : message(length);
  }

  private static int number(int value) {
    return value == 0 ? 0 : 1 + varint(value);
  }

  /** A field with a tag of one byte and a length in front. */
  private static int message(int length) {
    return 1 + varint(length) + length;
  }

  private static int varint(long value) {
    return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }
}
