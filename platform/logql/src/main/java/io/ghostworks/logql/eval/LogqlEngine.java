package io.ghostworks.logql.eval;

import io.ghostworks.logql.LogAnswer;
import io.ghostworks.logql.LogEngine;
import io.ghostworks.logql.syntax.Expr;
import io.ghostworks.logql.syntax.LogExpr;
import io.ghostworks.logql.syntax.LogqlParseException;
import io.ghostworks.logql.syntax.LogqlParser;
import io.ghostworks.logql.syntax.MetricExpr;
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
    try {
      Expr expr = LogqlParser.parse(request.query());
      LogqlResult result =
          switch (expr) {
            case LogExpr log -> new LogqlResult.Streams(lines(request, context, source));
            case MetricExpr metric ->
                new MetricEngine(request, context, source, options).evaluate(metric);
          };
      return new LogqlAnswer(result, List.of());
    } catch (LogqlParseException e) {
      throw new QueryException(QueryException.Kind.BAD_QUERY, e.getMessage(), e);
    }
  }

  private static LogAnswer lines(LogqlRequest request, QueryContext context, RecordSource source) {
    if (request.isInstant()) {
      throw new QueryException(
          QueryException.Kind.BAD_QUERY,
          "log queries are not supported as an instant query type, please change your query to a"
              + " range query type");
    }
    return LogEngine.query(
        request.query(),
        request.startNanos(),
        request.endNanos(),
        request.limit(),
        request.direction(),
        context,
        source);
  }
}
