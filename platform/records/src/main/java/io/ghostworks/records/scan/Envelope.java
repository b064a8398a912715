package io.ghostworks.records.scan;

import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.Field;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The attributes that log records and spans have alike: their own, those of their resource and of
 * their instrumentation scope.
 */
record Envelope(Part own, Part resource, Part instrumentation) {

  /**
   * Attributes of one kind.
   *
   * @param attributeRow the row of the attributes that belongs to a row of the batch
   */
  record Part(AttributeColumns attributes, IntUnaryOperator attributeRow) {}

  static Envelope of(LogBatch batch) {
    return new Envelope(
        new Part(batch.attributes(), IntUnaryOperator.identity()),
        new Part(batch.resources().attributes(), batch::resource),
        new Part(batch.scopes().attributes(), batch::scope));
  }

  static Envelope of(SpanBatch batch) {
    return new Envelope(
        new Part(batch.attributes(), IntUnaryOperator.identity()),
        new Part(batch.resources().attributes(), batch::resource),
        new Part(batch.scopes().attributes(), batch::scope));
  }

  /**
   * The attributes of a scope, in the order in which a name is looked up; none beside attributes.
   */
  List<Part> parts(Field.Scope scope) {
    return switch (scope) {
      case ATTRIBUTE -> List.of(own);
      case RESOURCE -> List.of(resource);
      case INSTRUMENTATION -> List.of(instrumentation);
      case ATTRIBUTE_OR_RESOURCE -> List.of(own, resource);
      case STREAM, INTRINSIC, EVENT, LINK -> List.of();
    };
  }
}
