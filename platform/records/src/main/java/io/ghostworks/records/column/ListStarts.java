package io.ghostworks.records.column;

import io.ghostworks.storage.bytes.DamagedDataException;

/** Where the events or links of each row begin among those of a block. */
public final class ListStarts {

  /** More events or links than the bytes of a block have room for. */
  private static final int COUNT_MAX = 1 << 23;

  private ListStarts() {}

  /**
   * The first event or link of each row, and behind the last row how many there are.
   *
   * @param kind of the column with the count of each row
   * @throws DamagedDataException if the counts are none
   */
  public static int[] of(ColumnBlock block, ColumnKind kind) throws DamagedDataException {
    int[] starts = new int[block.rows() + 1];
    if (!block.has(kind)) {
      return starts;
    }
    Vector counts = block.longs(kind);
    for (int row = 0; row < block.rows(); row++) {
      long count = counts.get(row);
      if (count < 0 || count > COUNT_MAX - starts[row]) {
        throw new DamagedDataException(
            "a block has at most %d values in the column %s, row %d says %d"
                .formatted(COUNT_MAX, kind, row, count));
      }
      starts[row + 1] = starts[row] + (int) count;
    }
    return starts;
  }
}
