package io.ghostworks.records.scan;

import io.ghostworks.query.record.Filter;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.batch.RowCopier;

/** The rows of sources that are not deleted, for readers that look at whole batches. */
public final class VisibleRows {

  private VisibleRows() {}

  /** What must be loaded of a source to know its visible rows and these columns of them. */
  public static ColumnSet columns(RowSource<?> source, ColumnSet wanted) {
    return source.visible().equals(Filter.ALL) ? wanted : ColumnSet.ALL;
  }

  /** The visible rows of a loaded batch: the batch itself where all are. */
  public static <B> B of(ReadableSchema<B> readable, B batch, Filter visible) {
    if (visible.equals(Filter.ALL)) {
      return batch;
    }
    BatchSchema<B> schema = readable.schema();
    BatchFilter filter = readable.bind(visible, batch);
    int rows = schema.rows(batch);
    int first = 0;
    while (first < rows && filter.test(first)) {
      first++;
    }
    if (first == rows) {
      return batch;
    }
    RowCopier<B> copier = schema.copier();
    for (int row = 0; row < rows; row++) {
      if (row < first || filter.test(row)) {
        copier.copy(batch, row);
      }
    }
    return copier.batch();
  }
}
