package io.ghostworks.logql.eval;

import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.Signal;
import java.util.List;
import java.util.function.Supplier;

/**
 * Which rows a range aggregation reads and what becomes of them.
 *
 * @param fromNanos inclusive
 * @param toNanos exclusive
 * @param extractors gives an extractor for each thread that takes part
 */
record SampleScan(
    long fromNanos,
    long toNanos,
    Filter filter,
    List<Field> projection,
    Supplier<SampleExtractor> extractors) {

  /** The scan of a part of the range, oldest rows first. */
  RecordScan rows(long startNanos, long endNanos) {
    return new RecordScan(
        Signal.LOGS,
        startNanos,
        endNanos,
        filter,
        projection,
        RecordScan.Order.OLDEST_FIRST,
        Integer.MAX_VALUE);
  }
}
