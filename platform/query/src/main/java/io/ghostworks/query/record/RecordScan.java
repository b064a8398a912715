package io.ghostworks.query.record;

import java.util.List;

/**
 * A request for rows.
 *
 * @param startNanos the first time that matters, inclusive
 * @param endNanos the end, exclusive
 * @param projection the columns of the answer, in this order
 * @param rowsMax at most so many rows, at least 1
 */
public record RecordScan(
    Signal signal,
    long startNanos,
    long endNanos,
    Filter filter,
    List<Field> projection,
    Order order,
    int rowsMax) {

  public RecordScan {
    projection = List.copyOf(projection);
    if (rowsMax < 1) {
      throw new IllegalArgumentException(
          "a scan gives at least 1 row, asked for %d".formatted(rowsMax));
    }
  }

  /** The order of rows by time; rows of the same time come in a stable order. */
  public enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
  }
}
