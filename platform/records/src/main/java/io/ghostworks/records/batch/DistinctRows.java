package io.ghostworks.records.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A set of rows of several batches, in which repetitions count once. Few rows are compared one by
 * one; many are found by their hash. Not thread-safe.
 *
 * @param <B> the batch
 */
public final class DistinctRows<B> {

  private static final int COMPARED_MAX = 8;

  private final BatchSchema<B> schema;
  private final List<Row<B>> few = new ArrayList<>();
  private final Map<Long, List<Row<B>>> many = new HashMap<>();

  public DistinctRows(BatchSchema<B> schema) {
    this.schema = schema;
  }

  private record Row<B>(B batch, int row) {}

  /** Adds a row; false if one that is the same is there already. */
  public boolean add(B batch, int row) {
    if (many.isEmpty() && few.size() == COMPARED_MAX) {
      few.forEach(each -> sameHash(each.batch(), each.row()).add(each));
      few.clear();
    }
    List<Row<B>> candidates = many.isEmpty() ? few : sameHash(batch, row);
    for (Row<B> candidate : candidates) {
      if (schema.sameRow(candidate.batch(), candidate.row(), batch, row)) {
        return false;
      }
    }
    candidates.add(new Row<>(batch, row));
    return true;
  }

  private List<Row<B>> sameHash(B batch, int row) {
    return many.computeIfAbsent(schema.rowHash(batch, row), hash -> new ArrayList<>(1));
  }

  public void clear() {
    few.clear();
    many.clear();
  }
}
