package io.ghostworks.traceql.eval;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.AttributeScope;
import io.ghostworks.traceql.ast.Intrinsic;
import io.ghostworks.traceql.ast.SpanKind;
import io.ghostworks.traceql.ast.SpanStatus;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.Statics;
import java.util.HexFormat;

/** How attributes and intrinsics are read of a span. */
final class AttributeValues {
  private final KeyTable keys;

  AttributeValues(KeyTable keys) {
    this.keys = keys;
  }

  SpanValue of(Attribute attribute) {
    if (attribute.isIntrinsic()) {
      return ofIntrinsic(attribute.intrinsic());
    }
    int key = keys.number(attribute.name());
    return switch (attribute.scope()) {
      case NONE -> {
        SpanValue resource = inResource(key);
        yield cursor -> {
          Static value = ofSpan(cursor, key);
          return value.isNil() ? resource.of(cursor) : value;
        };
      }
      case RESOURCE -> inResource(key);
      case SPAN -> cursor -> ofSpan(cursor, key);
      case EVENT ->
          cursor ->
              cursor.event < 0
                  ? Statics.NIL
                  : cursor
                      .trace
                      .keys()
                      .value(cursor.batch.events().attributes(), cursor.event, key);
      case LINK ->
          cursor ->
              cursor.link < 0
                  ? Statics.NIL
                  : cursor.trace.keys().value(cursor.batch.links().attributes(), cursor.link, key);
      case INSTRUMENTATION ->
          cursor ->
              cursor
                  .trace
                  .keys()
                  .value(cursor.batch.scopes().attributes(), cursor.batch.scope(cursor.row), key);
      case TRACE -> cursor -> Statics.NIL;
    };
  }

  private static Static ofSpan(SpanCursor cursor, int key) {
    return cursor.trace.keys().value(cursor.batch.attributes(), cursor.row, key);
  }

  private static SpanValue inResource(int key) {
    return cursor ->
        cursor
            .trace
            .keys()
            .value(cursor.batch.resources().attributes(), cursor.batch.resource(cursor.row), key);
  }

  private static SpanValue ofIntrinsic(Intrinsic intrinsic) {
    return switch (intrinsic) {
      case DURATION -> cursor -> new Static.Nanos(durationNanos(cursor.batch, cursor.row));
      case NAME -> cursor -> text(cursor, cursor.batch.name(cursor.row));
      case STATUS ->
          cursor -> new Static.Status(SpanStatus.ofOtlp(cursor.batch.statusCode(cursor.row)));
      case STATUS_MESSAGE -> cursor -> text(cursor, cursor.batch.statusMessage(cursor.row));
      case KIND -> cursor -> new Static.Kind(SpanKind.ofOtlp(cursor.batch.kind(cursor.row)));
      case SPAN_ID -> cursor -> spanId(cursor.batch.spanId(cursor.row));
      case PARENT_ID -> cursor -> spanId(cursor.batch.parentSpanId(cursor.row));
      case CHILD_COUNT -> cursor -> new Static.Int(cursor.trace.tree().childCount(cursor.span));
      case NESTED_SET_LEFT -> cursor -> new Static.Int(cursor.trace.tree().left(cursor.span));
      case NESTED_SET_RIGHT -> cursor -> new Static.Int(cursor.trace.tree().right(cursor.span));
      case NESTED_SET_PARENT ->
          cursor -> new Static.Int(cursor.trace.tree().leftOfParent(cursor.span));
      case TRACE_ROOT_SERVICE -> cursor -> new Static.Text(cursor.trace.summary().rootService());
      case TRACE_ROOT_SPAN -> cursor -> new Static.Text(cursor.trace.summary().rootName());
      case TRACE_DURATION -> cursor -> new Static.Nanos(cursor.trace.summary().durationNanos());
      case TRACE_ID ->
          cursor ->
              traceId(cursor.batch.traceIdHigh(cursor.row), cursor.batch.traceIdLow(cursor.row));
      case EVENT_NAME, EVENT_TIME_SINCE_START -> ofEvent(intrinsic);
      case LINK_SPAN_ID, LINK_TRACE_ID -> ofLink(intrinsic);
      case INSTRUMENTATION_NAME ->
          cursor -> text(cursor, cursor.batch.scopes().name(cursor.batch.scope(cursor.row)));
      case INSTRUMENTATION_VERSION ->
          cursor -> text(cursor, cursor.batch.scopes().version(cursor.batch.scope(cursor.row)));
      case NONE, PARENT -> cursor -> Statics.NIL;
    };
  }

  private static SpanValue ofEvent(Intrinsic intrinsic) {
    return cursor -> {
      if (cursor.event < 0) {
        return Statics.NIL;
      }
      SpanBatch.Events events = cursor.batch.events();
      return intrinsic == Intrinsic.EVENT_NAME
          ? text(cursor, events.name(cursor.event))
          : new Static.Nanos(events.timeNanos(cursor.event) - cursor.batch.startNanos(cursor.row));
    };
  }

  private static SpanValue ofLink(Intrinsic intrinsic) {
    return cursor -> {
      if (cursor.link < 0) {
        return Statics.NIL;
      }
      SpanBatch.Links links = cursor.batch.links();
      return intrinsic == Intrinsic.LINK_SPAN_ID
          ? spanId(links.spanId(cursor.link))
          : traceId(links.traceIdHigh(cursor.link), links.traceIdLow(cursor.link));
    };
  }

  /** Spans that end before they start have the duration 0. */
  static long durationNanos(SpanBatch batch, int row) {
    return Math.max(0, batch.endNanos(row) - batch.startNanos(row));
  }

  private static Static text(SpanCursor cursor, long slice) {
    return new Static.Text(cursor.batch.arena().text(slice));
  }

  private static Static spanId(long id) {
    return new Static.Text(id == 0 ? "" : HexFormat.of().toHexDigits(id));
  }

  /** In hexadecimal without the zeros at its start. */
  private static Static traceId(long high, long low) {
    return new Static.Text(new TraceKey(high, low).shortHex());
  }

  /** Whether an attribute is one of events. */
  static boolean isOfEvent(Attribute attribute) {
    return attribute.scope() == AttributeScope.EVENT
        || attribute.intrinsic() == Intrinsic.EVENT_NAME
        || attribute.intrinsic() == Intrinsic.EVENT_TIME_SINCE_START;
  }

  /** Whether an attribute is one of links. */
  static boolean isOfLink(Attribute attribute) {
    return attribute.scope() == AttributeScope.LINK
        || attribute.intrinsic() == Intrinsic.LINK_SPAN_ID
        || attribute.intrinsic() == Intrinsic.LINK_TRACE_ID;
  }
}
