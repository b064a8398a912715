package io.ghostworks.records.scan;

import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.batch.DistinctRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one time that a scan has given, to leave out their repetitions. Whole rows are
 * compared only where two may be the same: they are of different origins, and of one stream or with
 * one id. Used by one thread.
 *
 * @param <B> the batch
 */
final class GivenRows<B> {

  private static final int COMPARED_MAX = 32;

  private final BatchSchema<B> schema;
  private final List<Given<B>> given = new ArrayList<>();
  private final DistinctRows<B> compared;
  private int comparedCount;
  private boolean oneOrigin;
  private long key = Long.MIN_VALUE;

  GivenRows(BatchSchema<B> schema) {
    this.schema = schema;
    this.compared = new DistinctRows<>(schema);
  }

  private record Given<B>(@Nullable Object origin, MatchedRows.Built<B> built, int row) {}

  /** Whether the row at which a source stands was not given yet; it is from now on. */
  boolean add(MatchedRows<B> candidate) {
    if (candidate.key() != key) {
      clear();
      key = candidate.key();
    }
    Given<B> row = new Given<>(candidate.origin(), candidate.built(), candidate.row());
    boolean isNew = !mayRepeat(row) || isDistinct(row);
    if (isNew) {
      oneOrigin = given.isEmpty() || (oneOrigin && isOfFirstOrigin(row));
      given.add(row);
    }
    return isNew;
  }

  private boolean mayRepeat(Given<B> candidate) {
    if (given.isEmpty() || (oneOrigin && isOfFirstOrigin(candidate))) {
      return false; // a part has each row once
    }
    if (given.size() > COMPARED_MAX) {
      return true; // telling from hashes of whole rows costs less than looking at all of them
    }
    for (Given<B> each : given) {
      boolean otherOrigin =
          candidate.origin() == null || !Objects.equals(each.origin(), candidate.origin());
      if (otherOrigin
          && schema.mayBeSame(
              each.built().batch(), each.row(), candidate.built().batch(), candidate.row())) {
        return true;
      }
    }
    return false;
  }

  private boolean isOfFirstOrigin(Given<B> row) {
    return row.origin() != null && row.origin().equals(given.getFirst().origin());
  }

  private boolean isDistinct(Given<B> candidate) {
    for (; comparedCount < given.size(); comparedCount++) {
      compare(given.get(comparedCount));
    }
    boolean isNew = compare(candidate);
    if (isNew) {
      comparedCount++; // as one of the given ones, from now on
    }
    return isNew;
  }

  private boolean compare(Given<B> each) {
    return compared.add(each.built().whole(), each.row());
  }

  void clear() {
    given.clear();
    compared.clear();
    comparedCount = 0;
  }
}
