package io.ghostworks.records.scan;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.FieldValue;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.ScannedValues;
import io.ghostworks.records.column.AttributeBlock;
import io.ghostworks.records.column.AttributeKinds;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.column.ListStarts;
import io.ghostworks.records.column.Vector;
import io.ghostworks.records.text.RowSet;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values that a column has in one source: in blocks from the dictionaries of columns,
 * each value once, where rows need not be built. Used by one thread.
 *
 * @param <B> the batch
 */
public final class ColumnValues<B> {

  private static final Map<Field, ColumnKind> TABLES =
      Map.of(
          Field.SERVICE_NAME, ColumnKind.RESOURCE,
          Field.INSTRUMENTATION_NAME, ColumnKind.SCOPE,
          Field.INSTRUMENTATION_VERSION, ColumnKind.SCOPE);

  private final ReadableSchema<B> readable;
  private final Field field;
  private final Filter filter;
  private final long startNanos;
  private final long endNanos;
  private final Consumer<FieldValue> found;

  /**
   * @param startNanos inclusive
   * @param endNanos exclusive
   * @param found gets each value of a row that fulfils the filter, some more than once
   * @throws io.ghostworks.query.QueryException if rows of this kind have no such field
   */
  public ColumnValues(
      ReadableSchema<B> readable,
      Field field,
      Filter filter,
      long startNanos,
      long endNanos,
      Consumer<FieldValue> found) {
    this.readable = readable;
    this.field = field;
    this.filter = filter;
    this.startNanos = startNanos;
    this.endNanos = endNanos;
    this.found = found;
    var _ = readable.reader(field, readable.schema().copier().batch());
  }

  /** What must be reserved to read a source. */
  public static long bytes(RowSource<?> source, Field field, Filter filter) {
    return source.loadBytes(NeededColumns.ofValues(field, filter));
  }

  /** Gives the values of a source. */
  public void read(RowSource<B> source) {
    Filter wanted =
        source.visible().equals(Filter.ALL)
            ? filter
            : new Filter.And(List.of(filter, source.visible()));
    ColumnBlock block = source.open();
    try {
      if (block == null) {
        readWhole(source.load(NeededColumns.ofValues(field, wanted)), wanted);
      } else {
        readBlock(source, block, wanted);
      }
    } catch (DamagedDataException e) {
      throw source.damaged(e);
    }
  }

  private void readWhole(B batch, Filter wanted) {
    BatchFilter bound = readable.bind(wanted, batch);
    FieldReader reader = readable.reader(field, batch);
    for (int row = 0; row < readable.schema().rows(batch); row++) {
      long time = readable.schema().timeNanos(batch, row);
      if (time >= startNanos && time < endNanos && bound.test(row)) {
        read(reader, row);
      }
    }
  }

  private void read(FieldReader reader, int row) {
    for (byte type = reader.read(row); type != ValueColumn.NONE; type = reader.next()) {
      long payload = reader.payload();
      if (isValue(type, payload)) {
        ScannedValues.add(type, payload, reader.arena(), found);
      }
    }
  }

  private void readBlock(RowSource<B> source, ColumnBlock block, Filter wanted)
      throws DamagedDataException {
    AttributeKinds kinds = kindsOf(field);
    if (kinds != null && ColumnFilter.keyOf(block, kinds, Filter.ALL, field.name()) < 0) {
      return;
    }
    RowSet rows =
        new ColumnFilter<>(readable, block, (some, columns) -> source.load(block, some, columns))
            .matches(wanted, inRange(source, block));
    if (rows.isEmpty()) {
      return;
    }
    ColumnKind table = tableOf(field);
    if (table != null) {
      readRows(source, block, firstRows(block.longs(table), rows));
    } else if (kinds == null) {
      readIntrinsic(source, block, rows);
    } else {
      readAttribute(source, block, kinds, rows);
    }
  }

  /** Where the values of a field are attributes of rows, events or links. */
  private static @Nullable AttributeKinds kindsOf(Field field) {
    return switch (field.scope()) {
      case ATTRIBUTE -> AttributeKinds.OF_ROWS;
      case EVENT -> AttributeKinds.OF_EVENTS;
      case LINK -> AttributeKinds.OF_LINKS;
      case INTRINSIC, STREAM, RESOURCE, INSTRUMENTATION, ATTRIBUTE_OR_RESOURCE -> null;
    };
  }

  /** The column of numbers of what many rows have in common. */
  private static @Nullable ColumnKind tableOf(Field field) {
    return switch (field.scope()) {
      case RESOURCE -> ColumnKind.RESOURCE;
      case INSTRUMENTATION -> ColumnKind.SCOPE;
      case STREAM -> ColumnKind.STREAM;
      case INTRINSIC -> TABLES.get(field);
      case ATTRIBUTE, ATTRIBUTE_OR_RESOURCE, EVENT, LINK -> null;
    };
  }

