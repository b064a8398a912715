package io.ghostworks.records.batch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.records.column.AttributeBlock;
import io.ghostworks.records.column.AttributeCopy;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.column.ColumnSink;
import io.ghostworks.records.column.Vector;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** Moves columns between batches and blocks. */
final class RowColumns {

  private RowColumns() {}

  static void putLongs(ColumnSink sink, ColumnKind kind, int rows, IntToLongFunction value) {
    long[] values = new long[rows];
    boolean any = false;
    for (int row = 0; row < rows; row++) {
      values[row] = value.applyAsLong(row);
      any |= values[row] != 0;
    }
    if (any) {
      sink.longs(kind, values, rows);
    }
  }

  static void putTexts(
      ColumnSink sink, ColumnKind kind, ByteArena arena, int rows, IntToLongFunction slice) {
    long[] slices = new long[rows];
    boolean any = false;
    for (int row = 0; row < rows; row++) {
      slices[row] = slice.applyAsLong(row);
      any |= ByteArena.length(slices[row]) > 0;
    }
    if (any) {
      sink.texts(kind, arena, slices, rows);
    }
  }

  static void putTraces(
      ColumnSink sink,
      int rows,
      IntToLongFunction high,
      IntToLongFunction low,
      IntToLongFunction startNanos,
      IntToLongFunction endNanos) {
    long[] highs = new long[rows];
    long[] lows = new long[rows];
    long[] starts = new long[rows];
    long[] ends = new long[rows];
    boolean any = false;
    for (int row = 0; row < rows; row++) {
      highs[row] = high.applyAsLong(row);
      lows[row] = low.applyAsLong(row);
      starts[row] = startNanos.applyAsLong(row);
      ends[row] = Math.max(starts[row], endNanos.applyAsLong(row));
      any |= (highs[row] | lows[row]) != 0;
    }
    if (any) {
      sink.traces(highs, lows, starts, ends, rows);
    }
  }

  /** Gives a batch the keys of a block, with the same numbers. */
  static void keys(ColumnBlock block, StringTable target) throws DamagedDataException {
    StringTable keys = block.keys();
    for (int key = 0; key < keys.size(); key++) {
      long slice = keys.slice(key);
      target.intern(keys.arena().array(), ByteArena.offset(slice), ByteArena.length(slice));
    }
  }

  /** Numbers of a table with so many entries. */
  static Vector numbers(ColumnBlock block, ColumnKind kind, ColumnSet wanted, int limit)
      throws DamagedDataException {
    if (!wanted.has(kind)) {
      return Vector.constant(0, block.rows());
    }
    Vector numbers = block.longs(kind);
    for (int i = 0; i < numbers.valueCount(); i++) {
      if (numbers.value(i) < 0 || numbers.value(i) >= limit) {
        throw new DamagedDataException(
            "a number in column %s must be below %d, got %d"
                .formatted(kind, limit, numbers.value(i)));
      }
    }
    return numbers;
  }

  /** Numbers of some rows, ascending; those of the others are not to be asked for. */
  static Vector longs(ColumnBlock block, ColumnKind kind, ColumnSet wanted, int[] rows) {
    return wanted.has(kind) ? block.longs(kind, rows) : Vector.constant(0, block.rows());
  }

  /** Texts of some rows, ascending; those of the others are not to be asked for. */
  static Texts texts(
      ColumnBlock block, ColumnKind kind, ColumnSet wanted, int[] rows, ByteArena target) {
    return new Texts(
        wanted.has(kind) ? block.texts(kind, rows) : Vector.constant(ByteArena.EMPTY, block.rows()),
        target);
  }

  /** Copies texts into a batch's arena, each value of a vector once. */
  static final class Texts {
    private final Vector values;
    private final ByteArena target;
    private final long[] copied;

    Texts(Vector values, ByteArena target) {
      this.values = values;
      this.target = target;
      this.copied = new long[values.valueCount()];
    }

    long get(int row) {
      long slice = values.get(row);
      if (ByteArena.length(slice) == 0) {
        return ByteArena.EMPTY;
      }
      int code = values.code(row);
      if (copied[code] == 0) {
        copied[code] =
            target.append(values.arena().array(), ByteArena.offset(slice), ByteArena.length(slice));
      }
      return copied[code];
    }
  }

  /** Copies the wanted attributes of rows, ascending. */
  static final class Attributes {
    private final @Nullable AttributeCopy copy;

    Attributes(ColumnBlock block, ColumnSet wanted, int[] rows) throws DamagedDataException {
      copy =
          wanted.has(ColumnKind.ATTRIBUTE)
              ? AttributeCopy.of(
                  AttributeBlock.of(block), rows, wanted::hasKey, wanted.attributeValues())
              : null;
    }

    void copy(int row, AttributeColumns target) throws DamagedDataException {
      if (copy != null) {
        copy.copy(row, target);
      }
    }
  }
}
