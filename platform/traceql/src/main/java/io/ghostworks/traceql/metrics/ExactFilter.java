package io.ghostworks.traceql.metrics;

import io.ghostworks.model.label.UserRegex;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.AttributeScope;
import io.ghostworks.traceql.ast.FieldExpression;
import io.ghostworks.traceql.ast.FieldExpression.Binary;
import io.ghostworks.traceql.ast.FieldExpression.Unary;
import io.ghostworks.traceql.ast.Intrinsic;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.SpanKind;
import io.ghostworks.traceql.ast.SpanStatus;
import io.ghostworks.traceql.ast.Static;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The filter of a store that exactly the spans fulfil for which an expression is true; none where
 * the store cannot say it. A value that is compared counts as its elements where it is an array:
 * the stores do so for a comparison that holds, and one that is negated is put so that none of them
 * fulfils the opposite.
 */
final class ExactFilter {

  private ExactFilter() {}

  static Optional<Filter> of(FieldExpression expression) {
    return switch (expression) {
      case Static value -> Optional.of(value.isTrue() ? Filter.ALL : new Filter.Or(List.of()));
      case Attribute attribute ->
          column(attribute)
              .map(field -> compare(field, Filter.Operator.EQUAL, new Filter.Literal.Bool(true)));
      case Unary unary -> unary(unary);
      case Binary binary -> binary(binary);
    };
  }

  private static Optional<Filter> unary(Unary unary) {
    return switch (unary.operator()) {
      case NOT -> {
        // Negation of what is no boolean is false, as the value itself is.
        boolean isCondition = !(unary.operand() instanceof Attribute);
        yield isCondition ? of(unary.operand()).map(Filter.Not::new) : Optional.empty();
      }
      case EXISTS -> exists(unary.operand());
      case NOT_EXISTS -> absent(unary.operand());
      default -> Optional.empty();
    };
  }

  /** An attribute without scope is absent where one of its scopes lacks it. */
  private static Optional<Filter> absent(FieldExpression operand) {
    if (operand instanceof Attribute attribute && attribute.isUnscoped()) {
      Optional<Filter> ofSpan = absent(attribute.in(AttributeScope.SPAN));
      Optional<Filter> ofResource = absent(attribute.in(AttributeScope.RESOURCE));
      return ofSpan.flatMap(
          span -> ofResource.map(resource -> new Filter.Or(List.of(span, resource))));
    }
    return exists(operand).map(Filter.Not::new);
  }

  private static Optional<Filter> exists(FieldExpression operand) {
    if (!(operand instanceof Attribute attribute)) {
      return Optional.empty();
    }
    if (isAlways(attribute)) {
      return Optional.of(Filter.ALL);
    }
    // Structured values are none of the language, so it matters of which type a value is.
    return column(attribute)
        .map(field ->
            new Filter.Or(
                List.of(
                    isText(field),
                    compare(field, Filter.Operator.EQUAL, whole(0)),
                    compare(field, Filter.Operator.NOT_EQUAL, whole(0)),
                    compare(field, Filter.Operator.EQUAL, new Filter.Literal.Bool(true)),
                    compare(field, Filter.Operator.EQUAL, new Filter.Literal.Bool(false)))));
  }

  private static boolean isAlways(Attribute attribute) {
    return attribute.isIntrinsic()
        ? SpanField.of(attribute).filter(field -> !field.field().hasSeveralValues()).isPresent()
        : SpanField.of(attribute)
            .filter(field -> field.field().equals(Field.SERVICE_NAME))
            .isPresent();
  }

  private static Optional<Filter> binary(Binary binary) {
    Operator operator = binary.operator();
    if (operator == Operator.AND || operator == Operator.OR) {
      Optional<Filter> left = of(binary.left());
      Optional<Filter> right = of(binary.right());
      if (left.isEmpty() || right.isEmpty()) {
        return Optional.empty();
      }
      List<Filter> parts = List.of(left.get(), right.get());
      return Optional.of(operator == Operator.AND ? new Filter.And(parts) : new Filter.Or(parts));
    }
    if (binary.left() instanceof Attribute attribute && binary.right() instanceof Static value) {
      return condition(attribute, operator, value);
    }
    if (binary.right() instanceof Attribute attribute
        && binary.left() instanceof Static value
        && !operator.isRegex()) {
      return condition(attribute, operator.flipped(), value);
    }
    return Optional.empty();
  }

  private static Optional<Filter> condition(Attribute attribute, Operator operator, Static value) {
    if (attribute.intrinsic() == Intrinsic.NESTED_SET_PARENT) {
      return isRoot(operator, value);
    }
    Optional<SpanField> field = SpanField.of(attribute);
    if (field.isEmpty() || field.get().field().hasSeveralValues()) {
      return Optional.empty();
    }
    return switch (field.get().form()) {
      case STATUS ->
          value instanceof Static.Status status
              ? among(field.get().field(), operator, codes(status.value()))
              : Optional.empty();
      case KIND ->
          value instanceof Static.Kind kind
              ? among(field.get().field(), operator, codes(kind.value()))
              : Optional.empty();
      case VALUE, TEXT, DURATION -> compared(field.get().field(), operator, value);
      case TRACE_ID, SPAN_ID, LINK_TRACE_ID, LINK_SPAN_ID -> Optional.empty();
    };
  }

