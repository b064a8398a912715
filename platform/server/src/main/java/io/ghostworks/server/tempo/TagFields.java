package io.ghostworks.server.tempo;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.Static;
import java.util.List;
import java.util.Optional;

/** TraceQL's attributes as columns of spans, and comparisons as filters. */
final class TagFields {

  private TagFields() {}

  /** The column of an attribute; empty where no span alone has it, as what is the trace's. */
  static Optional<Field> field(Attribute attribute) {
    if (!attribute.isIntrinsic()) {
      return switch (attribute.scope()) {
        case NONE -> field(Field.Scope.ATTRIBUTE_OR_RESOURCE, attribute);
        case RESOURCE -> field(Field.Scope.RESOURCE, attribute);
        case SPAN -> field(Field.Scope.ATTRIBUTE, attribute);
        case EVENT -> field(Field.Scope.EVENT, attribute);
        case LINK -> field(Field.Scope.LINK, attribute);
        case INSTRUMENTATION -> field(Field.Scope.INSTRUMENTATION, attribute);
        case TRACE -> Optional.empty();
      };
    }
    return switch (attribute.intrinsic()) {
      case NAME -> Optional.of(Field.NAME);
      case DURATION -> Optional.of(Field.DURATION);
      case STATUS -> Optional.of(Field.STATUS_CODE);
      case STATUS_MESSAGE -> Optional.of(Field.STATUS_MESSAGE);
      case KIND -> Optional.of(Field.KIND);
      case EVENT_NAME -> Optional.of(Field.EVENT_SPAN_NAME);
      case EVENT_TIME_SINCE_START -> Optional.of(Field.EVENT_TIME_SINCE_START);
      case LINK_SPAN_ID -> Optional.of(Field.LINK_SPAN_ID);
      case LINK_TRACE_ID -> Optional.of(Field.LINK_TRACE_ID);
      case INSTRUMENTATION_NAME -> Optional.of(Field.INSTRUMENTATION_NAME);
      case INSTRUMENTATION_VERSION -> Optional.of(Field.INSTRUMENTATION_VERSION);
      case TRACE_ID -> Optional.of(Field.TRACE_ID);
      case SPAN_ID -> Optional.of(Field.SPAN_ID);
      case PARENT_ID -> Optional.of(Field.PARENT_SPAN_ID);
      default -> Optional.empty();
    };
  }

  private static Optional<Field> field(Field.Scope scope, Attribute attribute) {
    return Optional.of(new Field(scope, attribute.name()));
  }

  /** What a condition asks of a span; nothing where no span alone can tell. */
  static Filter filter(TagConditions.Condition condition) {
    return field(condition.attribute())
        .map(field -> filter(field, condition.operator(), condition.value()))
        .orElse(Filter.ALL);
  }

  private static Filter filter(Field field, Operator operator, Static value) {
    return switch (operator) {
      case EXISTS -> new Filter.Exists(field);
      case REGEX -> finds(field, value);
      case NOT_REGEX ->
          new Filter.And(List.of(new Filter.Exists(field), new Filter.Not(finds(field, value))));
      case EQUAL -> compare(field, Filter.Operator.EQUAL, value);
      case NOT_EQUAL -> compare(field, Filter.Operator.NOT_EQUAL, value);
      case LESS -> compare(field, Filter.Operator.LESS, value);
      case LESS_EQUAL -> compare(field, Filter.Operator.LESS_OR_EQUAL, value);
      case GREATER -> compare(field, Filter.Operator.GREATER, value);
      case GREATER_EQUAL -> compare(field, Filter.Operator.GREATER_OR_EQUAL, value);
      default -> Filter.ALL;
    };
  }

  private static Filter finds(Field field, Static value) {
    try {
      return new Filter.Finds(field, Pattern.compile("^(?:" + value.text() + ")$"));
    } catch (PatternSyntaxException e) {
      return Filter.ALL; // The parser has checked it; what it takes and RE2 does not says nothing.
    }
  }

  private static Filter compare(Field field, Filter.Operator operator, Static value) {
    Filter.Literal literal =
        switch (value) {
          case Static.Text text -> new Filter.Literal.Text(text.value());
          case Static.Int whole -> new Filter.Literal.Whole(whole.value());
          case Static.Real real -> new Filter.Literal.Real(real.value());
          case Static.Bool bool -> new Filter.Literal.Bool(bool.value());
          case Static.Nanos nanos -> new Filter.Literal.Whole(nanos.value());
          case Static.Status status -> new Filter.Literal.Whole(status.value().otlp());
          case Static.Kind kind -> new Filter.Literal.Whole(kind.value().otlp());
          case Static.Nil nil -> null;
          case Static.Array array -> null;
        };
    return literal == null ? Filter.ALL : new Filter.Compare(field, operator, literal);
  }
}
