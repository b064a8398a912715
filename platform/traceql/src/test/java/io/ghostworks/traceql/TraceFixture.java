package io.ghostworks.traceql;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.TraceKey;
import java.util.Map;
import java.util.TreeMap;

/** Builds the spans of one trace; they must come by start. */
final class TraceFixture {
  private final TraceKey id;
  private final SpanBatch batch = new SpanBatch();
  private final Map<String, Integer> services = new TreeMap<>();
  private int scope = -1;

  TraceFixture(long id) {
    this.id = new TraceKey(7, id);
  }

  /** Attributes whose keys begin with {@code event.} make one event named "e". */
  TraceFixture span(
      long spanId,
      long parentId,
      String service,
      String name,
      long startNanos,
      long durationNanos,
      int status,
      Map<String, ?> attributes) {
    if (scope < 0) {
      scope = batch.scopes().end(ByteArena.EMPTY, ByteArena.EMPTY, ByteArena.EMPTY, 0);
    }
    int resource =
        services.computeIfAbsent(
            service,
            key -> {
              batch.resources().attributes().add("service.name", key);
              batch.resources().attributes().add("res", key.length());
              return batch.resources().end(ByteArena.EMPTY, 0);
            });
    boolean event = false;
    for (Map.Entry<String, ?> attribute : new TreeMap<>(attributes).entrySet()) {
      if (attribute.getKey().startsWith("event.")) {
        add(batch.events().attributes(), attribute.getKey().substring(6), attribute.getValue());
        event = true;
      } else {
        add(batch.attributes(), attribute.getKey(), attribute.getValue());
      }
    }
    if (event) {
      batch.events().end(startNanos + 1, batch.arena().append("e"), 0);
    }
    batch.endRow(
        resource,
        scope,
        id.high(),
        id.low(),
        spanId,
        parentId,
        ByteArena.EMPTY,
        0,
        batch.arena().append(name),
        2,
        startNanos,
        startNanos + durationNanos,
        status,
        ByteArena.EMPTY,
        0,
        0,
        0);
    return this;
  }

  private static void add(AttributeColumns attributes, String key, Object value) {
    switch (value) {
      case String text -> attributes.add(key, text);
      case Integer number -> attributes.add(key, number.longValue());
      case Double number -> attributes.add(key, number.doubleValue());
      case Boolean bool -> attributes.add(key, bool.booleanValue());
      default -> throw new IllegalStateException("no type of the tests: " + value);
    }
  }

  void addTo(MemorySpans spans) {
    spans.add(id, batch);
  }

  SpanBatch batch() {
    return batch;
  }
}
