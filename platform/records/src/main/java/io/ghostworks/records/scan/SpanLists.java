package io.ghostworks.records.scan;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.record.Field;
import java.util.function.IntUnaryOperator;

/** Readers of what spans have several of: their events and their links. */
final class SpanLists {

  private static final long UNSIGNED = 0xffffffffL;

  private SpanLists() {}

  /** Attributes of the scope EVENT or LINK. */
  static FieldReader attribute(Field field, SpanBatch batch) {
    boolean events = field.scope() == Field.Scope.EVENT;
    FieldReader each =
        FieldReaders.attribute(
            new Envelope.Part(
                events ? batch.events().attributes() : batch.links().attributes(),
                IntUnaryOperator.identity()),
            field.name());
    return events ? ofEvents(batch, each) : ofLinks(batch, each);
  }

  /** An intrinsic column with several values. */
  static FieldReader intrinsic(Field field, SpanBatch batch) {
    SpanBatch.Events events = batch.events();
    SpanBatch.Links links = batch.links();
    if (field.equals(Field.EVENT_SPAN_NAME)) {
      return ofEvents(batch, new FieldReaders.Texts(batch.arena(), events::name));
    }
    if (field.equals(Field.EVENT_TIME_SINCE_START)) {
      int[] row = {0};
      FieldReader since =
          new FieldReaders.Numbers(event -> events.timeNanos(event) - batch.startNanos(row[0]));
      return new Several(
          each -> {
            row[0] = each;
            return batch.eventStart(each);
          },
          batch::eventEnd,
          since);
    }
    if (field.equals(Field.EVENT_DROPPED_ATTRIBUTES)) {
      return ofEvents(
          batch,
          new FieldReaders.Numbers(event -> events.droppedAttributesCount(event) & UNSIGNED));
    }
    if (field.equals(Field.LINK_TRACE_ID)) {
      return ofLinks(batch, new FieldReaders.TraceIds(links::traceIdHigh, links::traceIdLow));
    }
    if (field.equals(Field.LINK_SPAN_ID)) {
      return ofLinks(batch, new FieldReaders.Ids(links::spanId));
    }
    if (field.equals(Field.LINK_TRACE_STATE)) {
      return ofLinks(batch, new FieldReaders.Texts(batch.arena(), links::traceState));
    }
    if (field.equals(Field.LINK_DROPPED_ATTRIBUTES)) {
      return ofLinks(
          batch, new FieldReaders.Numbers(link -> links.droppedAttributesCount(link) & UNSIGNED));
    }
    throw FieldReaders.unknown(field);
  }

  private static FieldReader ofEvents(SpanBatch batch, FieldReader each) {
    return new Several(batch::eventStart, batch::eventEnd, each);
  }

  private static FieldReader ofLinks(SpanBatch batch, FieldReader each) {
    return new Several(batch::linkStart, batch::linkEnd, each);
  }

  /** The values of consecutive events or links; those that have none are passed over. */
  private static final class Several implements FieldReader {
    private final IntUnaryOperator start;
    private final IntUnaryOperator end;
    private final FieldReader each;
    private int at;
    private int stop;

    Several(IntUnaryOperator start, IntUnaryOperator end, FieldReader each) {
      this.start = start;
      this.end = end;
      this.each = each;
    }

    @Override
    public byte read(int row) {
      at = start.applyAsInt(row);
      stop = end.applyAsInt(row);
      return next();
    }

    @Override
    public byte next() {
      while (at < stop) {
        byte type = each.read(at++);
        if (type != ValueColumn.NONE) {
          return type;
        }
      }
      return ValueColumn.NONE;
    }

    @Override
    public long payload() {
      return each.payload();
    }

    @Override
    public ByteArena arena() {
      return each.arena();
    }
  }
}
