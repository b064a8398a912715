package io.ghostworks.traceql.fetch;

import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.FieldExpression;
import io.ghostworks.traceql.ast.Intrinsic;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.PipelineElement;
import io.ghostworks.traceql.ast.SpansetExpression;
import io.ghostworks.traceql.ast.SpansetOperator;
import io.ghostworks.traceql.ast.SpansetOperator.Form;
import io.ghostworks.traceql.ast.Static;
import java.util.ArrayList;
import java.util.List;

/**
 * What a trace must have for a pipeline to leave something of it: for each filter some span that
 * passes. Each filter is necessary; together they need not be enough.
 *
 * @param filters at least one; the first one is of the spans that the pipeline gives
 */
public record TraceNeeds(List<Filter> filters) {

  public TraceNeeds {
    filters = List.copyOf(filters);
  }

  public static TraceNeeds of(Pipeline pipeline) {
    List<Filter> filters = new ArrayList<>(needs(pipeline).stream().distinct().toList());
    filters.removeIf(Filter.ALL::equals);
    return new TraceNeeds(filters.isEmpty() ? List.of(Filter.ALL) : filters);
  }

  /** Steps before the first one that is a spanset take all spans; each later one takes fewer. */
  private static List<Filter> needs(PipelineElement element) {
    return switch (element) {
      case Pipeline pipeline ->
          pipeline.elements().stream().flatMap(one -> needs(one).stream()).toList();
      case SpansetExpression.Filter filter -> ofFilter(filter.expression());
      case SpansetExpression.Operation operation -> ofOperation(operation);
      default -> List.of();
    };
  }

  private static List<Filter> ofOperation(SpansetExpression.Operation operation) {
    List<Filter> left = needs(operation.left());
    List<Filter> right = needs(operation.right());
    if (operation.operator() == SpansetOperator.UNION) {
      return left.isEmpty() || right.isEmpty()
          ? List.of()
          : List.of(SpanFilters.or(List.of(left.getFirst(), right.getFirst())));
    }
    if (operation.operator().form() == Form.NEGATED) {
      return right;
    }
    List<Filter> both = new ArrayList<>(right);
    both.addAll(left);
    return both;
  }

  /** The root's name and service are those of some span of the trace too. */
  private static List<Filter> ofFilter(FieldExpression expression) {
    List<Filter> filters = new ArrayList<>();
    filters.add(SpanFilters.necessary(expression));
    roots(expression, filters);
    return filters;
  }

  private static void roots(FieldExpression expression, List<Filter> filters) {
    if (!(expression instanceof FieldExpression.Binary binary)) {
      return;
    }
    if (binary.operator() == Operator.AND) {
      roots(binary.left(), filters);
      roots(binary.right(), filters);
      return;
    }
    boolean equals = binary.operator() == Operator.EQUAL || binary.operator() == Operator.REGEX;
    if (equals
        && binary.left() instanceof Attribute attribute
        && binary.right() instanceof Static.Text text
        && !text.value().isEmpty()) {
      if (attribute.intrinsic() == Intrinsic.TRACE_ROOT_SPAN) {
        filters.add(
            SpanFilters.necessary(
                new FieldExpression.Binary(binary.operator(), Attribute.of(Intrinsic.NAME), text)));
      } else if (attribute.intrinsic() == Intrinsic.TRACE_ROOT_SERVICE
          && binary.operator() == Operator.EQUAL) {
        filters.add(
            new Filter.Compare(
                Field.SERVICE_NAME, Filter.Operator.EQUAL, new Filter.Literal.Text(text.value())));
      }
    }
  }
}
