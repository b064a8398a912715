package io.ghostworks.traceql.ast;

import java.util.List;

/** Steps one after the other; the first one takes all spans of a trace. */
public record Pipeline(List<PipelineElement> elements)
    implements SpansetExpression, ScalarExpression {

  public Pipeline {
    elements = List.copyOf(elements);
  }

  /** The type of what the last step gives. */
  @Override
  public StaticType type() {
    return !elements.isEmpty() && elements.getLast() instanceof Aggregate aggregate
        ? aggregate.type()
        : StaticType.SPANSET;
  }

  @Override
  public String toString() {
    return Printer.join(elements, "|");
  }
}
