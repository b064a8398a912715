package io.ghostworks.records.rollup;

import java.util.Arrays;

/**
 * The counts of one stream. Time is cut at the multiples of a step since the epoch: cell {@code 2k}
 * is the instant {@code k * step} alone and cell {@code 2k + 1} what lies between it and the next
 * one, so that ranges that are open at either end can be put together. Levels are numbers of the
 * owner's table.
 *
 * <p>Grows at its end, cell by cell, then is only read. Not thread-safe while it grows.
 */
public final class RollupCells {

  /** Steps in which counts are kept, in nanoseconds; each divides the next one. */
  static final long[] STEPS = {
    15_000_000_000L, 60_000_000_000L, 300_000_000_000L, 3_600_000_000_000L
  };

  private final int stepCode;
  private int size;
  private long[] cells = new long[16];
  private int[] levels = new int[16];
  private long[] rows = new long[16];
  private long[] bytes = new long[16];

  /**
   * @param stepCode the place of the step in {@link #STEPS}
   */
  RollupCells(int stepCode) {
    this.stepCode = stepCode;
  }

  static long cell(long timeNanos, int stepCode) {
    long step = Math.floorDiv(timeNanos, STEPS[stepCode]);
    return 2 * step + (timeNanos == step * STEPS[stepCode] ? 0 : 1);
  }

  int stepCode() {
    return stepCode;
  }

  /** The number of entries: of cells, each once for every level it has. */
  public int size() {
    return size;
  }

  long cell(int entry) {
    return cells[entry];
  }

  /** The first nanosecond of an entry's cell. */
  public long startNanos(int entry) {
    long cell = cells[entry];
    return (cell >> 1) * STEPS[stepCode] + (cell & 1);
  }

  /** The nanosecond behind an entry's cell. */
  public long endNanos(int entry) {
    long cell = cells[entry];
    return (cell & 1) == 0
        ? (cell >> 1) * STEPS[stepCode] + 1
        : ((cell >> 1) + 1) * STEPS[stepCode];
  }

  public int level(int entry) {
    return levels[entry];
  }

  public long rows(int entry) {
    return rows[entry];
  }

  public long bytes(int entry) {
    return bytes[entry];
  }

  /** Adds to the last cell, or to a later one. */
  void add(long cell, int level, long moreRows, long moreBytes) {
    for (int entry = size - 1; entry >= 0 && cells[entry] == cell; entry--) {
      if (levels[entry] == level) {
        rows[entry] += moreRows;
        bytes[entry] += moreBytes;
        return;
      }
    }
    if (size == cells.length) {
      cells = Arrays.copyOf(cells, 2 * size);
      levels = Arrays.copyOf(levels, 2 * size);
      rows = Arrays.copyOf(rows, 2 * size);
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    cells[size] = cell;
    levels[size] = level;
    rows[size] = moreRows;
    bytes[size++] = moreBytes;
  }

  /** The same counts in the next coarser step. */
  RollupCells coarser() {
    RollupCells coarse = new RollupCells(stepCode + 1);
    for (int entry = 0; entry < size; entry++) {
      coarse.add(cell(startNanos(entry), stepCode + 1), levels[entry], rows[entry], bytes[entry]);
    }
    return coarse;
  }

  long totalRows() {
    long sum = 0;
    for (int entry = 0; entry < size; entry++) {
      sum += rows[entry];
    }
    return sum;
  }
}
