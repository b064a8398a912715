package io.ghostworks.records.scan;

import io.ghostworks.query.record.Filter;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.column.Vector;
import io.ghostworks.records.text.RowSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a block no more rows than show all streams, resources, scopes and keys of attributes
 * that its rows have.
 */
public final class FirstRows {

  private FirstRows() {}

  /**
   * Rows of a source that is made of columns, of which none is deleted; null for other sources, and
   * where events and links are wanted, of which each row has its own.
   *
   * @param startNanos inclusive; rows outside the range do not count
   * @param endNanos exclusive
   */
  public static <B> @Nullable B load(
      RowSource<B> source, ColumnSet wanted, long startNanos, long endNanos) {
    boolean fewSuffice = source.visible().equals(Filter.ALL) && !wanted.has(ColumnKind.DETAILS);
    ColumnBlock block = fewSuffice ? source.open() : null;
    if (block == null) {
      return null;
    }
    boolean inside = source.minTimeNanos() >= startNanos && source.maxTimeNanos() < endNanos;
    Vector times = inside ? null : block.longs(ColumnKind.TIME);
    RowSet rows = RowSet.none(block.rows());
    for (ColumnKind kind : List.of(ColumnKind.RESOURCE, ColumnKind.SCOPE, ColumnKind.STREAM)) {
      if (wanted.has(kind)) {
        add(block.longs(kind), times, startNanos, endNanos, rows);
      }
    }
    if (wanted.has(ColumnKind.ATTRIBUTE)) {
      add(block.longs(ColumnKind.SHAPE), times, startNanos, endNanos, rows);
    }
    return source.load(block, rows.toArray(), wanted);
  }

  /** Adds the first row in the range that has each number. */
  private static void add(
      Vector numbers, @Nullable Vector times, long startNanos, long endNanos, RowSet rows) {
    Set<Long> seen = new HashSet<>();
    long last = -1;
    for (int row = 0; row < numbers.size(); row++) {
      long number = numbers.get(row);
      if (number == last
          || (times != null && (times.get(row) < startNanos || times.get(row) >= endNanos))) {
        continue;
      }
      if (seen.add(number)) {
        rows.add(row);
      }
      last = number;
      if (times == null && numbers.isConstant()) {
        return;
      }
    }
  }
}
