package io.ghostworks.logql;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers log queries over a source of records. Stateless and safe for use from several threads; a
 * query runs on the calling thread and holds its memory in the context until that is closed.
 */
public final class LogEngine {
  private static final long ENTRY_BYTES = 96;

  private LogEngine() {}

  /** Which records count if there are more than the limit, and how they are ordered. */
  public enum Direction {
    /** Newest first. */
    BACKWARD,
    /** Oldest first. */
    FORWARD
  }

  /**
   * Evaluates a log query.
   *
   * @param startNanos inclusive
   * @param endNanos exclusive
   * @param limit at most so many records, at least 1
   * @throws QueryException of kind BAD_QUERY where it does not parse or is not supported
   */
  public static LogAnswer query(
      String query,
      long startNanos,
      long endNanos,
      int limit,
      Direction direction,
      QueryContext context,
      RecordSource source) {
    LogQuery parsed;
    try {
      parsed = LogqlParser.parse(query);
    } catch (LogqlParseException e) {
      throw new QueryException(QueryException.Kind.BAD_QUERY, String.valueOf(e.getMessage()), e);
    }
    List<LabelFilter> filters = labelFilters(parsed);
    RecordScan scan =
        new RecordScan(
            Signal.LOGS,
            startNanos,
            endNanos,
            LogFilters.of(parsed),
            RecordLabels.PROJECTION,
            direction == Direction.BACKWARD
                ? RecordScan.Order.NEWEST_FIRST
                : RecordScan.Order.OLDEST_FIRST,
            filters.isEmpty() ? limit : Integer.MAX_VALUE);
    return new Collection(filters, limit, context).run(scan, source);
  }

  private static List<LabelFilter> labelFilters(LogQuery query) {
    List<LabelFilter> filters = new ArrayList<>();
    for (LogQuery.Stage stage : query.stages()) {
      if (stage instanceof LogQuery.LabelStage label) {
        filters.add(label.filter());
      }
    }
    return filters;
  }

  /** The records of one answer while they come. */
  private static final class Collection {
    private final List<LabelFilter> filters;
    private final int limit;
    private final QueryContext context;
    private final Map<Labels, List<LogEntry>> byStream = new TreeMap<>();
    private int entries;

    Collection(List<LabelFilter> filters, int limit, QueryContext context) {
      this.filters = filters;
      this.limit = limit;
      this.context = context;
    }

    LogAnswer run(RecordScan scan, RecordSource source) {
      try (RecordCursor cursor = source.scan(scan, context)) {
        ColumnBatch batch = cursor.next();
        while (batch != null && entries < limit) {
          context.check();
          RecordLabels rows = new RecordLabels(batch);
          for (int row = 0; row < batch.rows() && entries < limit; row++) {
            take(rows, row);
          }
          batch = entries < limit ? cursor.next() : null;
        }
      }
      List<LogStream> streams = new ArrayList<>();
      byStream.forEach((labels, found) -> streams.add(new LogStream(labels, found)));
      return new LogAnswer(streams, entries);
    }

    private void take(RecordLabels rows, int row) {
      Labels stream = rows.stream(row);
      Labels metadata = rows.structuredMetadata(row);
      Labels parsed = Labels.EMPTY;
      if (!filters.isEmpty()) {
        Labels.Builder all = stream.toBuilder();
        metadata.forEach(all::set);
        Labels labels = all.build();
        List<String> errors = new ArrayList<>(0);
        for (LabelFilter filter : filters) {
          if (!filter.matches(labels, errors::add)) {
            return;
          }
        }
        if (!errors.isEmpty()) {
          parsed = Labels.of("__error__", "LabelFilterErr", "__error_details__", errors.getFirst());
        }
      }
      String line = rows.line(row);
      context.reserve(ENTRY_BYTES + 2L * line.length() + 64L * metadata.size());
      byStream
          .computeIfAbsent(stream, labels -> new ArrayList<>())
          .add(new LogEntry(rows.timeNanos(row), line, metadata, parsed));
      entries++;
    }
  }
}
