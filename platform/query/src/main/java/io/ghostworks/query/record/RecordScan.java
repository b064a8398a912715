package io.ghostworks.query.record;

import java.util.List;

/**
 * A request for rows.
 *
 * @param startNanos the first time that matters, inclusive
 * @param endNanos the end, exclusive
 * @param projection the columns of the answer, in this order
 * @param rowsMax at most so many rows, at least 1
 * @param repetitions whether rows that are equal may be given more than once: for questions that
 *     make a set of what they get, and then read no more columns than they name
 */
public record RecordScan(
    Signal signal,
    long startNanos,
    long endNanos,
    Filter filter,
    List<Field> projection,
    Order order,
    int rowsMax,
    boolean repetitions) {

  public RecordScan {
    projection = List.copyOf(projection);
    if (rowsMax < 1) {
      throw new IllegalArgumentException(
          "a scan gives at least 1 row, asked for %d".formatted(rowsMax));
    }
  }

  /** Equal rows are given once. */
  public RecordScan(
      Signal signal,
      long startNanos,
      long endNanos,
      Filter filter,
      List<Field> projection,
      Order order,
      int rowsMax) {
    this(signal, startNanos, endNanos, filter, projection, order, rowsMax, false);
  }

  /** The order of rows by time; rows of the same time come in a stable order. */
  public enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
  }
}
