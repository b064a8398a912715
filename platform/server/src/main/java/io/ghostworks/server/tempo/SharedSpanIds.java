package io.ghostworks.server.tempo;

import io.ghostworks.model.record.SpanBatch;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Gives the server's span an id of its own where client and server share one, as they do in Zipkin,
 * and the shared id as its parent; its children follow it.
 *
 * <p>Source: Jaeger's {@code model/adjuster/span_id_deduper.go}, as Tempo applies it to answers.
 */
final class SharedSpanIds {

  private static final int SERVER = 2;
  private static final int CLIENT = 3;

  private SharedSpanIds() {}

  static void tellApart(SpanBatch trace) {
    Set<Long> used = new HashSet<>();
    Set<Long> ofClients = new HashSet<>();
    for (int row = 0; row < trace.rows(); row++) {
      used.add(trace.spanId(row));
      if (trace.kind(row) == CLIENT) {
        ofClients.add(trace.spanId(row));
      }
    }
    Map<Long, Long> moved = new HashMap<>();
    long next = 0;
    for (int row = 0; row < trace.rows(); row++) {
      long shared = trace.spanId(row);
      if (trace.kind(row) == SERVER && ofClients.contains(shared)) {
        do {
          next++;
        } while (used.contains(next));
        moved.put(shared, next);
        trace.setIds(row, next, shared);
      }
    }
    if (moved.isEmpty()) {
      return;
    }
    for (int row = 0; row < trace.rows(); row++) {
      Long parent = moved.get(trace.parentSpanId(row));
      if (parent != null && parent != trace.spanId(row)) {
        trace.setIds(row, trace.spanId(row), parent);
      }
    }
  }
}
