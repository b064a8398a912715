package io.ghostworks.logql;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers log queries over a source of records. Stateless and safe for use from several threads; a
 * query runs on the calling thread and holds its memory in the context until that is closed.
 */
public final class LogEngine {
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
   * @throws QueryException of kind BAD_QUERY where it does not parse or a stage cannot run
   */
  public static LogAnswer query(
      String query,
      long startNanos,
      long endNanos,
      int limit,
      Direction direction,
      QueryContext context,
      RecordSource source) {
    Map<Labels, List<LogEntry>> byStream = new TreeMap<>();
    int[] entries = {0};
    new LogScan(query, startNanos, endNanos, direction, Filter.ALL, limit)
        .read(
            context,
            source,
            found -> {
              context.reserve(found.bytes());
              byStream
                  .computeIfAbsent(found.stream(), key -> new ArrayList<>())
                  .add(
                      new LogEntry(
                          found.timeNanos(),
                          found.line(),
                          found.structuredMetadata(),
                          found.parsed()));
              entries[0]++;
            });
    List<LogStream> streams = new ArrayList<>();
    byStream.forEach((labels, found) -> streams.add(new LogStream(labels, found)));
    return new LogAnswer(streams, entries[0]);
  }
}
