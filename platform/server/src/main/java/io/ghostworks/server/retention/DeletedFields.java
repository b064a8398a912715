package io.ghostworks.server.retention;

import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.Static;

/** Columns and constants of a delete, as the store names them. */
final class DeletedFields {

  private DeletedFields() {}

  static Field of(Attribute attribute) {
    if (attribute.parent()) {
      throw DeletedSpans.refused("'%s' is not decided by a span alone".formatted(attribute));
    }
    return attribute.isIntrinsic() ? intrinsic(attribute) : attribute(attribute);
  }

  private static Field attribute(Attribute attribute) {
    return switch (attribute.scope()) {
      case NONE -> new Field(Field.Scope.ATTRIBUTE_OR_RESOURCE, attribute.name());
      case SPAN -> new Field(Field.Scope.ATTRIBUTE, attribute.name());
      case RESOURCE -> new Field(Field.Scope.RESOURCE, attribute.name());
      case EVENT -> new Field(Field.Scope.EVENT, attribute.name());
      case LINK -> new Field(Field.Scope.LINK, attribute.name());
      case INSTRUMENTATION -> new Field(Field.Scope.INSTRUMENTATION, attribute.name());
      case TRACE ->
          throw DeletedSpans.refused("'%s' is not decided by a span alone".formatted(attribute));
    };
  }

  private static Field intrinsic(Attribute attribute) {
    return switch (attribute.intrinsic()) {
      case DURATION -> Field.DURATION;
      case NAME -> Field.NAME;
      case STATUS -> Field.STATUS_CODE;
      case STATUS_MESSAGE -> Field.STATUS_MESSAGE;
      case KIND -> Field.KIND;
      case EVENT_NAME -> Field.EVENT_SPAN_NAME;
      case EVENT_TIME_SINCE_START -> Field.EVENT_TIME_SINCE_START;
      case LINK_SPAN_ID -> Field.LINK_SPAN_ID;
      case LINK_TRACE_ID -> Field.LINK_TRACE_ID;
      case INSTRUMENTATION_NAME -> Field.INSTRUMENTATION_NAME;
      case INSTRUMENTATION_VERSION -> Field.INSTRUMENTATION_VERSION;
      case TRACE_ID -> Field.TRACE_ID;
      case SPAN_ID -> Field.SPAN_ID;
      case PARENT_ID -> Field.PARENT_SPAN_ID;
      default ->
          throw DeletedSpans.refused("'%s' is not decided by a span alone".formatted(attribute));
    };
  }

  static Filter.Literal literal(Field field, Static constant) {
    return switch (constant) {
      case Static.Text text -> new Filter.Literal.Text(text.value());
      case Static.Int whole -> new Filter.Literal.Whole(whole.value());
      case Static.Real real -> new Filter.Literal.Real(real.value());
      case Static.Bool bool -> new Filter.Literal.Bool(bool.value());
      case Static.Nanos nanos -> {
        if (!field.equals(Field.DURATION) && !field.equals(Field.EVENT_TIME_SINCE_START)) {
          throw DeletedSpans.refused("only durations compare with '%s'".formatted(nanos));
        }
        yield new Filter.Literal.Whole(nanos.value());
      }
      case Static.Status status -> new Filter.Literal.Whole(status.value().otlp());
      case Static.Kind kind -> new Filter.Literal.Whole(kind.value().otlp());
      case Static.Nil nil -> throw DeletedSpans.refused("compare with nil by '= nil' alone");
      case Static.Array array -> throw DeletedSpans.refused("arrays are no constants it takes");
    };
  }
}
