package io.ghostworks.query.record;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ValueColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Blocks from the batches of a scan: what every other way of reading blocks must equal. */
public final class ScannedBlocks {

  private static final Set<Field> IDS = Set.of(Field.TRACE_ID, Field.SPAN_ID, Field.PARENT_SPAN_ID);

  private ScannedBlocks() {}

  /**
   * Shows a reader all rows of a scan.
   *
   * @param scans opens the scan
   */
  public static void read(
      Function<RecordScan, RecordCursor> scans,
      RecordScan scan,
      List<Field> details,
      BlockReader reader) {
    List<Field> fields = new ArrayList<>(scan.projection());
    fields.addAll(details);
    RecordScan whole =
        new RecordScan(
            scan.signal(),
            scan.startNanos(),
            scan.endNanos(),
            scan.filter(),
            fields,
            scan.order(),
            scan.rowsMax(),
            scan.repetitions());
    try (RecordCursor cursor = scans.apply(whole)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        List<RecordBlock.Column> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
          columns.add(column(fields.get(i), batch.columns().get(i), batch.rows()));
        }
        reader.read(new Block(batch.rows(), columns, scan.projection().size(), null));
      }
    }
  }

  private static RecordBlock.Column column(Field field, ColumnBatch.Column column, int rows) {
    return switch (column) {
      case ColumnBatch.LongColumn longs -> new RecordBlock.Numbers(longs.values());
      case ColumnBatch.BytesColumn bytes -> texts(bytes, rows, IDS.contains(field));
      case ColumnBatch.ValuesColumn values -> new RecordBlock.Values(values.values(), null);
      case ColumnBatch.ListsColumn lists -> firsts(lists, rows);
      case ColumnBatch.LabelsColumn labels -> throw whole(field);
      case ColumnBatch.AttributesColumn attributes -> throw whole(field);
    };
  }

  private static IllegalArgumentException whole(Field field) {
    return new IllegalArgumentException("blocks have no column '%s'".formatted(field.name()));
  }

  /** The first value of each row. */
  private static RecordBlock.Values firsts(ColumnBatch.ListsColumn lists, int rows) {
    int[] codes = new int[rows];
    for (int row = 0; row < rows; row++) {
      int start = lists.starts()[row];
      codes[row] = start < lists.starts()[row + 1] ? start : -1;
    }
    return new RecordBlock.Values(lists.values(), codes);
  }

  private static RecordBlock.Values texts(
      ColumnBatch.BytesColumn bytes, int rows, boolean emptyIsNone) {
    ValueColumn values = new ValueColumn(bytes.arena());
    for (int row = 0; row < rows; row++) {
      long slice = bytes.slices()[row];
      if (emptyIsNone && ByteArena.length(slice) == 0) {
        values.addNone();
      } else {
        values.add(ValueColumn.STRING, slice);
      }
    }
    return new RecordBlock.Values(values, null);
  }

  /**
   * @param from the first of the columns that are shown; the others are details
   * @param picked the rows that are shown, or null for all
   */
  private record Block(
      int rows, List<RecordBlock.Column> columns, int from, int @Nullable [] picked)
      implements RecordBlock {

    @Override
    public Column column(int index) {
      int[] some = picked;
      return some == null ? columns.get(index) : picked(columns.get(from + index), some);
    }

    @Override
    public RecordBlock details(int[] some) {
      return new Block(some.length, columns, from, some.clone());
    }

    private static Column picked(Column column, int[] some) {
      return switch (column) {
        case Numbers numbers -> {
          long[] values = new long[some.length];
          for (int i = 0; i < some.length; i++) {
            values[i] = numbers.values()[some[i]];
          }
          yield new Numbers(values);
        }
        case Values values -> {
          int[] codes = new int[some.length];
          int[] all = values.codes();
          for (int i = 0; i < some.length; i++) {
            codes[i] = all == null ? some[i] : all[some[i]];
          }
          yield new Values(values.values(), codes);
        }
      };
    }
  }
}
