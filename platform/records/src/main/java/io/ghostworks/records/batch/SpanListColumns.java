package io.ghostworks.records.batch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.records.column.AttributeBlock;
import io.ghostworks.records.column.AttributeCopy;
import io.ghostworks.records.column.AttributeKinds;
import io.ghostworks.records.column.AttributeShapes;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.column.ColumnSink;
import io.ghostworks.records.column.ListStarts;
import io.ghostworks.records.column.Vector;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Events and links of spans as columns of a block; copies those of some rows, ascending. */
final class SpanListColumns {

  private final int[] eventStarts;
  private final Vector eventTimes;
  private final RowColumns.Texts eventNames;
  private final Vector eventDropped;
  private final AttributeCopy eventAttributes;
  private final int[] linkStarts;
  private final Vector linkTraceHigh;
  private final Vector linkTraceLow;
  private final Vector linkSpan;
  private final RowColumns.Texts linkTraceStates;
  private final Vector linkFlags;
  private final Vector linkDropped;
  private final AttributeCopy linkAttributes;

  /**
   * @param rows whose events and links are copied, ascending
   * @param target arena of the batch into which events and links are copied
   */
  SpanListColumns(ColumnBlock block, int[] rows, ByteArena target) throws DamagedDataException {
    eventStarts = ListStarts.of(block, ColumnKind.SPAN_EVENTS);
    int events = eventStarts[block.rows()];
    eventTimes = block.longs(ColumnKind.SPAN_EVENT_TIME, events);
    eventNames = new RowColumns.Texts(block.texts(ColumnKind.SPAN_EVENT_NAME, events), target);
    eventDropped = block.longs(ColumnKind.SPAN_EVENT_DROPPED, events);
    eventAttributes =
        AttributeCopy.of(
            AttributeBlock.of(block, AttributeKinds.OF_EVENTS, events),
            entries(eventStarts, rows),
            key -> true,
            true);
    linkStarts = ListStarts.of(block, ColumnKind.SPAN_LINKS);
    int links = linkStarts[block.rows()];
    linkTraceHigh = block.longs(ColumnKind.SPAN_LINK_TRACE_HIGH, links);
    linkTraceLow = block.longs(ColumnKind.SPAN_LINK_TRACE_LOW, links);
    linkSpan = block.longs(ColumnKind.SPAN_LINK_SPAN, links);
    linkTraceStates =
        new RowColumns.Texts(block.texts(ColumnKind.SPAN_LINK_TRACE_STATE, links), target);
    linkFlags = block.longs(ColumnKind.SPAN_LINK_FLAGS, links);
    linkDropped = block.longs(ColumnKind.SPAN_LINK_DROPPED, links);
    linkAttributes =
        AttributeCopy.of(
            AttributeBlock.of(block, AttributeKinds.OF_LINKS, links),
            entries(linkStarts, rows),
            key -> true,
            true);
  }

  /** The numbers of the events or links of some rows. */
  private static int[] entries(int[] starts, int[] rows) {
    return Arrays.stream(rows)
        .flatMap(row -> IntStream.range(starts[row], starts[row + 1]))
        .toArray();
  }

  static void putEvents(SpanBatch batch, ColumnSink sink) {
    int rows = batch.rows();
    SpanBatch.Events events = batch.events();
    int count = rows == 0 ? 0 : batch.eventEnd(rows - 1);
    if (count == 0) {
      return;
    }
    RowColumns.putLongs(
        sink,
        ColumnKind.SPAN_EVENTS,
        rows,
        row -> batch.eventEnd(row) - (long) batch.eventStart(row));
    long[] sinceStart = new long[count];
    for (int row = 0; row < rows; row++) {
      for (int event = batch.eventStart(row); event < batch.eventEnd(row); event++) {
        sinceStart[event] = events.timeNanos(event) - batch.startNanos(row);
      }
    }
    RowColumns.putLongs(sink, ColumnKind.SPAN_EVENT_TIME, count, event -> sinceStart[event]);
    RowColumns.putTexts(sink, ColumnKind.SPAN_EVENT_NAME, batch.arena(), count, events::name);
    RowColumns.putLongs(sink, ColumnKind.SPAN_EVENT_DROPPED, count, events::droppedAttributesCount);
    AttributeShapes.put(events.attributes(), AttributeKinds.OF_EVENTS, sink);
  }

  static void putLinks(SpanBatch batch, ColumnSink sink) {
    int rows = batch.rows();
    SpanBatch.Links links = batch.links();
    int count = rows == 0 ? 0 : batch.linkEnd(rows - 1);
    if (count == 0) {
      return;
    }
    RowColumns.putLongs(
        sink, ColumnKind.SPAN_LINKS, rows, row -> batch.linkEnd(row) - (long) batch.linkStart(row));
    RowColumns.putLongs(sink, ColumnKind.SPAN_LINK_TRACE_HIGH, count, links::traceIdHigh);
    RowColumns.putLongs(sink, ColumnKind.SPAN_LINK_TRACE_LOW, count, links::traceIdLow);
    RowColumns.putLongs(sink, ColumnKind.SPAN_LINK_SPAN, count, links::spanId);
    RowColumns.putTexts(
        sink, ColumnKind.SPAN_LINK_TRACE_STATE, batch.arena(), count, links::traceState);
    RowColumns.putLongs(sink, ColumnKind.SPAN_LINK_FLAGS, count, links::flags);
    RowColumns.putLongs(sink, ColumnKind.SPAN_LINK_DROPPED, count, links::droppedAttributesCount);
    AttributeShapes.put(links.attributes(), AttributeKinds.OF_LINKS, sink);
  }

  /** Adds the events and links of a row, which comes after those before, to the open row. */
  void copy(int row, long startNanos, SpanBatch target) throws DamagedDataException {
    for (int event = eventStarts[row]; event < eventStarts[row + 1]; event++) {
      eventAttributes.copy(event, target.events().attributes());
      target
          .events()
          .end(
              startNanos + eventTimes.get(event),
              eventNames.get(event),
              (int) eventDropped.get(event));
    }
    for (int link = linkStarts[row]; link < linkStarts[row + 1]; link++) {
      linkAttributes.copy(link, target.links().attributes());
      target
          .links()
          .end(
              linkTraceHigh.get(link),
              linkTraceLow.get(link),
              linkSpan.get(link),
              linkTraceStates.get(link),
              (int) linkFlags.get(link),
              (int) linkDropped.get(link));
    }
  }
}
