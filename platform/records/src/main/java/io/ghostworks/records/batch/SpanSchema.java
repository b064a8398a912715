package io.ghostworks.records.batch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnSink;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spans: sorted by service, name and start; two are the same if all columns are.
 *
 * <pre>
 * batch  := rows:varint keys resources scopes resource:numbers scope:numbers traceIdHigh:raws traceIdLow:raws spanId:raws parentSpanId:raws
 *           traceState:slices flags:ints name:slices kind:ints start:longs duration:longs statusCode:ints statusMessage:slices
 *           droppedAttributes:ints droppedEvents:ints droppedLinks:ints attributes(rows) events links
 * events := count:ints(rows) time:longs name:slices dropped:ints attributes(events)
 * links  := count:ints(rows) traceIdHigh:raws traceIdLow:raws spanId:raws traceState:slices flags:ints dropped:ints attributes(links)
 * </pre>
 */
public final class SpanSchema implements BatchSchema<SpanBatch> {

  private static final int ROW_BYTES = 150;
  private static final int ENTRY_BYTES = 13;
  private static final int EVENT_BYTES = 80;

  @Override
  public int rows(SpanBatch batch) {
    return batch.rows();
  }

  @Override
  public long timeNanos(SpanBatch batch, int row) {
    return batch.startNanos(row);
  }

  @Override
  public long traceIdHigh(SpanBatch batch, int row) {
    return batch.traceIdHigh(row);
  }

  @Override
  public long traceIdLow(SpanBatch batch, int row) {
    return batch.traceIdLow(row);
  }

  @Override
  public long bytes(SpanBatch batch) {
    return batch.arena().array().length
        + (long) batch.rows() * ROW_BYTES
        + (long) batch.attributes().values().size() * ENTRY_BYTES
        + (long) (batch.events().size() + batch.links().size()) * EVENT_BYTES
        + 4096;
  }

  @Override
  public RowCopier<SpanBatch> copier() {
    return new SpanCopier();
  }

  @Override
  public SortKeys<SpanBatch> sortKeys() {
    StreamOrder order = new StreamOrder();
    List<int[]> keys = new ArrayList<>();
    return new SortKeys<>() {
      @Override
      public void add(SpanBatch batch) {
        int[] own = new int[batch.rows()];
        for (int row = 0; row < own.length; row++) {
          own[row] =
              row > 0 && sameServiceAndName(batch, row - 1, row)
                  ? own[row - 1]
                  : order.add(serviceAndName(batch, row));
        }
        keys.add(own);
      }

      @Override
      public int key(int batchIndex, SpanBatch batch, int row) {
        return order.number(keys.get(batchIndex)[row]);
      }
    };
  }

  @Override
  public byte[] sortKey(SpanBatch batch, int row) {
    return serviceAndName(batch, row);
  }

  @Override
  public boolean sameSortKey(SpanBatch batch, int row, int other) {
    return sameServiceAndName(batch, row, other);
  }

  private static boolean sameServiceAndName(SpanBatch batch, int row, int other) {
    return batch.resource(row) == batch.resource(other)
        && batch.arena().equal(batch.name(row), batch.arena(), batch.name(other));
  }

  private static byte[] serviceAndName(SpanBatch batch, int row) {
    String service = batch.resources().attributes().findString(batch.resource(row), "service.name");
    byte[] first = (service == null ? "" : service).getBytes(StandardCharsets.UTF_8);
    long name = batch.name(row);
    byte[] key = new byte[first.length + 1 + ByteArena.length(name)];
    System.arraycopy(first, 0, key, 0, first.length);
    System.arraycopy(
        batch.arena().array(),
        ByteArena.offset(name),
        key,
        first.length + 1,
        ByteArena.length(name));
    return key;
  }

  @Override
  public void encode(SpanBatch batch, BytesOutput out) {
    int rows = batch.rows();
    ByteArena arena = batch.arena();
    out.putVarint(rows);
    ValueCodec.putStrings(out, batch.keys());
    EnvelopeCodec.putResources(out, batch.resources(), arena);
    EnvelopeCodec.putScopes(out, batch.scopes(), arena);
    ValueCodec.putInts(out, rows, batch::resource);
    ValueCodec.putInts(out, rows, batch::scope);
    ValueCodec.putRaws(out, rows, batch::traceIdHigh);
    ValueCodec.putRaws(out, rows, batch::traceIdLow);
    ValueCodec.putRaws(out, rows, batch::spanId);
    ValueCodec.putRaws(out, rows, batch::parentSpanId);
    ValueCodec.putSlices(out, rows, arena, batch::traceState);
    ValueCodec.putInts(out, rows, batch::flags);
    ValueCodec.putSlices(out, rows, arena, batch::name);
    ValueCodec.putInts(out, rows, batch::kind);
    ValueCodec.putDeltas(out, rows, batch::startNanos);
    ValueCodec.putDeltas(out, rows, row -> batch.endNanos(row) - batch.startNanos(row));
    ValueCodec.putInts(out, rows, batch::statusCode);
    ValueCodec.putSlices(out, rows, arena, batch::statusMessage);
    ValueCodec.putInts(out, rows, batch::droppedAttributesCount);
    ValueCodec.putInts(out, rows, batch::droppedEventsCount);
    ValueCodec.putInts(out, rows, batch::droppedLinksCount);
    ValueCodec.putAttributes(out, batch.attributes());
    putEvents(out, batch, arena);
    putLinks(out, batch, arena);
  }

