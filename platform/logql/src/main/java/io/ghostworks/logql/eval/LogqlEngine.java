package io.ghostworks.logql.eval;

import io.ghostworks.logql.LogEngine;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.RecordSource;
import java.util.List;

/**
 * Answers every LogQL query over a source of records. Stateless and safe for use from several
 * threads; a query runs on the calling thread, with the context's helpers, and holds its memory in
 * the context until that is closed.
 */
public final class LogqlEngine {

  private LogqlEngine() {}

  /**
   * Evaluates a query.
   *
   * @throws QueryException of kind BAD_QUERY where it does not parse or cannot be evaluated as it
   *     stands, LIMIT where it gives more than it may, EXECUTION where its data do not fit
   */
  public static LogqlAnswer query(
      LogqlRequest request, QueryContext context, RecordSource source, LogqlOptions options) {
    return new LogqlAnswer(
        new LogqlResult.Streams(
            LogEngine.query(
                request.query(),
                request.startNanos(),
                request.endNanos(),
                request.limit(),
                request.direction(),
                context,
                source)),
        List.of());
  }
}
