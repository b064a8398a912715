package io.ghostworks.query.record;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ValueColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an answer as columns, in the order of the scan's projection. Valid until the cursor goes
 * on; whoever keeps it copies.
 *
 * @param rows how many; every column has as many
 */
public record ColumnBatch(int rows, List<Column> columns) {

  public ColumnBatch {
    columns = List.copyOf(columns);
  }

  public LongColumn longs(int index) {
    return (LongColumn) columns.get(index);
  }

  public BytesColumn bytes(int index) {
    return (BytesColumn) columns.get(index);
  }

  public ValuesColumn values(int index) {
    return (ValuesColumn) columns.get(index);
  }

  public LabelsColumn labels(int index) {
    return (LabelsColumn) columns.get(index);
  }

  public AttributesColumn attributes(int index) {
    return (AttributesColumn) columns.get(index);
  }

  public ListsColumn lists(int index) {
    return (ListsColumn) columns.get(index);
  }

  /**
   * One column. Which one a field gives stands at its constant; attributes and stream labels give
   * values.
   */
  public sealed interface Column {}

  /** Numbers; every row has one. */
  public record LongColumn(long[] values) implements Column {}

  /** Texts and ids as slices of an arena; the empty slice where a row has none. */
  public record BytesColumn(ByteArena arena, long[] slices) implements Column {
    private static final VarHandle LONGS =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    public String text(int row) {
      return arena.text(slices[row]);
    }

    /** The trace id of a row; null where it has none. */
    public @Nullable TraceKey findTraceId(int row) {
      long slice = slices[row];
      int offset = ByteArena.offset(slice);
      return ByteArena.length(slice) == 2 * Long.BYTES
          ? new TraceKey(word(offset), word(offset + Long.BYTES))
          : null;
    }

    /** The span id of a row; 0 where it has none. */
    public long spanId(int row) {
      long slice = slices[row];
      return ByteArena.length(slice) == Long.BYTES ? word(ByteArena.offset(slice)) : 0;
    }

    private long word(int offset) {
      return (long) LONGS.get(arena.array(), offset);
    }
  }

  /** Typed values; type {@link ValueColumn#NONE} where a row has none. */
  public record ValuesColumn(ValueColumn values) implements Column {}

  /**
   * Several typed values a row: those of row i are {@code [starts[i], starts[i + 1])}.
   *
   * @param starts one more than rows
   */
  public record ListsColumn(ValueColumn values, int[] starts) implements Column {}

  /** Label sets by their number in a table. */
  public record LabelsColumn(Labels[] table, int[] numbers) implements Column {
    public Labels labels(int row) {
      return table[numbers[row]];
    }
  }

  /**
   * All attributes of each row's record, resource or scope; {@code attributeRows[row]} is the row
   * in the attributes.
   */
  public record AttributesColumn(AttributeColumns attributes, int[] attributeRows)
      implements Column {}
}
