package io.ghostworks.records.column;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Copies the wanted attributes of some rows, one after another, into a batch whose keys have the
 * numbers of the block's. Of few rows only what these have is decoded. Used by one thread.
 */
public final class AttributeCopy {

  /** If not more than one row in so many is wanted, it is looked up first what they need. */
  private static final int FEW_ROWS = 32;

  private final AttributeBlock block;
  private final boolean withValues;
  private final int[][] wantedOfShape;
  private final int[] next;
  private final int[] passed;
  private final Vector[] values;
  private final long[][] slices;
  private final int @Nullable [][] entries;
  private int row;

  private AttributeCopy(AttributeBlock block, int[] rows, int[][] wantedOfShape, boolean withValues)
      throws DamagedDataException {
    this.block = block;
    this.withValues = withValues;
    this.wantedOfShape = wantedOfShape;
    this.next = new int[block.columns()];
    this.passed = new int[block.shapes()];
    this.values = new Vector[block.columns()];
    this.slices = new long[block.columns()][];
    this.entries = withValues && rows.length <= block.rows() / FEW_ROWS ? entries(rows) : null;
  }

  /**
   * @param rows which will be copied, ascending
   * @param keys which keys are wanted
   * @param withValues else the values are of type NONE
   */
  public static AttributeCopy of(
      AttributeBlock block, int[] rows, Predicate<String> keys, boolean withValues)
      throws DamagedDataException {
    boolean[] wanted = new boolean[block.columns()];
    for (int column = 0; column < wanted.length; column++) {
      wanted[column] = keys.test(block.keyText(column));
    }
    int[][] wantedOfShape = new int[block.shapes()][];
    for (int shape = 0; shape < wantedOfShape.length; shape++) {
      wantedOfShape[shape] =
          Arrays.stream(block.columnsOfShape(shape)).filter(column -> wanted[column]).toArray();
    }
    return new AttributeCopy(block, rows, wantedOfShape, withValues);
  }

  /** The entries of each column that some rows have. */
  private int[][] entries(int[] rows) {
    IntColumn[] found = new IntColumn[next.length];
    Arrays.setAll(found, column -> new IntColumn(4));
    for (int wantedRow : rows) {
      for (int column : advance(wantedRow)) {
        found[column].add(next[column]++);
      }
    }
    row = 0;
    Arrays.fill(next, 0);
    return Arrays.stream(found)
        .map(column -> Arrays.copyOf(column.array(), column.size()))
        .toArray(int[][]::new);
  }

  /** Goes to a row and answers its wanted columns. */
  private int[] advance(int wantedRow) {
    Arrays.fill(passed, 0);
    while (row < wantedRow) {
      passed[block.shape(row++)]++;
    }
    for (int shape = 0; shape < passed.length; shape++) {
      for (int i = 0; passed[shape] > 0 && i < wantedOfShape[shape].length; i++) {
        next[wantedOfShape[shape][i]] += passed[shape];
      }
    }
    return wantedOfShape[block.shape(row++)];
  }

  /**
   * Adds the attributes of a row, which comes after those before, to the open row of a target.
   *
   * @throws DamagedDataException if the values are no such ones
   */
  public void copy(int wantedRow, AttributeColumns target) throws DamagedDataException {
    for (int column : advance(wantedRow)) {
      target.addKey(block.key(column));
      add(column, next[column]++, target.values());
    }
  }

  private void add(int column, int entry, ValueColumn target) throws DamagedDataException {
    byte type = block.type(column);
    if (!withValues) {
      target.addNone();
      return;
    }
    Vector vector = values(column);
    long payload = vector.get(entry);
    if (!ValueColumn.isSlice(type) || payload == ByteArena.EMPTY) {
      target.add(type, payload);
      return;
    }
    long[] copied = slices[column];
    int code = vector.code(entry);
    if (copied[code] == 0) {
      copied[code] =
          target
              .arena()
              .append(vector.arena().array(), ByteArena.offset(payload), ByteArena.length(payload));
    }
    target.add(type, copied[code]);
  }

  private Vector values(int column) throws DamagedDataException {
    Vector known = values[column];
    if (known == null) {
      int[][] few = entries;
      known = few == null ? block.values(column) : block.values(column, few[column]);
      values[column] = known;
      slices[column] = new long[known.valueCount()];
    }
    return known;
  }
}
