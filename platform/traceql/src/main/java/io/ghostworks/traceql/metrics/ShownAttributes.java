package io.ghostworks.traceql.metrics;

import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.FieldExpression;
import io.ghostworks.traceql.ast.MetricsFunction;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.PipelineElement;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.ast.SpansetExpression;
import io.ghostworks.traceql.ast.Static;
import java.util.LinkedHashSet;
import java.util.Set;

/** What exemplars of a query show: by what it groups, what it computes with, and its filters. */
final class ShownAttributes {

  private final Set<Attribute> found = new LinkedHashSet<>();

  private ShownAttributes() {}

  static Set<Attribute> of(QueryExpression.Metrics metrics) {
    ShownAttributes shown = new ShownAttributes();
    if (metrics.function() instanceof MetricsFunction.Aggregation aggregation) {
      shown.found.addAll(aggregation.by());
      if (aggregation.attribute() != null) {
        shown.found.add(aggregation.attribute());
      }
    }
    shown.add(metrics.pipeline());
    return shown.found;
  }

  private void add(PipelineElement element) {
    switch (element) {
      case SpansetExpression.Filter filter -> add(filter.expression());
      case SpansetExpression.Operation operation -> {
        add(operation.left());
        add(operation.right());
      }
      case Pipeline pipeline -> pipeline.elements().forEach(this::add);
      case PipelineElement.GroupBy by -> add(by.expression());
      case PipelineElement.Select select -> found.addAll(select.attributes());
      default -> {}
    }
  }

  private void add(FieldExpression expression) {
    switch (expression) {
      case Static value -> {}
      case Attribute attribute -> found.add(attribute);
      case FieldExpression.Unary unary -> add(unary.operand());
      case FieldExpression.Binary binary -> {
        add(binary.left());
        add(binary.right());
      }
    }
  }
}