  static void putEvents(BytesOutput out, SpanBatch batch, ByteArena arena) {
    SpanBatch.Events events = batch.events();
    int count = batch.rows() == 0 ? 0 : batch.eventEnd(batch.rows() - 1);
    ValueCodec.putInts(out, batch.rows(), row -> batch.eventEnd(row) - batch.eventStart(row));
    ValueCodec.putDeltas(out, count, events::timeNanos);
    ValueCodec.putSlices(out, count, arena, events::name);
    ValueCodec.putInts(out, count, events::droppedAttributesCount);
    ValueCodec.putAttributes(out, events.attributes());
  }

  static void putLinks(BytesOutput out, SpanBatch batch, ByteArena arena) {
    SpanBatch.Links links = batch.links();
    int count = batch.rows() == 0 ? 0 : batch.linkEnd(batch.rows() - 1);
    ValueCodec.putInts(out, batch.rows(), row -> batch.linkEnd(row) - batch.linkStart(row));
    ValueCodec.putRaws(out, count, links::traceIdHigh);
    ValueCodec.putRaws(out, count, links::traceIdLow);
    ValueCodec.putRaws(out, count, links::spanId);
    ValueCodec.putSlices(out, count, arena, links::traceState);
    ValueCodec.putInts(out, count, links::flags);
    ValueCodec.putInts(out, count, links::droppedAttributesCount);
    ValueCodec.putAttributes(out, links.attributes());
  }

  @Override
  public SpanBatch decode(BytesInput in, Columns columns) throws DamagedDataException {
    SpanBatch batch = new SpanBatch();
    ByteArena arena = batch.arena();
    int rows = in.getVarint(in.remaining());
    ValueCodec.strings(in, batch.keys());
    EnvelopeCodec.resources(in, batch.resources(), arena);
    EnvelopeCodec.scopes(in, batch.scopes(), arena);
    int[] resource = ValueCodec.numbers(in, rows, batch.resources().size() - 1);
    int[] scope = ValueCodec.numbers(in, rows, batch.scopes().size() - 1);
    long[] traceIdHigh = ValueCodec.raws(in, rows);
    long[] traceIdLow = ValueCodec.raws(in, rows);
    long[] spanId = ValueCodec.raws(in, rows);
    long[] parentSpanId = ValueCodec.raws(in, rows);
    long[] traceState = ValueCodec.slices(in, rows, arena);
    int[] flags = ValueCodec.ints(in, rows);
    long[] name = ValueCodec.slices(in, rows, arena);
    int[] kind = ValueCodec.ints(in, rows);
    long[] start = ValueCodec.deltas(in, rows);
    long[] duration = ValueCodec.deltas(in, rows);
    int[] statusCode = ValueCodec.ints(in, rows);
    long[] statusMessage = ValueCodec.slices(in, rows, arena);
    int[] droppedAttributes = ValueCodec.ints(in, rows);
    int[] droppedEvents = ValueCodec.ints(in, rows);
    int[] droppedLinks = ValueCodec.ints(in, rows);
    Details details = Details.read(in, rows, batch, columns);
    for (int row = 0; row < rows; row++) {
      details.move(row, batch);
      batch.endRow(
          resource[row],
          scope[row],
          traceIdHigh[row],
          traceIdLow[row],
          spanId[row],
          parentSpanId[row],
          traceState[row],
          flags[row],
          name[row],
          kind[row],
          start[row],
          start[row] + duration[row],
          statusCode[row],
          statusMessage[row],
          droppedAttributes[row],
          droppedEvents[row],
          droppedLinks[row]);
    }
    return batch;
  }

  @Override
  public void put(SpanBatch batch, ColumnSink sink) {
    SpanColumns.put(batch, sink);
  }

