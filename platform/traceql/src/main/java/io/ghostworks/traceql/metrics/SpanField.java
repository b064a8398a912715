package io.ghostworks.traceql.metrics;

import io.ghostworks.query.record.Field;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.AttributeScope;
import io.ghostworks.traceql.ast.Intrinsic;
import java.util.Optional;

/**
 * The column of a span that an attribute of the language names.
 *
 * <p>Of a field with several values a span, such as an attribute of events, the first one counts.
 *
 * @param form how the column's values become values of the language
 */
record SpanField(Field field, Form form) {

  private static final String SERVICE_NAME = "service.name";

  /** What the values of a column are. */
  enum Form {
    /** What the sender set. */
    VALUE,
    /** A text, empty where there is none. */
    TEXT,
    /** A length of time, 0 where there is none. */
    DURATION,
    STATUS,
    KIND,
    /** Hexadecimal without leading zeros. */
    TRACE_ID,
    /** 16 hexadecimal digits, zeros where there is none. */
    SPAN_ID,
    /** Hexadecimal text whose leading zeros are left out. */
    LINK_TRACE_ID,
    /** Text of 16 hexadecimal digits, zeros where there is no link. */
    LINK_SPAN_ID
  }

  /** Empty for what only a whole trace tells. */
  static Optional<SpanField> of(Attribute attribute) {
    if (attribute.parent()) {
      return Optional.empty();
    }
    if (attribute.isIntrinsic()) {
      return intrinsic(attribute.intrinsic());
    }
    String name = attribute.name();
    if (attribute.scope() == AttributeScope.RESOURCE && name.equals(SERVICE_NAME)) {
      return field(Field.SERVICE_NAME, Form.TEXT);
    }
    return switch (attribute.scope()) {
      case NONE -> field(new Field(Field.Scope.ATTRIBUTE_OR_RESOURCE, name), Form.VALUE);
      case RESOURCE -> field(new Field(Field.Scope.RESOURCE, name), Form.VALUE);
      case SPAN -> field(new Field(Field.Scope.ATTRIBUTE, name), Form.VALUE);
      case INSTRUMENTATION -> field(new Field(Field.Scope.INSTRUMENTATION, name), Form.VALUE);
      case EVENT -> field(new Field(Field.Scope.EVENT, name), Form.VALUE);
      case LINK -> field(new Field(Field.Scope.LINK, name), Form.VALUE);
      case TRACE -> Optional.empty();
    };
  }

  private static Optional<SpanField> intrinsic(Intrinsic intrinsic) {
    return switch (intrinsic) {
      case DURATION -> field(Field.DURATION, Form.DURATION);
      case NAME -> field(Field.NAME, Form.TEXT);
      case STATUS -> field(Field.STATUS_CODE, Form.STATUS);
      case STATUS_MESSAGE -> field(Field.STATUS_MESSAGE, Form.TEXT);
      case KIND -> field(Field.KIND, Form.KIND);
      case INSTRUMENTATION_NAME -> field(Field.INSTRUMENTATION_NAME, Form.TEXT);
      case INSTRUMENTATION_VERSION -> field(Field.INSTRUMENTATION_VERSION, Form.TEXT);
      case TRACE_ID -> field(Field.TRACE_ID, Form.TRACE_ID);
      case SPAN_ID -> field(Field.SPAN_ID, Form.SPAN_ID);
      case PARENT_ID -> field(Field.PARENT_SPAN_ID, Form.SPAN_ID);
      case EVENT_NAME -> field(Field.EVENT_SPAN_NAME, Form.TEXT);
      case EVENT_TIME_SINCE_START -> field(Field.EVENT_TIME_SINCE_START, Form.DURATION);
      case LINK_TRACE_ID -> field(Field.LINK_TRACE_ID, Form.LINK_TRACE_ID);
      case LINK_SPAN_ID -> field(Field.LINK_SPAN_ID, Form.LINK_SPAN_ID);
      default -> Optional.empty();
    };
  }

  private static Optional<SpanField> field(Field field, Form form) {
    return Optional.of(new SpanField(field, form));
  }
}
