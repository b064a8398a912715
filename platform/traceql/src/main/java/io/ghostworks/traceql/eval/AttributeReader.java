package io.ghostworks.traceql.eval;

import io.ghostworks.traceql.ast.FieldExpression;
import io.ghostworks.traceql.ast.Static;
import java.util.List;

/**
 * Reads expressions, such as single attributes, of the spans of a pipeline. Of several events or
 * links the first with a value counts. Immutable; safe for several threads.
 */
public final class AttributeReader {
  private final List<SpanExpression> expressions;

  private AttributeReader(List<SpanExpression> expressions) {
    this.expressions = expressions;
  }

  /** To be made before spans are read with the evaluation's keys. */
  public static AttributeReader of(
      List<? extends FieldExpression> expressions, PipelineEvaluation evaluation) {
    return new AttributeReader(
        expressions.stream()
            .map(expression -> SpanExpression.of(expression, evaluation.keyTable()))
            .toList());
  }

  /** The value of the expression with a number; nil if the span has none. */
  public Static value(TraceSpans trace, int span, int expression) {
    SpanCursor cursor = new SpanCursor(trace);
    cursor.moveTo(span);
    return expressions.get(expression).value(cursor);
  }
}
