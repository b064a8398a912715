package io.ghostworks.wire.otlp;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ResourceTable;
import io.ghostworks.model.record.ScopeTable;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.proto.ProtoWriter;
import io.ghostworks.wire.proto.Utf8;
import java.util.Comparator;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Writes what the three signals have in common: resources, scopes, attributes, ids. */
final class EnvelopeWriter {
  private final ProtoWriter out = new ProtoWriter(4096);
  private final ByteArena arena;
  private final ResourceTable resources;
  private final ScopeTable scopes;

  EnvelopeWriter(ByteArena arena, ResourceTable resources, ScopeTable scopes) {
    this.arena = arena;
    this.resources = resources;
    this.scopes = scopes;
  }

  ProtoWriter out() {
    return out;
  }

  /** Writes all items, grouped by resource and scope. */
  ProtoWriter write(
      int items, IntUnaryOperator resourceOf, IntUnaryOperator scopeOf, IntConsumer item) {
    return write(items, index -> true, resourceOf, scopeOf, item);
  }

  /** Writes some items, grouped by resource and scope. */
  ProtoWriter write(
      int items,
      IntPredicate wanted,
      IntUnaryOperator resourceOf,
      IntUnaryOperator scopeOf,
      IntConsumer item) {
    int resource = -1;
    int scope = -1;
    int resourceStart = 0;
    int scopeStart = 0;
    for (int index : ordered(items, wanted, resourceOf, scopeOf)) {
      boolean newResource = resourceOf.applyAsInt(index) != resource;
      if (newResource || scopeOf.applyAsInt(index) != scope) {
        if (scope >= 0) {
          endScope(scope, scopeStart);
        }
        if (newResource) {
          if (resource >= 0) {
            endResource(resource, resourceStart);
          }
          resource = resourceOf.applyAsInt(index);
          resourceStart = out.begin(1);
          resource(resource);
        }
        scope = scopeOf.applyAsInt(index);
        scopeStart = out.begin(2);
        scope(scope);
      }
      item.accept(index);
    }
    if (resource >= 0) {
      endScope(scope, scopeStart);
      endResource(resource, resourceStart);
    }
    return out;
  }

  private static int[] ordered(
      int items, IntPredicate wanted, IntUnaryOperator resourceOf, IntUnaryOperator scopeOf) {
    return IntStream.range(0, items)
        .filter(wanted)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(resourceOf::applyAsInt)
                .thenComparingInt(scopeOf::applyAsInt))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void resource(int resource) {
    int start = out.begin(1);
    attributes(1, resources.attributes(), resource);
    out.uint(2, resources.droppedAttributesCount(resource) & 0xffffffffL);
    out.end(start);
  }

  private void endResource(int resource, int start) {
    text(3, resources.schemaUrl(resource));
    out.end(start);
  }

  private void scope(int scope) {
    int start = out.begin(1);
    text(1, scopes.name(scope));
    text(2, scopes.version(scope));
    attributes(3, scopes.attributes(), scope);
    out.uint(4, scopes.droppedAttributesCount(scope) & 0xffffffffL);
    out.end(start);
  }

  private void endScope(int scope, int start) {
    text(3, scopes.schemaUrl(scope));
    out.end(start);
  }

  /** Writes a slice of the batch's arena, unless it is empty. */
  void text(int field, long slice) {
    out.bytes(field, arena.array(), ByteArena.offset(slice), ByteArena.length(slice));
  }

  void attributes(int field, AttributeColumns attributes, int row) {
    attributes(field, attributes, row, attributes.end(row));
  }

  /** Writes the attributes of a row up to an entry, which is left out. */
  void attributes(int field, AttributeColumns attributes, int row, int end) {
    for (int entry = attributes.start(row); entry < end; entry++) {
      int start = out.begin(field);
      long key = attributes.keys().slice(attributes.keyId(entry));
      out.bytes(1, attributes.keys().arena().array(), ByteArena.offset(key), ByteArena.length(key));
      value(2, attributes.values(), entry);
      out.end(start);
    }
  }

  /** Writes an {@code AnyValue}; a value that is none is written as an empty message. */
  void value(int field, ValueColumn values, int index) {
    int start = out.begin(field);
    long payload = values.payload(index);
    switch (values.type(index)) {
      case ValueColumn.STRING -> string(payload);
      case ValueColumn.BOOL -> out.uintAlways(2, payload);
      case ValueColumn.INT -> out.uintAlways(3, payload);
      case ValueColumn.DOUBLE -> out.fixed64Always(4, payload);
      case ValueColumn.ARRAY -> slice(5, payload);
      case ValueColumn.KEY_VALUES -> slice(6, payload);
      case ValueColumn.BYTES -> slice(7, payload);
      default -> {}
    }
    out.end(start);
  }

  /** A text must be UTF-8 here, which a log record's body need not be. */
  private void string(long slice) {
    if (Utf8.isValid(arena.array(), ByteArena.offset(slice), ByteArena.length(slice))) {
      slice(1, slice);
    } else {
      out.text(1, arena.text(slice));
    }
  }

  private void slice(int field, long slice) {
    out.bytesAlways(field, arena.array(), ByteArena.offset(slice), ByteArena.length(slice));
  }

  void traceId(int field, long high, long low) {
    if ((high | low) != 0) {
      out.tag(field, ProtoReader.BYTES);
      out.varint(Ids.TRACE_ID_BYTES);
      out.rawFixed64(Long.reverseBytes(high));
      out.rawFixed64(Long.reverseBytes(low));
    }
  }

  void spanId(int field, long id) {
    if (id != 0) {
      out.tag(field, ProtoReader.BYTES);
      out.varint(Ids.SPAN_ID_BYTES);
      out.rawFixed64(Long.reverseBytes(id));
    }
  }
}
