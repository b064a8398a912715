package io.ghostworks.traceql.metrics;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.StaticType;
import io.ghostworks.traceql.ast.TraceqlQuery;
import io.ghostworks.traceql.parse.TraceqlParseException;
import io.ghostworks.traceql.parse.TraceqlParser;
import io.ghostworks.traceql.parse.TraceqlValidationException;
import io.ghostworks.traceql.parse.Validation;
import java.util.List;

/**
 * Answers metrics queries of TraceQL as Tempo does, over ranges and instants. Hints that ask for
 * samples ({@code sample}, {@code span_sample}, {@code trace_sample}) are answered from all spans.
 * Thread-safe.
 *
 * <p>Faults of a query are told as {@link QueryException} in Tempo's words.
 */
public final class MetricsEngine {

  private final RecordSource source;
  private final MetricsOptions options;

  public MetricsEngine(RecordSource source, MetricsOptions options) {
    this.source = source;
    this.options = options;
  }

  /** Series over a range. */
  public MetricsAnswer range(MetricsRequest request, QueryContext context) {
    Steps steps =
        MetricsTimes.range(request.startNanos(), request.endNanos(), request.stepNanos(), options);
    TraceqlQuery query = parsed(request.query(), "");
    return answer(query, steps, exemplars(query, request.exemplars()), request, context);
  }

  /** One value a series, over the whole range; without exemplars. */
  public MetricsAnswer instant(MetricsRequest request, QueryContext context) {
    Steps steps = MetricsTimes.instant(request.startNanos(), request.endNanos(), options);
    TraceqlQuery query = parsed(request.query(), "compiling query: ");
    return answer(query, steps, 0, request, context);
  }

  private static TraceqlQuery parsed(String text, String prefix) {
    try {
      TraceqlQuery query = TraceqlParser.parse(text);
      Validation.check(query);
      if (query.expression() instanceof QueryExpression.Search) {
        throw new QueryException(QueryException.Kind.BAD_QUERY, "not a metrics query");
      }
      return query;
    } catch (TraceqlParseException e) {
      throw new QueryException(QueryException.Kind.BAD_QUERY, prefix + e.getMessage(), e);
    } catch (TraceqlValidationException e) {
      throw new QueryException(
          QueryException.Kind.BAD_QUERY, "compiling query: " + e.getMessage(), e);
    }
  }

  /** The hint's count wins over the request's; without either there are as many as may be. */
  private int exemplars(TraceqlQuery query, int asked) {
    int most = options.exemplarsMax();
    if (query.hint("exemplars", StaticType.INT) instanceof Static.Int(long count)) {
      return Math.clamp(count, 0, most);
    }
    if (query.hint("exemplars", StaticType.BOOLEAN) instanceof Static.Bool(boolean wanted)
        && !wanted) {
      return 0;
    }
    return asked <= 0 ? most : Math.min(asked, most);
  }

  private MetricsAnswer answer(
      TraceqlQuery query,
      Steps steps,
      int exemplars,
      MetricsRequest request,
      QueryContext context) {
    int most =
        request.seriesMax() <= 0
            ? options.seriesMax()
            : Math.min(request.seriesMax(), options.seriesMax());
    long readBefore = context.bytesRead();
    QueryRun run =
        new QueryRun(
            source, query, steps, exemplars, most, options.traceReach().toNanos(), context);
    List<MetricSeries> series = new AnswerSeries(steps).of(run.series());
    boolean partial = run.isPartial() || series.size() > most;
    return new MetricsAnswer(
        series.size() > most ? series.subList(0, most) : series,
        partial,
        partial
            ? "Response exceeds maximum series limit of %d, a partial response is returned. Warning: the accuracy of each individual value is not guaranteed."
                .formatted(most)
            : "",
        steps.stepNanos(),
        run.spans(),
        context.bytesRead() - readBefore);
  }
}
