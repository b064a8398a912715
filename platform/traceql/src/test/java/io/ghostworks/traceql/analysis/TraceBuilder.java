package io.ghostworks.traceql.analysis;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.traceql.trace.TraceTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds the spans of a trace for tests; the id of a span is its row plus one. */
final class TraceBuilder {
  private final SpanBatch spans = new SpanBatch();
  private final Map<String, Integer> resources = new HashMap<>();
  private final List<Integer> parents = new ArrayList<>();
  private final int scope = spans.scopes().end(0, 0, 0, 0);

  /** Adds a span and answers its row. */
  int span(int parent, String service, String name, long start, long end) {
    return span(parent, service, name, 1, start, end, 0);
  }

  int span(int parent, String service, String name, int kind, long start, long end, int status) {
    int resource =
        resources.computeIfAbsent(
            service,
            absent -> {
              spans.resources().attributes().add("service.name", service);
              return spans.resources().end(ByteArena.EMPTY, 0);
            });
    parents.add(parent);
    spans.endRow(
        resource,
        scope,
        1,
        2,
        parents.size(),
        parent < 0 ? 0 : parent + 1,
        ByteArena.EMPTY,
        0,
        spans.arena().append(name),
        kind,
        start,
        end,
        status,
        ByteArena.EMPTY,
        0,
        0,
        0);
    return parents.size() - 1;
  }

  /** Adds a failed span with an exception. */
  int failed(int parent, String service, String name, long start, long end, String type) {
    spans.events().attributes().add("exception.type", type);
    spans.events().attributes().add("exception.message", "it was " + type);
    spans.events().end(end, spans.arena().append("exception"), 0);
    return span(parent, service, name, 1, start, end, 2);
  }

  SpanBatch spans() {
    return spans;
  }

  private int[] parents() {
    return parents.stream().mapToInt(Integer::intValue).toArray();
  }

  TraceTree tree() {
    return TraceTree.of(spans);
  }

  SpanForest forest() {
    return new SpanForest(spans, parents());
  }
}