  @Override
  public SpanBatch get(ColumnBlock block, int[] rows, ColumnSet wanted)
      throws DamagedDataException {
    return SpanColumns.get(block, rows, wanted);
  }

  @Override
  public boolean mayBeSame(SpanBatch left, int leftRow, SpanBatch right, int rightRow) {
    return left.spanId(leftRow) == right.spanId(rightRow);
  }

  @Override
  public boolean sameRow(SpanBatch left, int leftRow, SpanBatch right, int rightRow) {
    return left.spanId(leftRow) == right.spanId(rightRow)
        && left.traceIdLow(leftRow) == right.traceIdLow(rightRow)
        && left.traceIdHigh(leftRow) == right.traceIdHigh(rightRow)
        && left.startNanos(leftRow) == right.startNanos(rightRow)
        && left.endNanos(leftRow) == right.endNanos(rightRow)
        && left.parentSpanId(leftRow) == right.parentSpanId(rightRow)
        && left.kind(leftRow) == right.kind(rightRow)
        && left.statusCode(leftRow) == right.statusCode(rightRow)
        && left.flags(leftRow) == right.flags(rightRow)
        && left.droppedAttributesCount(leftRow) == right.droppedAttributesCount(rightRow)
        && left.droppedEventsCount(leftRow) == right.droppedEventsCount(rightRow)
        && left.droppedLinksCount(leftRow) == right.droppedLinksCount(rightRow)
        && left.arena().equal(left.traceState(leftRow), right.arena(), right.traceState(rightRow))
        && left.arena().equal(left.name(leftRow), right.arena(), right.name(rightRow))
        && left.arena()
            .equal(left.statusMessage(leftRow), right.arena(), right.statusMessage(rightRow))
        && RowEquality.attributes(left.attributes(), leftRow, right.attributes(), rightRow)
        && EnvelopeEquality.resource(
            left.resources(),
            left.arena(),
            left.resource(leftRow),
            right.resources(),
            right.arena(),
            right.resource(rightRow))
        && EnvelopeEquality.scope(
            left.scopes(),
            left.arena(),
            left.scope(leftRow),
            right.scopes(),
            right.arena(),
            right.scope(rightRow))
        && sameEvents(left, leftRow, right, rightRow)
        && sameLinks(left, leftRow, right, rightRow);
  }

  @Override
  public long rowHash(SpanBatch batch, int row) {
    // Of content too: a sender may give many spans one id and one time.
    long hash = batch.spanId(row) * 31 + batch.traceIdLow(row);
    hash = (hash * 31 + batch.startNanos(row)) * 31 + batch.endNanos(row);
    hash = (hash * 31 + batch.parentSpanId(row)) * 31 + batch.kind(row);
    hash = hash * 31 + RowEquality.hash(batch.arena(), batch.name(row));
    hash = hash * 31 + RowEquality.hash(batch.attributes(), row);
    return hash * 31 + RowEquality.hash(batch.resources().attributes(), batch.resource(row));
  }

