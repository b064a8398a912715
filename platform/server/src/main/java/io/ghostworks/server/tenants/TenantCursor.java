package io.ghostworks.server.tenants;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.RecordCursor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of one tenant while those of several are merged: a batch and a place in it. */
final class TenantCursor implements AutoCloseable {

  private final TenantId tenant;
  private final RecordCursor cursor;
  private final Map<Labels, Labels> labelled = new HashMap<>();
  private @Nullable ColumnBatch batch;
  private int row;

  TenantCursor(TenantId tenant, RecordCursor cursor) {
    this.tenant = tenant;
    this.cursor = cursor;
  }

  /** Goes to the next batch if this one is used up; answers whether there is a row. */
  boolean fill() {
    ColumnBatch now = batch;
    if (now == null || row == now.rows()) {
      batch = cursor.next();
      row = 0;
    }
    return batch != null;
  }

  /** The number in a column of the row that is next. */
  long next(int column) {
    return batch().longs(column).values()[row];
  }

  /** How many rows from the next one on have a number that comes before a limit, or is equal. */
  int run(int column, long limit, boolean descending) {
    long[] values = batch().longs(column).values();
    int end = row;
    while (end < batch().rows() && (descending ? values[end] >= limit : values[end] <= limit)) {
      end++;
    }
    return end - row;
  }

  /** How many rows the batch has from the next one on. */
  int rest() {
    return batch().rows() - row;
  }

  /** Takes so many rows; their streams have the tenant as a label. */
  ColumnBatch take(int rows) {
    int from = row;
    row += rows;
    return new ColumnBatch(
        rows, batch().columns().stream().map(column -> range(column, from, row)).toList());
  }

  private ColumnBatch batch() {
    ColumnBatch now = batch;
    if (now == null) {
      throw new IllegalStateException("the tenant '%s' has no more rows".formatted(tenant));
    }
    return now;
  }

  private ColumnBatch.Column range(ColumnBatch.Column column, int from, int to) {
    return switch (column) {
      case ColumnBatch.LongColumn longs ->
          new ColumnBatch.LongColumn(Arrays.copyOfRange(longs.values(), from, to));
      case ColumnBatch.BytesColumn bytes ->
          new ColumnBatch.BytesColumn(bytes.arena(), Arrays.copyOfRange(bytes.slices(), from, to));
      case ColumnBatch.ListsColumn lists ->
          new ColumnBatch.ListsColumn(
              lists.values(), Arrays.copyOfRange(lists.starts(), from, to + 1));
      case ColumnBatch.ValuesColumn values ->
          new ColumnBatch.ValuesColumn(range(values.values(), from, to));
      case ColumnBatch.LabelsColumn labels -> range(labels, from, to);
      case ColumnBatch.AttributesColumn attributes ->
          new ColumnBatch.AttributesColumn(
              attributes.attributes(), Arrays.copyOfRange(attributes.attributeRows(), from, to));
    };
  }

  private static ValueColumn range(ValueColumn values, int from, int to) {
    ValueColumn range = new ValueColumn(values.arena());
    for (int i = from; i < to; i++) {
      range.add(values.type(i), values.payload(i));
    }
    return range;
  }

  private ColumnBatch.LabelsColumn range(ColumnBatch.LabelsColumn labels, int from, int to) {
    Labels[] table = new Labels[to - from];
    int[] numbers = new int[to - from];
    for (int i = from; i < to; i++) {
      table[i - from] =
          labelled.computeIfAbsent(
              labels.labels(i), stream -> TenantUnion.labelled(stream, tenant));
      numbers[i - from] = i - from;
    }
    return new ColumnBatch.LabelsColumn(table, numbers);
  }

  @Override
  public void close() {
    cursor.close();
  }
}