  private RowSet inRange(RowSource<B> source, ColumnBlock block) {
    if (source.minTimeNanos() >= startNanos && source.maxTimeNanos() < endNanos) {
      return RowSet.all(block.rows());
    }
    return ColumnFilter.vector(
        block.longs(ColumnKind.TIME),
        ValueColumn.INT,
        (type, time, arena) -> time >= startNanos && time < endNanos,
        RowSet.all(block.rows()));
  }

  /** Of some rows the first one with each number. */
  private static RowSet firstRows(Vector numbers, RowSet rows) {
    RowSet first = RowSet.none(rows.rows());
    Map<Long, Integer> seen = new HashMap<>();
    long last = -1;
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      long number = numbers.get(row);
      if (number != last && seen.putIfAbsent(number, row) == null) {
        first.add(row);
      }
      last = number;
    }
    return first;
  }

  private void readRows(RowSource<B> source, ColumnBlock block, RowSet rows) {
    B batch = source.load(block, rows.toArray(), NeededColumns.ofValues(field, Filter.ALL));
    FieldReader reader = readable.reader(field, batch);
    for (int row = 0; row < readable.schema().rows(batch); row++) {
      read(reader, row);
    }
  }

  private void readIntrinsic(RowSource<B> source, ColumnBlock block, RowSet rows)
      throws DamagedDataException {
    ColumnKind number = ColumnFilter.numberKind(field);
    ColumnKind text = ColumnFilter.textKind(field);
    ColumnKind listed = ListFilter.textKind(field);
    if (number != null) {
      add(block.longs(number), ValueColumn.INT, rows);
    } else if (text != null) {
      add(block.texts(text), ValueColumn.STRING, rows);
    } else if (listed != null && !block.has(ColumnKind.DETAILS)) {
      int[] starts = ListStarts.of(block, ListFilter.counts(field));
      add(
          block.texts(listed, starts[block.rows()]),
          ValueColumn.STRING,
          ListFilter.entriesOf(rows, starts));
    } else {
      readRows(source, block, rows);
    }
  }

  private void readAttribute(
      RowSource<B> source, ColumnBlock block, AttributeKinds kinds, RowSet rows)
      throws DamagedDataException {
    boolean listed = !kinds.equals(AttributeKinds.OF_ROWS);
    if (listed && block.has(ColumnKind.DETAILS)) {
      readRows(source, block, rows);
      return;
    }
    int[] starts = listed ? ListStarts.of(block, ListFilter.counts(field)) : new int[0];
    int count = listed ? starts[block.rows()] : block.rows();
    AttributeBlock own = AttributeBlock.of(block, kinds, count);
    int key = block.keys().find(field.name());
    if (own.repeats(key)) {
      readRows(source, block, rows);
      return;
    }
    RowSet entries = listed ? ListFilter.entriesOf(rows, starts) : rows;
    for (int column : own.columnsOf(key)) {
      if (own.type(column) != ValueColumn.NONE) {
        add(own, column, entries);
      }
    }
  }

  /** Gives the values of one type of a key that some rows, events or links have. */
  private void add(AttributeBlock own, int column, RowSet among) throws DamagedDataException {
    Vector values = own.values(column);
    int[] rows = own.rowsOf(column);
    boolean[] seen = new boolean[values.valueCount()];
    for (int entry = 0; entry < rows.length; entry++) {
      int code = values.code(entry);
      if (!seen[code] && among.contains(rows[entry])) {
        seen[code] = true;
        add(values, code, own.type(column));
      }
    }
  }

  private void add(Vector values, byte type, RowSet rows) {
    boolean[] seen = new boolean[values.valueCount()];
    for (int row = rows.next(0); row >= 0; row = rows.next(row + 1)) {
      int code = values.code(row);
      if (!seen[code]) {
        seen[code] = true;
        add(values, code, type);
      }
    }
  }

  private void add(Vector values, int code, byte type) {
    long payload = values.value(code);
    if (isValue(type, payload)) {
      ScannedValues.add(type, payload, values.arena(), found);
    }
  }

  /** An intrinsic text that is empty is one that the row does not have. */
  private boolean isValue(byte type, long payload) {
    return type != ValueColumn.STRING
        || ByteArena.length(payload) > 0
        || field.scope() != Field.Scope.INTRINSIC
        || field.hasSeveralValues();
  }

  /** The keys of attributes that a block has for certain, from its header alone. */
  public static boolean keys(ColumnBlock block, Field.Scope scope, Consumer<String> found) {
    AttributeKinds kinds = kindsOf(new Field(scope, ""));
    if (kinds == null
        || block.has(kinds.packed())
        || (!kinds.equals(AttributeKinds.OF_ROWS) && block.has(ColumnKind.DETAILS))) {
      return false;
    }
    for (int key = 0; key < block.keys().size(); key++) {
      if (block.types(kinds.attribute(), key).length > 0) {
        found.accept(block.keys().text(key));
      }
    }
    return true;
  }
}
