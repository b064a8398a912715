package io.ghostworks.traceql;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.eval.PipelineEvaluation;
import io.ghostworks.traceql.eval.ShownAttributes;
import io.ghostworks.traceql.fetch.TraceRange;
import io.ghostworks.traceql.fetch.TraceWalk;
import java.util.List;
import java.util.Optional;

/**
 * Answers searches for traces over a source of spans, as Tempo does, but with all traces of the
 * range considered and in one order: the same spans give the same answer. Structure is worked out
 * of all spans of a candidate trace, however late they came. Immutable; safe for several threads.
 */
public final class TraceqlEngine {
  private final RecordSource source;
  private final TraceqlOptions options;

  public TraceqlEngine(RecordSource source, TraceqlOptions options) {
    this.source = source;
    this.options = options;
  }

  /**
   * The traces that fulfil a query. Where the time or the memory of the query ends before all were
   * looked at, the answer has those that were found, and says so.
   *
   * @throws QueryException if the query is one for metrics, was cancelled, or computes what has no
   *     value, such as a division by zero
   */
  public TraceSearchAnswer search(TraceSearchRequest request, QueryContext context) {
    if (!(request.query().expression() instanceof QueryExpression.Search search)) {
      throw new QueryException(
          QueryException.Kind.BAD_QUERY,
          "a search needs a query for traces, this one is for metrics: " + request.query());
    }
    Pipeline pipeline = search.pipeline();
    PipelineEvaluation evaluation = PipelineEvaluation.of(pipeline);
    FoundTraces found = new FoundTraces(request, ShownAttributes.of(pipeline, evaluation));
    TraceWalk walk = new TraceWalk(source, context);
    TraceRange range =
        new TraceRange(request.startNanos(), request.endNanos(), options.traceReach().toNanos());
    long rows = context.rowsRead();
    long bytes = context.bytesRead();
    Optional<String> partial = Optional.empty();
    try {
      walk.some(pipeline, List.of(), evaluation, range, found);
    } catch (QueryException e) {
      partial = Optional.of(partial(e));
    } catch (OverloadedException e) {
      partial = Optional.of("not all traces were looked at: " + e.getMessage());
    }
    return new TraceSearchAnswer(
        found.traces(),
        partial,
        walk.inspected(),
        context.rowsRead() - rows,
        context.bytesRead() - bytes);
  }

  private static String partial(QueryException end) {
    return switch (end.kind()) {
      case TIMEOUT, LIMIT -> "not all traces were looked at: " + end.getMessage();
      case BAD_QUERY, EXECUTION, CANCELED -> throw end;
    };
  }
}
