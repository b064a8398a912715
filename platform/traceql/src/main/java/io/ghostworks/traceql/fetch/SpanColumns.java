package io.ghostworks.traceql.fetch;

import io.ghostworks.query.record.Field;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.AttributeScope;
import io.ghostworks.traceql.ast.Intrinsic;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which columns of spans must be read for some attributes and for the summary of their traces. */
final class SpanColumns {

  private SpanColumns() {}

  static Set<Field> of(Collection<Attribute> attributes) {
    Set<Field> fields = new LinkedHashSet<>();
    fields.add(Field.TRACE_ID);
    fields.add(Field.SPAN_ID);
    fields.add(Field.PARENT_SPAN_ID);
    fields.add(Field.TIME);
    fields.add(Field.END_TIME);
    fields.add(Field.KIND);
    fields.add(Field.STATUS_CODE);
    fields.add(Field.NAME);
    fields.add(Field.SERVICE_NAME);
    fields.add(new Field(Field.Scope.RESOURCE, "service.name"));
    for (Attribute attribute : attributes) {
      if (attribute.scope() == AttributeScope.NONE && !attribute.isIntrinsic()) {
        fields.add(new Field(Field.Scope.ATTRIBUTE, attribute.name()));
        fields.add(new Field(Field.Scope.RESOURCE, attribute.name()));
        continue;
      }
      Field field = SpanFilters.field(attribute);
      if (field != null) {
        fields.add(field);
      }
      if (attribute.intrinsic() == Intrinsic.LINK_TRACE_ID) {
        fields.add(Field.LINK_TRACE_ID);
      }
    }
    return fields;
  }
}
