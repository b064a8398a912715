package io.ghostworks.records.scan;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.column.Vector;
import io.ghostworks.records.text.RowSet;
import java.util.BitSet;
import java.util.Set;

/** The rows of traces in one source. */
public final class TraceRows {

  private TraceRows() {}

  /**
   * A batch that has all visible rows of some traces, and may have others where the source can only
   * be loaded whole.
   *
   * @param columns what is loaded of them; all where rows are hidden
   */
  public static <B> B load(
      ReadableSchema<B> readable,
      RowSource<B> source,
      Set<TraceKey> ids,
      ColumnSet columns,
      QueryContext context) {
    ColumnBlock block = source.open();
    B batch;
    if (block == null) {
      long bytes = source.loadBytes(ColumnSet.ALL);
      context.reserve(bytes);
      try {
        batch = source.load(ColumnSet.ALL);
      } finally {
        context.release(bytes);
      }
    } else {
      batch = source.load(block, rows(block, ids), columns);
    }
    context.countRows(readable.schema().rows(batch), readable.schema().bytes(batch));
    return source.visible().equals(Filter.ALL)
        ? batch
        : VisibleRows.of(readable, batch, source.visible());
  }

  /** The rows of a block that are of these traces, ascending, deleted ones too. */
  public static int[] rows(ColumnBlock block, Set<TraceKey> ids) {
    BitSet ordinals = block.traceOrdinals(ids);
    Vector traces = block.longs(ColumnKind.TRACE);
    RowSet found = RowSet.none(block.rows());
    for (int row = 0; row < block.rows(); row++) {
      if (ordinals.get((int) traces.get(row))) {
        found.add(row);
      }
    }
    return found.toArray();
  }
}
