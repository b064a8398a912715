package io.ghostworks.server.tenants;

import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of several tenants in the order of one scan, where its columns have the time; one
 * tenant after the other where they do not.
 */
final class TenantMerge implements RecordCursor {

  private final List<TenantCursor> all;
  private final List<TenantCursor> open;
  private final int timeColumn;
  private final boolean descending;
  private int rowsLeft;

  TenantMerge(List<TenantCursor> cursors, RecordScan scan) {
    this.all = List.copyOf(cursors);
    this.open = new ArrayList<>(cursors);
    this.timeColumn = scan.projection().indexOf(Field.TIME);
    this.descending = scan.order() == RecordScan.Order.NEWEST_FIRST;
    this.rowsLeft = scan.rowsMax();
  }

  @Override
  public @Nullable ColumnBatch next() {
    open.removeIf(cursor -> !cursor.fill());
    if (open.isEmpty() || rowsLeft == 0) {
      return null;
    }
    TenantCursor first = timeColumn < 0 ? open.getFirst() : first();
    int rows = Math.min(rowsLeft, run(first));
    rowsLeft -= rows;
    return first.take(rows);
  }

  private TenantCursor first() {
    TenantCursor first = open.getFirst();
    for (TenantCursor cursor : open) {
      if (isBefore(cursor.next(timeColumn), first.next(timeColumn))) {
        first = cursor;
      }
    }
    return first;
  }

  private int run(TenantCursor first) {
    if (timeColumn < 0) {
      return first.rest();
    }
    int rows = first.rest();
    for (TenantCursor other : open) {
      if (other != first) {
        rows = Math.min(rows, first.run(timeColumn, other.next(timeColumn), descending));
      }
    }
    return rows;
  }

  private boolean isBefore(long a, long b) {
    return descending ? a > b : a < b;
  }

  @Override
  public void close() {
    all.forEach(TenantCursor::close);
  }
}
