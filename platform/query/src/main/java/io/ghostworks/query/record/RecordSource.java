package io.ghostworks.query.record;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import java.util.List;

/**
 * A store of log records and spans as a query sees it. Every answer is the context's tenant's
 * alone. Times are nanoseconds since the epoch, start inclusive, end exclusive. Safe for use from
 * several threads; a cursor is used by one.
 */
public interface RecordSource {

  /**
   * Rows that fulfil a filter. Rows that are equal in all that identifies them (see the store) are
   * given once, unless the scan takes repetitions.
   */
  RecordCursor scan(RecordScan scan, QueryContext context);

  /** All spans of a trace, whole, by start time; no rows if there is none. */
  SpanBatch trace(long traceIdHigh, long traceIdLow, QueryContext context);

  /**
   * The streams that fulfil one of the matcher lists and have records in the range, sorted; all
   * where the list is empty.
   */
  List<Labels> streams(
      List<List<LabelMatcher>> selectors, long startNanos, long endNanos, QueryContext context);

  /**
   * How many log records the streams of a request have in each step, and the bytes of their lines,
   * by stream and level. Equal records count once. Never an estimate; stores that keep counts
   * answer from them where they give what reading the rows would.
   */
  default List<StreamCounts> counts(CountRequest request, QueryContext context) {
    return ScannedCounts.of(this, request, context);
  }

  /** The keys of attributes of one scope that rows in the range have, sorted. */
  List<String> attributeKeys(
      Signal signal,
      Field.Scope scope,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context);

  /** The distinct texts of a column in the range, sorted. */
  List<String> fieldValues(
      Signal signal,
      Field field,
      Filter filter,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context);
}
