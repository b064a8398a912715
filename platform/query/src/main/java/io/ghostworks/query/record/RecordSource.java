package io.ghostworks.query.record;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
   * The spans of a trace as {@link #trace} gives them, piece by piece; none if there is none.
   *
   * @param columns which are filled, as for {@link #traces}; empty: all
   */
  default TraceCursor spansOf(TraceKey id, Collection<Field> columns, QueryContext context) {
    return TraceCursor.of(trace(id.high(), id.low(), context));
  }

  /**
   * All spans of many traces, in batches of whole traces: in a batch the spans of a trace follow
   * one another, by start time, each repetition once. Traces come in ascending order of their ids
   * (unsigned); those without spans are left out.
   *
   * @param columns which columns of the spans are filled; others may be empty or 0. Ids and times
   *     always are; {@link Field#RESOURCE_ATTRIBUTES}, {@link Field#ATTRIBUTES} and the like stand
   *     for all of their attributes, one attribute of a scope may bring the others along. Empty:
   *     all columns
   * @param each gets one batch after the other, which it may keep if it reserves it
   */
  default void traces(
      Collection<TraceKey> ids,
      Collection<Field> columns,
      QueryContext context,
      Consumer<SpanBatch> each) {
    ids.stream()
        .distinct()
        .sorted()
        .map(id -> trace(id.high(), id.low(), context))
        .filter(spans -> spans.rows() > 0)
        .forEach(each);
  }

  /**
   * The times of a trace's spans, about: the first one is not later than their earliest start, the
   * end behind their latest end, both less than a second away from it. Empty if there is none.
   */
  default Optional<TimeRange> timesOfTrace(TraceKey id, QueryContext context) {
    SpanBatch spans = trace(id.high(), id.low(), context);
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (int row = 0; row < spans.rows(); row++) {
      start = Math.min(start, spans.startNanos(row));
      end = Math.max(end, Math.max(spans.startNanos(row), spans.endNanos(row)) + 1);
    }
    return spans.rows() == 0 ? Optional.empty() : Optional.of(new TimeRange(start, end));
  }

  /**
   * Times in nanoseconds since the epoch.
   *
   * @param startNanos inclusive
   * @param endNanos exclusive
   */
  record TimeRange(long startNanos, long endNanos) {}

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

  /**
   * Shows the rows that {@link #scan} gives to readers, block by block in no order: for questions
   * whose answer does not depend on one. All rows are read, whatever the scan's order and most rows
   * say.
   *
   * @param details columns that readers may ask of some of the rows
   * @param readers gives a reader to each thread that takes part; called by one thread at a time
   */
  default void blocks(
      RecordScan scan, List<Field> details, QueryContext context, Supplier<BlockReader> readers) {
    ScannedBlocks.read(asked -> scan(asked, context), scan, details, readers.get());
  }

  /** The keys of attributes of one scope that rows in the range have, sorted. */
  List<String> attributeKeys(
      Signal signal,
      Field.Scope scope,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context);

  /** The distinct texts of a column in the range, of a list those of its elements; sorted. */
  List<String> fieldValues(
      Signal signal,
      Field field,
      Filter filter,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context);

  /**
   * The distinct values of a column with their types in the range, sorted: of an array each
   * element, of events and links those of each.
   *
   * @param limit the least so many; 0 for all
   */
  default List<FieldValue> typedValues(
      Signal signal,
      Field field,
      Filter filter,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context) {
    return ScannedValues.of(this, signal, field, filter, startNanos, endNanos, limit, context);
  }
}
