package io.ghostworks.records.scan;

import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.column.AttributeBlock;
import io.ghostworks.records.column.AttributeKinds;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.column.ListStarts;
import io.ghostworks.records.column.Vector;
import io.ghostworks.records.text.RowSet;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds the spans of a block of which an event or a link fulfils a filter, on the columns of events
 * and links; blocks of older parts, which have none, are asked row by row. Used by one thread.
 *
 * @param <B> the batch
 */
final class ListFilter<B> {

  private static final Map<Field, ColumnKind> NUMBERS =
      Map.of(
          Field.EVENT_TIME_SINCE_START, ColumnKind.SPAN_EVENT_TIME,
          Field.EVENT_DROPPED_ATTRIBUTES, ColumnKind.SPAN_EVENT_DROPPED,
          Field.LINK_DROPPED_ATTRIBUTES, ColumnKind.SPAN_LINK_DROPPED);
  private static final long UNSIGNED = 0xffffffffL;
  private static final Map<Field, ColumnKind> TEXTS =
      Map.of(
          Field.EVENT_SPAN_NAME, ColumnKind.SPAN_EVENT_NAME,
          Field.LINK_TRACE_STATE, ColumnKind.SPAN_LINK_TRACE_STATE);

  private final ColumnFilter<B> rows;
  private final ColumnBlock block;

  ListFilter(ColumnFilter<B> rows, ColumnBlock block) {
    this.rows = rows;
    this.block = block;
  }

  /** The column of texts that a field of events or links is stored in; null for others. */
  static @Nullable ColumnKind textKind(Field field) {
    return TEXTS.get(field);
  }

  /** The column with the number of events, or of links, that a field is about. */
  static ColumnKind counts(Field field) {
    boolean events =
        field.scope() == Field.Scope.EVENT
            || (field.scope() == Field.Scope.INTRINSIC && field.name().startsWith("span_event"));
    return events ? ColumnKind.SPAN_EVENTS : ColumnKind.SPAN_LINKS;
  }

  /** The spans with an attribute of the scope EVENT or LINK that fulfils a filter. */
  RowSet attribute(Filter filter, Field field, ValueTest test, RowSet among)
      throws DamagedDataException {
    if (block.has(ColumnKind.DETAILS)) {
      return rows.byRow(filter, among);
    }
    boolean events = field.scope() == Field.Scope.EVENT;
    AttributeKinds kinds = events ? AttributeKinds.OF_EVENTS : AttributeKinds.OF_LINKS;
    int key = ColumnFilter.keyOf(block, kinds, filter, field.name());
    if (key < 0) {
      return RowSet.none(block.rows());
    }
    int[] starts = ListStarts.of(block, counts(field));
    AttributeBlock own = AttributeBlock.of(block, kinds, starts[block.rows()]);
    if (own.repeats(key)) {
      return rows.byRow(filter, among);
    }
    return rowsOf(ColumnFilter.matches(own, key, filter, test, entriesOf(among, starts)), starts);
  }

  /** The spans with an intrinsic value of an event or a link that fulfils a filter. */
  RowSet intrinsic(Filter filter, Field field, ValueTest test, RowSet among)
      throws DamagedDataException {
    if (block.has(ColumnKind.DETAILS)) {
      return rows.byRow(filter, among);
    }
    boolean number = NUMBERS.containsKey(field);
    ColumnKind kind = number ? NUMBERS.get(field) : TEXTS.get(field);
    if (kind == null) {
      return link(filter, field, among);
    }
    if (number && !kind.equals(ColumnKind.SPAN_EVENT_TIME)) {
      return counts(field, kind, test, among);
    }
    if (ZoneTest.isRuledOut(filter, block.zone(kind, 0, ValueColumn.NONE))) {
      return RowSet.none(block.rows());
    }
    int[] starts = ListStarts.of(block, counts(field));
    int count = starts[block.rows()];
    if (count == 0) {
      return RowSet.none(block.rows());
    }
    Vector values = number ? block.longs(kind, count) : block.texts(kind, count);
    byte type = number ? ValueColumn.INT : ValueColumn.STRING;
    return rowsOf(ColumnFilter.vector(values, type, test, entriesOf(among, starts)), starts);
  }

  /** Counts of 32 bits without a sign, which are stored with one. */
  private RowSet counts(Field field, ColumnKind kind, ValueTest test, RowSet among)
      throws DamagedDataException {
    int[] starts = ListStarts.of(block, counts(field));
    int count = starts[block.rows()];
    RowSet found =
        count == 0
            ? RowSet.none(0)
            : ColumnFilter.vector(
                block.longs(kind, count),
                ValueColumn.INT,
                (type, payload, arena) -> test.test(type, payload & UNSIGNED, arena),
                entriesOf(among, starts));
    return rowsOf(found, starts);
  }

  /** Ids of links: looked for as numbers where a whole one is wanted. */
  private RowSet link(Filter filter, Field field, RowSet among) throws DamagedDataException {
    Optional<TraceKey> trace =
        field.equals(Field.LINK_TRACE_ID) ? WholeId.trace(filter) : Optional.empty();
    OptionalLong span =
        field.equals(Field.LINK_SPAN_ID) ? WholeId.span(filter) : OptionalLong.empty();
    if (trace.isEmpty() && span.isEmpty()) {
      return block.has(ColumnKind.SPAN_LINKS)
          ? rows.byRow(filter, among)
          : RowSet.none(block.rows());
    }
    int[] starts = ListStarts.of(block, ColumnKind.SPAN_LINKS);
    boolean none =
        trace.map(TraceKey::isNone).orElse(false) || (span.isPresent() && span.getAsLong() == 0);
    if (starts[block.rows()] == 0 || none) {
      return RowSet.none(block.rows());
    }
    RowSet left = entriesOf(among, starts);
    if (trace.isPresent()) {
      left = equal(ColumnKind.SPAN_LINK_TRACE_HIGH, trace.get().high(), left);
      left = equal(ColumnKind.SPAN_LINK_TRACE_LOW, trace.get().low(), left);
    } else {
      left = equal(ColumnKind.SPAN_LINK_SPAN, span.getAsLong(), left);
    }
    return rowsOf(left, starts);
  }

  private RowSet equal(ColumnKind kind, long wanted, RowSet among) {
    return among.isEmpty()
        ? among
        : ColumnFilter.vector(
            block.longs(kind, among.rows()),
            ValueColumn.INT,
            (type, payload, arena) -> payload == wanted,
            among);
  }

  /** The events or links of some rows. */
  static RowSet entriesOf(RowSet among, int[] starts) {
    int count = starts[starts.length - 1];
    if (among.isAll()) {
      return RowSet.all(count);
    }
    RowSet entries = RowSet.none(count);
    for (int row = among.next(0); row >= 0; row = among.next(row + 1)) {
      for (int entry = starts[row]; entry < starts[row + 1]; entry++) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** The rows of some events or links. */
  private static RowSet rowsOf(RowSet entries, int[] starts) {
    RowSet found = RowSet.none(starts.length - 1);
    int row = 0;
    for (int entry = entries.next(0); entry >= 0; entry = entries.next(entry + 1)) {
      while (starts[row + 1] <= entry) {
        row++;
      }
      found.add(row);
    }
    return found;
  }
}
