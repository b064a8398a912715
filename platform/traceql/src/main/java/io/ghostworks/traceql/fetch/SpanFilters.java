package io.ghostworks.traceql.fetch;

import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.UserRegex;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.Filter.Literal;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.AttributeScope;
import io.ghostworks.traceql.ast.FieldExpression;
import io.ghostworks.traceql.ast.Intrinsic;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.Static;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a store can be asked of the spans for which an expression is true: a filter that all of them
 * pass, maybe others too. What it cannot be asked is {@link Filter#ALL}.
 */
public final class SpanFilters {
  private static final Filter NONE = new Filter.Or(List.of());

  private SpanFilters() {}

  /** A filter that every span passes for which the expression is true. */
  public static Filter necessary(FieldExpression expression) {
    return switch (expression) {
      case Static value -> value.isTrue() ? Filter.ALL : NONE;
      case Attribute attribute -> compared(attribute, Operator.EQUAL, new Static.Bool(true));
      case FieldExpression.Unary unary -> unary(unary);
      case FieldExpression.Binary binary -> binary(binary);
    };
  }

  private static Filter unary(FieldExpression.Unary unary) {
    if (!(unary.operand() instanceof Attribute attribute)) {
      return Filter.ALL;
    }
    Field field = field(attribute);
    return switch (unary.operator()) {
      case NOT -> compared(attribute, Operator.EQUAL, new Static.Bool(false));
      case EXISTS -> exists(attribute, field);
      case NOT_EXISTS ->
          field == null
                  || field.hasSeveralValues()
                  || attribute.isIntrinsic()
                  || attribute.isUnscoped()
              ? Filter.ALL
              : new Filter.Not(new Filter.Exists(field));
      default -> Filter.ALL;
    };
  }

  private static Filter exists(Attribute attribute, @Nullable Field field) {
    return field == null || attribute.isIntrinsic() ? Filter.ALL : new Filter.Exists(field);
  }

  private static Filter binary(FieldExpression.Binary binary) {
    Operator operator = binary.operator();
    if (operator == Operator.AND || operator == Operator.OR) {
      Filter left = necessary(binary.left());
      Filter right = necessary(binary.right());
      return operator == Operator.AND ? and(List.of(left, right)) : or(List.of(left, right));
    }
    if (binary.left() instanceof Attribute attribute && binary.right() instanceof Static value) {
      return compared(attribute, operator, value);
    }
    if (binary.left() instanceof Static value && binary.right() instanceof Attribute attribute) {
      return operator.isRegex() ? Filter.ALL : compared(attribute, operator.flipped(), value);
    }
    return Filter.ALL;
  }

  /** All of some filters, without those that say nothing. */
  static Filter and(List<Filter> filters) {
    List<Filter> parts = new ArrayList<>();
    for (Filter filter : filters) {
      if (filter instanceof Filter.And and) {
        parts.addAll(and.parts());
      } else {
        parts.add(filter);
      }
    }
    return parts.size() == 1 ? parts.getFirst() : new Filter.And(parts);
  }

  /** One of some filters, if each says something. */
  static Filter or(List<Filter> filters) {
    List<Filter> parts = new ArrayList<>();
    for (Filter filter : filters) {
      if (filter.equals(Filter.ALL)) {
        return Filter.ALL;
      }
      if (filter instanceof Filter.Or or) {
        parts.addAll(or.parts());
      } else {
        parts.add(filter);
      }
    }
    return parts.size() == 1 ? parts.getFirst() : new Filter.Or(parts);
  }

  private static Filter compared(Attribute attribute, Operator operator, Static value) {
    if (attribute.intrinsic() == Intrinsic.TRACE_ID) {
      return ofTrace(operator, value);
    }
    Field field = field(attribute);
    if (field == null) {
      return Filter.ALL;
    }
    if (operator.isRegex()) {
      return regex(attribute, field, operator, value);
    }
    if (operator == Operator.NOT_EQUAL) {
      return unequal(attribute, field, value);
    }
    Filter.Operator asked = asked(operator);
    Literal literal = literal(value, field);
    boolean ordersText = literal instanceof Literal.Text && asked != Filter.Operator.EQUAL;
    if (asked == null || literal == null || ordersText) {
      return exists(attribute, field);
    }
    return new Filter.Compare(field, asked, literal);
  }

  /** The store says of arrays that one element differs, the language that all do. */
  private static Filter unequal(Attribute attribute, Field field, Static value) {
    Literal literal = literal(value, field);
    boolean single = attribute.isIntrinsic() && !field.hasSeveralValues();
    return single && literal != null
        ? new Filter.Not(new Filter.Compare(field, Filter.Operator.EQUAL, literal))
        : exists(attribute, field);
  }

  private static Filter regex(Attribute attribute, Field field, Operator operator, Static value) {
    if (operator == Operator.NOT_REGEX || !(value instanceof Static.Text text)) {
      return exists(attribute, field);
    }
    Set<String> literals = AnchoredRegex.compile(text.value()).literals();
    if (literals != null && !literals.contains("")) {
      return or(
          literals.stream()
              .map(one ->
                  (Filter) new Filter.Compare(field, Filter.Operator.EQUAL, new Literal.Text(one)))
              .toList());
    }
    return AnchoredRegex.compile(text.value()).matches("")
        ? Filter.ALL
        : new Filter.Finds(field, UserRegex.compile("^(?s:" + text.value() + ")$"));
  }

  private static Filter ofTrace(Operator operator, Static value) {
    if (operator != Operator.EQUAL || !(value instanceof Static.Text text)) {
      return Filter.ALL;
    }
    return TraceKey.ofHex(text.value())
        .<Filter>map(id -> new Filter.Traces(Set.of(id)))
        .orElse(NONE);
  }

  private static Filter.@Nullable Operator asked(Operator operator) {
    return switch (operator) {
      case EQUAL -> Filter.Operator.EQUAL;
      case GREATER -> Filter.Operator.GREATER;
      case GREATER_EQUAL -> Filter.Operator.GREATER_OR_EQUAL;
      case LESS -> Filter.Operator.LESS;
      case LESS_EQUAL -> Filter.Operator.LESS_OR_EQUAL;
      default -> null;
    };
  }

  private static @Nullable Literal literal(Static value, Field field) {
    return switch (value) {
      case Static.Text text -> text.value().isEmpty() ? null : new Literal.Text(text.value());
      case Static.Int number ->
          field.equals(Field.STATUS_CODE) ? null : new Literal.Whole(number.value());
      case Static.Real real -> new Literal.Real(real.value());
      case Static.Bool bool -> new Literal.Bool(bool.value());
      case Static.Nanos nanos -> new Literal.Whole(nanos.value());
      case Static.Status status -> new Literal.Whole(status.value().otlp());
      case Static.Kind kind -> new Literal.Whole(kind.value().otlp());
      case Static.Nil nil -> null;
      case Static.Array array -> null;
    };
  }

  /** The column of the store that holds an attribute, or null if there is none of a span alone. */
  static @Nullable Field field(Attribute attribute) {
    if (attribute.isIntrinsic()) {
      return switch (attribute.intrinsic()) {
        case DURATION -> Field.DURATION;
        case NAME -> Field.NAME;
        case STATUS -> Field.STATUS_CODE;
        case STATUS_MESSAGE -> Field.STATUS_MESSAGE;
        case KIND -> Field.KIND;
        case SPAN_ID -> Field.SPAN_ID;
        case PARENT_ID -> Field.PARENT_SPAN_ID;
        case INSTRUMENTATION_NAME -> Field.INSTRUMENTATION_NAME;
        case INSTRUMENTATION_VERSION -> Field.INSTRUMENTATION_VERSION;
        case EVENT_NAME -> Field.EVENT_SPAN_NAME;
        case EVENT_TIME_SINCE_START -> Field.EVENT_TIME_SINCE_START;
        case LINK_SPAN_ID -> Field.LINK_SPAN_ID;
        default -> null;
      };
    }
    Field.Scope scope =
        switch (attribute.scope()) {
          case NONE -> Field.Scope.ATTRIBUTE_OR_RESOURCE;
          case SPAN -> Field.Scope.ATTRIBUTE;
          case RESOURCE -> Field.Scope.RESOURCE;
          case INSTRUMENTATION -> Field.Scope.INSTRUMENTATION;
          case EVENT -> Field.Scope.EVENT;
          case LINK -> Field.Scope.LINK;
          case TRACE -> null;
        };
    return scope == null || attribute.scope() == AttributeScope.TRACE
        ? null
        : new Field(scope, attribute.name());
  }
}
