package io.ghostworks.traceql.eval;

import io.ghostworks.traceql.ast.Aggregate;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.FieldExpression;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.PipelineElement;
import io.ghostworks.traceql.ast.ScalarExpression;
import io.ghostworks.traceql.ast.ScalarFilter;
import io.ghostworks.traceql.ast.SpansetExpression;
import io.ghostworks.traceql.ast.Static;
import java.util.LinkedHashSet;
import java.util.Set;

/** The attributes that a query names, each once, in the order in which they come. */
public final class Attributes {
  private final Set<Attribute> found = new LinkedHashSet<>();

  private Attributes() {}

  public static Set<Attribute> of(FieldExpression expression) {
    Attributes attributes = new Attributes();
    attributes.add(expression);
    return attributes.found;
  }

  public static Set<Attribute> of(PipelineElement element) {
    Attributes attributes = new Attributes();
    attributes.add(element);
    return attributes.found;
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

  private void add(PipelineElement element) {
    switch (element) {
      case SpansetExpression.Filter filter -> add(filter.expression());
      case SpansetExpression.Operation operation -> {
        add(operation.left());
        add(operation.right());
      }
      case Pipeline pipeline -> pipeline.elements().forEach(this::add);
      case ScalarFilter filter -> {
        addScalar(filter.left());
        addScalar(filter.right());
      }
      case Aggregate aggregate -> addScalar(aggregate);
      case PipelineElement.GroupBy by -> add(by.expression());
      case PipelineElement.Coalesce coalesce -> {}
      case PipelineElement.Select select -> found.addAll(select.attributes());
    }
  }

  private void addScalar(ScalarExpression expression) {
    switch (expression) {
      case Static value -> {}
      case Aggregate aggregate -> {
        if (aggregate.expression() != null) {
          add(aggregate.expression());
        }
      }
      case Pipeline pipeline -> pipeline.elements().forEach(this::add);
      case ScalarExpression.Operation operation -> {
        addScalar(operation.left());
        addScalar(operation.right());
      }
    }
  }
}
