package io.ghostworks.logql;

import io.ghostworks.logql.pipeline.LogPipeline;
import io.ghostworks.logql.syntax.LogExpr;
import io.ghostworks.logql.syntax.LogqlParseException;
import io.ghostworks.logql.syntax.LogqlParser;
import io.ghostworks.logql.syntax.Stage;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import java.nio.charset.StandardCharsets;
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
  private static final long LABEL_BYTES = 64;

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
    LogExpr parsed = parse(query);
    // What the store decides is compiled too, and first, so that a stage that cannot run is
    // refused.
    LogPipeline whole = pipeline(parsed.stages());
    LogFilters split =
        LogFilters.of(parsed, new MetadataLabels(source, startNanos, endNanos, context));
    LogPipeline pipeline =
        split.stages().size() == parsed.stages().size() ? whole : pipeline(split.stages());
    RecordScan scan =
        new RecordScan(
            Signal.LOGS,
            startNanos,
            endNanos,
            split.filter(),
            RecordLabels.PROJECTION,
            direction == Direction.BACKWARD
                ? RecordScan.Order.NEWEST_FIRST
                : RecordScan.Order.OLDEST_FIRST,
            pipeline.isEmpty() ? limit : Integer.MAX_VALUE);
    return new Collection(pipeline, limit, context).run(scan, source);
  }

  private static LogExpr parse(String query) {
    try {
      return LogqlParser.parseLog(query);
    } catch (LogqlParseException e) {
      throw new QueryException(QueryException.Kind.BAD_QUERY, e.getMessage(), e);
    }
  }

  private static LogPipeline pipeline(List<Stage> stages) {
    try {
      return LogPipeline.compile(stages);
    } catch (LogqlParseException e) {
      throw new QueryException(QueryException.Kind.BAD_QUERY, e.getMessage(), e);
    }
  }

  /** The records of one answer while they come. */
  private static final class Collection {
    private final LogPipeline pipeline;
    private final int limit;
    private final QueryContext context;
    private final Map<Labels, List<LogEntry>> byStream = new TreeMap<>();
    private int entries;

    Collection(LogPipeline pipeline, int limit, QueryContext context) {
      this.pipeline = pipeline;
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
      String line;
      if (pipeline.isEmpty()) {
        line = rows.line(row);
      } else {
        byte[] bytes = rows.line(row).getBytes(StandardCharsets.UTF_8);
        if (!pipeline.process(rows.timeNanos(row), bytes, 0, bytes.length, stream, metadata)) {
          return;
        }
        line = pipeline.line();
        stream = pipeline.streamLabels();
        metadata = pipeline.structuredMetadata();
        parsed = pipeline.parsedLabels();
      }
      int labels = metadata.size() + parsed.size();
      context.reserve(ENTRY_BYTES + 2L * line.length() + LABEL_BYTES * labels);
      byStream
          .computeIfAbsent(stream, key -> new ArrayList<>())
          .add(new LogEntry(rows.timeNanos(row), line, metadata, parsed));
      entries++;
    }
  }
}
