package io.ghostworks.traceql.metrics;

import io.ghostworks.query.record.Filter;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.PipelineElement;
import io.ghostworks.traceql.ast.SpansetExpression;
import io.ghostworks.traceql.ast.SpansetOperator;
import io.ghostworks.traceql.ast.Static;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a pipeline asks of its spans, where each span alone tells whether it is one of them. */
final class SpanFilters {

  private SpanFilters() {}

  /** The filter of a store that exactly the spans of a pipeline fulfil, if there is one. */
  static Optional<Filter> exact(Pipeline pipeline) {
    List<Filter> parts = new ArrayList<>();
    for (PipelineElement element : pipeline.elements()) {
      switch (element) {
        case SpansetExpression expression -> {
          Optional<Filter> part = exact(expression);
          if (part.isEmpty()) {
            return part;
          }
          parts.add(part.get());
        }
        // Groups and selections leave all spans in.
        case PipelineElement.GroupBy by -> {}
        case PipelineElement.Coalesce coalesce -> {}
        case PipelineElement.Select select -> {}
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(parts.size() == 1 ? parts.getFirst() : new Filter.And(parts));
  }

  private static Optional<Filter> exact(SpansetExpression expression) {
    return switch (expression) {
      case SpansetExpression.Filter filter -> ExactFilter.of(filter.expression());
      case Pipeline pipeline -> exact(pipeline);
      case SpansetExpression.Operation operation ->
          operation.operator() == SpansetOperator.UNION ? either(operation) : Optional.empty();
    };
  }

  private static Optional<Filter> either(SpansetExpression.Operation operation) {
    Optional<Filter> left = exact(operation.left());
    Optional<Filter> right = exact(operation.right());
    return left.isEmpty() || right.isEmpty()
        ? Optional.empty()
        : Optional.of(new Filter.Or(List.of(left.get(), right.get())));
  }

  /** Whether no span can match, whatever it is: {@code {false}}. Tempo then answers nothing. */
  static boolean matchesNothing(Pipeline pipeline) {
    return pipeline.elements().stream().allMatch(SpanFilters::matchesNothing);
  }

  private static boolean matchesNothing(PipelineElement element) {
    return switch (element) {
      case SpansetExpression.Filter filter ->
          filter.expression() instanceof Static value && !value.isTrue();
      case SpansetExpression.Operation operation ->
          matchesNothing(operation.left()) && matchesNothing(operation.right());
      default -> false;
    };
  }
}