  /** Roots have -1 as the number of their parent, all others 0 or more. */
  private static Optional<Filter> isRoot(Operator operator, Static value) {
    boolean asked =
        value instanceof Static.Int number
            && switch (operator) {
              case LESS -> number.value() == 0;
              case LESS_EQUAL, EQUAL -> number.value() == -1;
              default -> false;
            };
    return asked
        ? Optional.of(new Filter.Not(new Filter.Exists(Field.PARENT_SPAN_ID)))
        : Optional.empty();
  }

  /** OTLP's codes of a status; those that it does not know are unset. */
  private static List<Filter.Literal> codes(SpanStatus status) {
    return status == SpanStatus.UNSET ? List.of() : List.of(whole(status.otlp()));
  }

  private static List<Filter.Literal> codes(SpanKind kind) {
    return kind == SpanKind.UNSPECIFIED ? List.of() : List.of(whole(kind.otlp()));
  }

  private static Filter.Literal whole(long value) {
    return new Filter.Literal.Whole(value);
  }

  /**
   * @param codes none for the value of all codes that have no meaning
   */
  private static Optional<Filter> among(
      Field field, Operator operator, List<Filter.Literal> codes) {
    if (operator != Operator.EQUAL && operator != Operator.NOT_EQUAL) {
      return Optional.empty();
    }
    List<Filter> known = new ArrayList<>();
    long most = field.equals(Field.KIND) ? SpanKind.values().length - 1 : 2;
    if (codes.isEmpty()) {
      for (long code = 1; code <= most; code++) {
        known.add(compare(field, Filter.Operator.EQUAL, whole(code)));
      }
    } else {
      codes.forEach(code -> known.add(compare(field, Filter.Operator.EQUAL, code)));
    }
    Filter any = known.size() == 1 ? known.getFirst() : new Filter.Or(known);
    boolean wanted = (operator == Operator.EQUAL) == !codes.isEmpty();
    return Optional.of(wanted ? any : new Filter.Not(any));
  }

  private static Optional<Filter> compared(Field field, Operator operator, Static value) {
    if (operator.isRegex()) {
      return value instanceof Static.Text text
          ? Optional.of(matched(field, operator, text.value()))
          : Optional.empty();
    }
    Optional<Filter.Literal> literal =
        switch (value) {
          case Static.Text text -> Optional.of(new Filter.Literal.Text(text.value()));
          case Static.Int number -> Optional.of(whole(number.value()));
          case Static.Nanos nanos -> Optional.of(whole(nanos.value()));
          case Static.Real real -> Optional.of(new Filter.Literal.Real(real.value()));
          case Static.Bool bool -> Optional.of(new Filter.Literal.Bool(bool.value()));
          default -> Optional.empty();
        };
    return literal.flatMap(one -> compared(field, operator, one));
  }

  private static Optional<Filter> compared(Field field, Operator operator, Filter.Literal literal) {
    return switch (operator) {
      case EQUAL -> Optional.of(compare(field, Filter.Operator.EQUAL, literal));
      case NOT_EQUAL ->
          Optional.of(
              new Filter.And(
                  List.of(
                      compare(field, Filter.Operator.NOT_EQUAL, literal),
                      new Filter.Not(compare(field, Filter.Operator.EQUAL, literal)))));
      case LESS -> Optional.of(compare(field, Filter.Operator.LESS, literal));
      case LESS_EQUAL -> Optional.of(compare(field, Filter.Operator.LESS_OR_EQUAL, literal));
      case GREATER -> Optional.of(compare(field, Filter.Operator.GREATER, literal));
      case GREATER_EQUAL -> Optional.of(compare(field, Filter.Operator.GREATER_OR_EQUAL, literal));
      default -> Optional.empty();
    };
  }

  private static Filter matched(Field field, Operator operator, String expression) {
    Filter finds = new Filter.Finds(field, UserRegex.compile("^(?s:" + expression + ")$"));
    return new Filter.And(
        Stream.of(isText(field), operator == Operator.REGEX ? finds : new Filter.Not(finds))
            .toList());
  }

  private static Filter isText(Field field) {
    return compare(field, Filter.Operator.GREATER_OR_EQUAL, new Filter.Literal.Text(""));
  }

  private static Filter compare(Field field, Filter.Operator operator, Filter.Literal literal) {
    return new Filter.Compare(field, operator, literal);
  }

  private static Optional<Field> column(Attribute attribute) {
    return SpanField.of(attribute)
        .filter(field -> field.form() == SpanField.Form.VALUE && !field.field().hasSeveralValues())
        .map(SpanField::field);
  }
}
