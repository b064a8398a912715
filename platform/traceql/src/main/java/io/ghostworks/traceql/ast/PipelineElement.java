package io.ghostworks.traceql.ast;

import java.util.List;

/** A step of a pipeline: takes the spansets of a trace and gives others. */
public sealed interface PipelineElement
    permits SpansetExpression,
        ScalarFilter,
        Aggregate,
        PipelineElement.GroupBy,
        PipelineElement.Coalesce,
        PipelineElement.Select {

  /** Cuts each spanset into one for each value of an expression. */
  record GroupBy(FieldExpression expression) implements PipelineElement {
    @Override
    public String toString() {
      return "by(" + expression + ")";
    }
  }

  /** Joins the spansets into one. */
  record Coalesce() implements PipelineElement {
    @Override
    public String toString() {
      return "coalesce()";
    }
  }

  /** Shows these attributes of the matched spans too. */
  record Select(List<Attribute> attributes) implements PipelineElement {
    public Select {
      attributes = List.copyOf(attributes);
    }

    @Override
    public String toString() {
      return "select(" + Printer.join(attributes, ", ") + ")";
    }
  }
}