  private static boolean sameEvents(SpanBatch left, int leftRow, SpanBatch right, int rightRow) {
    int count = left.eventEnd(leftRow) - left.eventStart(leftRow);
    if (count != right.eventEnd(rightRow) - right.eventStart(rightRow)) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      int l = left.eventStart(leftRow) + i;
      int r = right.eventStart(rightRow) + i;
      if (left.events().timeNanos(l) != right.events().timeNanos(r)
          || left.events().droppedAttributesCount(l) != right.events().droppedAttributesCount(r)
          || !left.arena().equal(left.events().name(l), right.arena(), right.events().name(r))
          || !RowEquality.attributes(
              left.events().attributes(), l, right.events().attributes(), r)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameLinks(SpanBatch left, int leftRow, SpanBatch right, int rightRow) {
    int count = left.linkEnd(leftRow) - left.linkStart(leftRow);
    if (count != right.linkEnd(rightRow) - right.linkStart(rightRow)) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      int l = left.linkStart(leftRow) + i;
      int r = right.linkStart(rightRow) + i;
      if (left.links().spanId(l) != right.links().spanId(r)
          || left.links().traceIdHigh(l) != right.links().traceIdHigh(r)
          || left.links().traceIdLow(l) != right.links().traceIdLow(r)
          || left.links().flags(l) != right.links().flags(r)
          || left.links().droppedAttributesCount(l) != right.links().droppedAttributesCount(r)
          || !left.arena()
              .equal(left.links().traceState(l), right.arena(), right.links().traceState(r))
          || !RowEquality.attributes(left.links().attributes(), l, right.links().attributes(), r)) {
        return false;
      }
    }
    return true;
  }

  /** Attributes, events and links, as far as they are wanted. */
  record Details(
      @Nullable AttributeColumns attributes, @Nullable EventRows events, @Nullable LinkRows links) {

    static Details read(BytesInput in, int rows, SpanBatch batch, Columns columns)
        throws DamagedDataException {
      AttributeColumns attributes = new AttributeColumns(batch.keys(), batch.arena());
      return switch (columns) {
        case HEAD -> new Details(null, null, null);
        case KEYS -> {
          ValueCodec.attributeKeys(in, rows, attributes);
          yield new Details(attributes, null, null);
        }
        case ALL -> {
          ValueCodec.attributes(in, rows, attributes);
          EventRows events = EventRows.read(in, rows, batch);
          yield new Details(attributes, events, LinkRows.read(in, rows, batch));
        }
      };
    }

    /** Events and links alone; none without bytes. */
    static Details lists(@Nullable BytesInput in, int rows, SpanBatch batch)
        throws DamagedDataException {
      if (in == null) {
        return new Details(null, null, null);
      }
      EventRows events = EventRows.read(in, rows, batch);
      return new Details(null, events, LinkRows.read(in, rows, batch));
    }

    void move(int row, SpanBatch batch) {
      if (attributes != null) {
        ValueCodec.moveRow(attributes, row, batch.attributes());
      }
      if (events != null) {
        events.move(row, batch);
      }
      if (links != null) {
        links.move(row, batch);
      }
    }
  }

  /** Events as they were read, before they are moved row by row. */
  private record EventRows(
      int[] counts,
      int[] starts,
      long[] times,
      long[] names,
      int[] dropped,
      AttributeColumns attributes) {

    static EventRows read(BytesInput in, int rows, SpanBatch batch) throws DamagedDataException {
      int[] counts = ValueCodec.numbers(in, rows, in.remaining());
      int[] starts = startsOf(counts, in);
      int count = starts[rows];
      long[] times = ValueCodec.deltas(in, count);
      long[] names = ValueCodec.slices(in, count, batch.arena());
      int[] dropped = ValueCodec.ints(in, count);
      AttributeColumns attributes = new AttributeColumns(batch.keys(), batch.arena());
      ValueCodec.attributes(in, count, attributes);
      return new EventRows(counts, starts, times, names, dropped, attributes);
    }

    void move(int row, SpanBatch batch) {
      for (int event = starts[row]; event < starts[row] + counts[row]; event++) {
        ValueCodec.moveRow(attributes, event, batch.events().attributes());
        batch.events().end(times[event], names[event], dropped[event]);
      }
    }
  }

  /** Links as they were read, before they are moved row by row. */
  private record LinkRows(
      int[] counts,
      int[] starts,
      long[] traceIdHigh,
      long[] traceIdLow,
      long[] spanId,
      long[] traceState,
      int[] flags,
      int[] dropped,
      AttributeColumns attributes) {

    static LinkRows read(BytesInput in, int rows, SpanBatch batch) throws DamagedDataException {
      int[] counts = ValueCodec.numbers(in, rows, in.remaining());
      int[] starts = startsOf(counts, in);
      int count = starts[rows];
      long[] traceIdHigh = ValueCodec.raws(in, count);
      long[] traceIdLow = ValueCodec.raws(in, count);
      long[] spanId = ValueCodec.raws(in, count);
      long[] traceState = ValueCodec.slices(in, count, batch.arena());
      int[] flags = ValueCodec.ints(in, count);
      int[] dropped = ValueCodec.ints(in, count);
      AttributeColumns attributes = new AttributeColumns(batch.keys(), batch.arena());
      ValueCodec.attributes(in, count, attributes);
      return new LinkRows(
          counts, starts, traceIdHigh, traceIdLow, spanId, traceState, flags, dropped, attributes);
    }

    void move(int row, SpanBatch batch) {
      for (int link = starts[row]; link < starts[row] + counts[row]; link++) {
        ValueCodec.moveRow(attributes, link, batch.links().attributes());
        batch
            .links()
            .end(
                traceIdHigh[link],
                traceIdLow[link],
                spanId[link],
                traceState[link],
                flags[link],
                dropped[link]);
      }
    }
  }

  private static int[] startsOf(int[] counts, BytesInput in) throws DamagedDataException {
    int[] starts = new int[counts.length + 1];
    for (int row = 0; row < counts.length; row++) {
      starts[row + 1] = Math.addExact(starts[row], counts[row]);
    }
    if (starts[counts.length] > in.remaining()) {
      throw new DamagedDataException(
          "a batch must have at most %d events or links, got %d"
              .formatted(in.remaining(), starts[counts.length]));
    }
    return starts;
  }
}
