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
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the lines of a log query one by one. What it is told besides the query's own conditions is
 * asked of the records as they are stored.
 *
 * @param startNanos inclusive
 * @param endNanos exclusive
 * @param also what must hold beside the query; {@link Filter#ALL} where that says all
 * @param linesMax gives at most so many lines, at least 1
 */
public record LogScan(
    String query,
    long startNanos,
    long endNanos,
    LogEngine.Direction direction,
    Filter also,
    int linesMax) {

  /**
   * Gives each line to a consumer, in the order of the direction. Runs on the calling thread.
   *
   * @throws QueryException of kind BAD_QUERY where the query does not parse or a stage cannot run
   */
  public void read(QueryContext context, RecordSource source, Consumer<FoundLine> consumer) {
    LogExpr parsed = parse(query);
    // What the store decides is compiled too, and first, so that a stage that cannot run is
    // refused.
    LogPipeline whole = pipeline(parsed.stages());
    LogFilters split =
        LogFilters.of(
            parsed.matchers(),
            parsed.stages(),
            new MetadataLabels(source, startNanos, endNanos, context));
    LogPipeline pipeline =
        split.stages().size() == parsed.stages().size() ? whole : pipeline(split.stages());
    Filter filter =
        also.equals(Filter.ALL) ? split.filter() : new Filter.And(List.of(split.filter(), also));
    RecordScan scan =
        new RecordScan(
            Signal.LOGS,
            startNanos,
            endNanos,
            filter,
            RecordLabels.PROJECTION,
            direction == LogEngine.Direction.BACKWARD
                ? RecordScan.Order.NEWEST_FIRST
                : RecordScan.Order.OLDEST_FIRST,
            pipeline.isEmpty() ? linesMax : Integer.MAX_VALUE);
    int given = 0;
    try (RecordCursor cursor = source.scan(scan, context)) {
      ColumnBatch batch = cursor.next();
      while (batch != null && given < linesMax) {
        context.check();
        RecordLabels rows = new RecordLabels(batch);
        for (int row = 0; row < batch.rows() && given < linesMax; row++) {
          given += give(rows, row, pipeline, consumer) ? 1 : 0;
        }
        batch = given < linesMax ? cursor.next() : null;
      }
    }
  }

  private static boolean give(
      RecordLabels rows, int row, LogPipeline pipeline, Consumer<FoundLine> consumer) {
    Labels stream = rows.stream(row);
    Labels metadata = rows.structuredMetadata(row);
    Labels parsed = Labels.EMPTY;
    String line = rows.line(row);
    if (!pipeline.isEmpty()) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      if (!pipeline.process(rows.timeNanos(row), bytes, 0, bytes.length, stream, metadata)) {
        return false;
      }
      line = pipeline.line();
      stream = pipeline.streamLabels();
      metadata = pipeline.structuredMetadata();
      parsed = pipeline.parsedLabels();
    }
    consumer.accept(
        new FoundLine(
            rows.timeNanos(row), line, stream, metadata, parsed, rows.trace(row), rows.span(row)));
    return true;
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
}
