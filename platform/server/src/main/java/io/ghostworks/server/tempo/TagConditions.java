package io.ghostworks.server.tempo;

import io.ghostworks.query.record.Filter;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.FieldExpression;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.PipelineElement;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.ast.SpansetExpression;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.Statics;
import io.ghostworks.traceql.ast.TraceqlQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the query beside a look-up of tags says of spans: alternatives of conditions that hold
 * together. Only the first braces of a query count, and in them comparisons of an attribute with a
 * value; a query that says less is none.
 *
 * <p>Source: Tempo's {@code pkg/traceql/lenient_extract.go}.
 *
 * @param groups alternatives; none if all spans count
 */
record TagConditions(List<List<Condition>> groups) {

  static final TagConditions NONE = new TagConditions(List.of());

  private static final int GROUPS_MAX = 100;

  /** A comparison. */
  record Condition(Attribute attribute, Operator operator, Static value) {}

  TagConditions {
    groups = List.copyOf(groups);
  }

  static TagConditions of(String query) {
    return LenientQuery.parse(query)
        .flatMap(TagConditions::braces)
        .map(TagConditions::of)
        .orElse(NONE);
  }

  private static Optional<FieldExpression> braces(TraceqlQuery query) {
    return switch (query.expression()) {
      case QueryExpression.Search search -> braces(search.pipeline());
      case QueryExpression.Metrics metrics -> braces(metrics.pipeline());
      case QueryExpression.Arithmetic arithmetic -> Optional.empty();
    };
  }

  private static Optional<FieldExpression> braces(Pipeline pipeline) {
    if (pipeline.elements().isEmpty()) {
      return Optional.empty();
    }
    PipelineElement first = pipeline.elements().getFirst();
    return switch (first) {
      case SpansetExpression.Filter filter -> Optional.of(filter.expression());
      case Pipeline inner -> braces(inner);
      default -> Optional.empty();
    };
  }

  private static TagConditions of(FieldExpression expression) {
    List<List<Condition>> groups = groups(expression);
    return groups.stream().anyMatch(List::isEmpty) ? NONE : new TagConditions(groups);
  }

  private static List<List<Condition>> groups(FieldExpression expression) {
    if (!(expression instanceof FieldExpression.Binary binary)) {
      return List.of(single(expression));
    }
    List<List<Condition>> groups = new ArrayList<>();
    switch (binary.operator()) {
      case OR -> {
        groups.addAll(groups(binary.left()));
        groups.addAll(groups(binary.right()));
      }
      case AND -> {
        List<List<Condition>> right = groups(binary.right());
        for (List<Condition> one : groups(binary.left())) {
          for (List<Condition> other : right) {
            List<Condition> both = new ArrayList<>(one);
            both.addAll(other);
            groups.add(both);
            check(groups.size());
          }
        }
      }
      default -> groups.add(comparison(binary));
    }
    check(groups.size());
    return groups;
  }

  private static void check(int groups) {
    if (groups > GROUPS_MAX) {
      throw RequestException.bad(
          "maximum condition groups reached (limit: %d). Reduce the number of OR conditions in the query"
              .formatted(GROUPS_MAX));
    }
  }

  private static List<Condition> comparison(FieldExpression.Binary binary) {
    if (binary.left() instanceof Attribute attribute && binary.right() instanceof Static value) {
      return List.of(new Condition(attribute, binary.operator(), value));
    }
    if (binary.left() instanceof Static value && binary.right() instanceof Attribute attribute) {
      return List.of(new Condition(attribute, binary.operator().flipped(), value));
    }
    return List.of();
  }

  private static List<Condition> single(FieldExpression expression) {
    return expression instanceof FieldExpression.Unary unary
            && unary.operand() instanceof Attribute attribute
            && unary.operator() == Operator.EXISTS
        ? List.of(new Condition(attribute, Operator.EXISTS, Statics.NIL))
        : List.of();
  }

  /** Which spans count. */
  Filter filter() {
    if (groups.isEmpty()) {
      return Filter.ALL;
    }
    return new Filter.Or(
        groups.stream()
            .<Filter>map(group -> new Filter.And(group.stream().map(TagFields::filter).toList()))
            .toList());
  }
}
