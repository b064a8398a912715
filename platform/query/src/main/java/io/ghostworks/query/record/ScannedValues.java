package io.ghostworks.query.record;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ArrayElements;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Distinct values of a column by reading all rows: what every other way must equal. */
public final class ScannedValues {

  private static final int VALUE_BYTES = 120;
  private static final Set<Field> IDS = Set.of(Field.TRACE_ID, Field.SPAN_ID, Field.PARENT_SPAN_ID);

  private ScannedValues() {}

  /** The answer to {@link RecordSource#typedValues} over any source. */
  public static List<FieldValue> of(
      RecordSource source,
      Signal signal,
      Field field,
      Filter filter,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context) {
    TreeSet<FieldValue> found = new TreeSet<>();
    RecordScan scan =
        new RecordScan(
            signal,
            startNanos,
            endNanos,
            filter,
            List.of(field),
            RecordScan.Order.NEWEST_FIRST,
            Integer.MAX_VALUE,
            true);
    try (RecordCursor cursor = source.scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        add(batch, field, value -> keep(value, found, limit, context));
      }
    }
    return List.copyOf(found);
  }

  private static void keep(
      FieldValue value, NavigableSet<FieldValue> found, int limit, QueryContext context) {
    if (limit > 0 && found.size() == limit && value.compareTo(found.last()) >= 0) {
      return;
    }
    if (found.add(value)) {
      context.reserve(bytes(value));
      if (limit > 0 && found.size() > limit) {
        context.release(bytes(found.removeLast()));
      }
    }
  }

  private static long bytes(FieldValue value) {
    return VALUE_BYTES + 2L * value.text().length();
  }

  /** Gives the values of an answer's first column, repetitions included. */
  public static void add(ColumnBatch batch, Field field, Consumer<FieldValue> found) {
    switch (batch.columns().getFirst()) {
      case ColumnBatch.LongColumn column -> {
        for (int row = 0; row < batch.rows(); row++) {
          found.accept(new FieldValue(ValueColumn.INT, Long.toString(column.values()[row])));
        }
      }
      case ColumnBatch.BytesColumn column -> {
        for (int row = 0; row < batch.rows(); row++) {
          long slice = column.slices()[row];
          if (ByteArena.length(slice) > 0) {
            String text =
                IDS.contains(field)
                    ? HexFormat.of().formatHex(column.arena().copy(slice))
                    : column.arena().text(slice);
            found.accept(new FieldValue(ValueColumn.STRING, text));
          }
        }
      }
      case ColumnBatch.ValuesColumn column -> add(column.values(), found);
      case ColumnBatch.ListsColumn column -> add(column.values(), found);
      case ColumnBatch.LabelsColumn column -> throw notValues(field);
      case ColumnBatch.AttributesColumn column -> throw notValues(field);
    }
  }

  private static QueryException notValues(Field field) {
    return new QueryException(
        QueryException.Kind.BAD_QUERY, "the column '%s' has no single values".formatted(field));
  }

  private static void add(ValueColumn values, Consumer<FieldValue> found) {
    for (int i = 0; i < values.size(); i++) {
      add(values.type(i), values.payload(i), values.arena(), found);
    }
  }

  /** Gives a value, of an array each element; nothing for none. */
  public static void add(byte type, long payload, ByteArena arena, Consumer<FieldValue> found) {
    if (type == ValueColumn.ARRAY) {
      ArrayElements elements = new ArrayElements(arena, payload);
      while (elements.next()) {
        accept(elements.type(), elements.payload(), arena, found);
      }
    } else {
      accept(type, payload, arena, found);
    }
  }

  private static void accept(byte type, long payload, ByteArena arena, Consumer<FieldValue> found) {
    String text = ValueText.of(type, payload, arena);
    if (text != null) {
      found.accept(new FieldValue(type, text));
    }
  }
}
