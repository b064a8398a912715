package io.ghostworks.traceql.ast;

/** Something that gives a set of spans of each trace. */
public sealed interface SpansetExpression extends PipelineElement
    permits SpansetExpression.Filter, SpansetExpression.Operation, Pipeline {

  /** The spans for which an expression is true. */
  record Filter(FieldExpression expression) implements SpansetExpression {
    @Override
    public String toString() {
      return "{ " + expression + " }";
    }
  }

  /** Two sets joined. */
  record Operation(SpansetOperator operator, SpansetExpression left, SpansetExpression right)
      implements SpansetExpression {
    @Override
    public String toString() {
      return "(" + left + ") " + operator + " (" + right + ")";
    }
  }
}
