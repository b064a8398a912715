package io.ghostworks.server.tempo;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.AttributeScope;
import io.ghostworks.traceql.ast.Intrinsic;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.ast.SpansetExpression;
import io.ghostworks.traceql.eval.Attributes;
import io.ghostworks.traceql.eval.PipelineEvaluation;
import io.ghostworks.traceql.parse.TraceqlParseException;
import io.ghostworks.traceql.parse.TraceqlParser;
import io.ghostworks.traceql.parse.TraceqlValidationException;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * {@code q} of a trace: the spans that one selector selects, and on request those above and below.
 *
 * <p>Source: Tempo's {@code modules/frontend/tracefilter} and {@code
 * pkg/traceql/spanset_filter_match.go}, with its words for mistakes.
 */
final class TraceFilter {

  /** Those that say something of a single span. */
  private static final Set<Intrinsic> INTRINSICS =
      EnumSet.of(
          Intrinsic.DURATION,
          Intrinsic.NAME,
          Intrinsic.STATUS,
          Intrinsic.STATUS_MESSAGE,
          Intrinsic.KIND,
          Intrinsic.SPAN_ID,
          Intrinsic.PARENT_ID,
          Intrinsic.EVENT_NAME,
          Intrinsic.EVENT_TIME_SINCE_START,
          Intrinsic.LINK_SPAN_ID,
          Intrinsic.LINK_TRACE_ID,
          Intrinsic.INSTRUMENTATION_NAME,
          Intrinsic.INSTRUMENTATION_VERSION);

  private final PipelineEvaluation evaluation;
  private final int levelsAbove;
  private final int levelsBelow;

  private TraceFilter(PipelineEvaluation evaluation, int levelsAbove, int levelsBelow) {
    this.evaluation = evaluation;
    this.levelsAbove = levelsAbove;
    this.levelsBelow = levelsBelow;
  }

  /** That of a request; empty where all spans are wanted, whatever the other parameters say. */
  static Optional<TraceFilter> of(Exchange exchange) {
    String query = exchange.parameter("q").orElse("").strip();
    if (query.isEmpty()) {
      return Optional.empty();
    }
    boolean hierarchy =
        GoNumbers.bool("keep_hierarchy", exchange.parameter("keep_hierarchy").orElse(""));
    int below = levels(exchange, "match_depth", 0);
    int above = hierarchy ? levels(exchange, "ancestor_depth", SpanReach.ALL) : 0;
    return Optional.of(new TraceFilter(PipelineEvaluation.of(selector(query)), above, below));
  }

  private static int levels(Exchange exchange, String name, int otherwise) {
    String text = exchange.parameter(name).orElse("");
    if (text.isEmpty()) {
      return otherwise;
    }
    long levels = GoNumbers.whole(name, text);
    if (levels < SpanReach.ALL) {
      throw RequestException.bad("invalid value for %s: must be >= -1".formatted(name));
    }
    return (int) Math.min(levels, Integer.MAX_VALUE);
  }

  private static Pipeline selector(String query) {
    QueryExpression expression;
    try {
      expression = TraceqlParser.parseValid(query).expression();
    } catch (TraceqlParseException | TraceqlValidationException e) {
      throw new RequestException(
          400,
          "invalid TraceQL filter: failed to parse TraceQL spanset filter: " + e.getMessage(),
          e);
    }
    Pipeline pipeline =
        switch (expression) {
          case QueryExpression.Search search -> search.pipeline();
          case QueryExpression.Metrics metrics -> throw notOne("a metrics query");
          case QueryExpression.Arithmetic arithmetic ->
              throw notOne("a multi-stage pipeline or metrics query");
        };
    if (pipeline.elements().size() != 1) {
      throw notOne("%d pipeline elements".formatted(pipeline.elements().size()));
    }
    if (!(pipeline.elements().getFirst() instanceof SpansetExpression.Filter filter)) {
      throw notOne("a structural or aggregate query");
    }
    Attributes.of(filter).forEach(TraceFilter::check);
    return pipeline;
  }

  private static RequestException notOne(String what) {
    return RequestException.bad(
        "invalid TraceQL filter: only a single TraceQL filter is supported: got " + what);
  }

  private static void check(Attribute attribute) {
    if (attribute.isIntrinsic() && !INTRINSICS.contains(attribute.intrinsic())) {
      throw RequestException.bad(
          "invalid TraceQL filter: intrinsic is not supported by this filter: "
              + GoNumbers.quoted(attribute.intrinsic().toString()));
    }
    if (!attribute.isIntrinsic() && attribute.scope() == AttributeScope.TRACE) {
      throw RequestException.bad(
          "invalid TraceQL filter: attribute scope is not supported by this filter: "
              + GoNumbers.quoted(attribute.toString()));
    }
  }

  /**
   * The rows that it keeps of the first ones of a trace.
   *
   * @param rows how many of the trace are given at all
   */
  BitSet kept(SpanBatch trace, int rows, QueryContext context) {
    BitSet kept = new BitSet(rows);
    PipelineEvaluation.forEachTrace(
        trace,
        evaluation.keys(),
        context,
        spans ->
            evaluation
                .evaluate(spans)
                .forEach(found -> {
                  for (int span : found.spans()) {
                    kept.set(spans.row(span));
                  }
                }));
    kept.clear(rows, trace.rows());
    if (levelsAbove != 0 || levelsBelow != 0) {
      context.reserve((long) rows * SpanReach.SPAN_BYTES);
      BitSet above = SpanReach.above(trace, rows).from(kept, levelsAbove);
      BitSet below = SpanReach.below(trace, rows).from(kept, levelsBelow);
      kept.or(above);
      kept.or(below);
    }
    return kept;
  }
}
