package io.ghostworks.wire.jaeger.json;

import io.ghostworks.model.record.SpanBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Jaeger's query service changes in a trace before it shows it: a server's span that shares
 * its id with the client's (Zipkin's way) gets an id of its own below it; spans whose ids are used
 * twice, whose parent is missing or that end before they begin are told so. Clock skew is not
 * corrected, as by Jaeger's default.
 *
 * <p>Source: jaegertracing/jaeger cmd/jaeger/internal/extension/jaegerquery/internal/adjuster.
 */
final class TraceAdjustment {

  private static final int SERVER = 2;
  private static final int CLIENT = 3;

  private final SpanBatch batch;
  private final int[] rows;
  private final long[] ids;
  private final long[] parents;
  private final List<List<String>> warnings = new ArrayList<>();

  private TraceAdjustment(SpanBatch batch, int[] rows) {
    this.batch = batch;
    this.rows = rows;
    this.ids = new long[rows.length];
    this.parents = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      ids[i] = batch.spanId(rows[i]);
      parents[i] = batch.parentSpanId(rows[i]);
      warnings.add(List.of());
    }
  }

  /** The trace as it is stored. */
  static TraceAdjustment none(SpanBatch batch, int[] rows) {
    return new TraceAdjustment(batch, rows);
  }

  /** The trace as it is shown. */
  static TraceAdjustment of(SpanBatch batch, int[] rows) {
    TraceAdjustment adjustment = new TraceAdjustment(batch, rows);
    adjustment.separateSharedIds();
    adjustment.warn();
    return adjustment;
  }

  long id(int index) {
    return ids[index];
  }

  long parent(int index) {
    return parents[index];
  }

  List<String> warnings(int index) {
    return warnings.get(index);
  }

  private void separateSharedIds() {
    Set<Long> used = new HashSet<>();
    Set<Long> ofClients = new HashSet<>();
    for (int i = 0; i < rows.length; i++) {
      used.add(ids[i]);
      if (batch.kind(rows[i]) == CLIENT) {
        ofClients.add(ids[i]);
      }
    }
    Map<Long, Long> moved = new HashMap<>();
    long next = 1;
    for (int i = 0; i < rows.length; i++) {
      if (batch.kind(rows[i]) == SERVER && ofClients.contains(ids[i])) {
        while (!used.add(next)) {
          next++;
        }
        moved.put(ids[i], next);
        parents[i] = ids[i];
        ids[i] = next;
      }
    }
    for (int i = 0; i < rows.length && !moved.isEmpty(); i++) {
      Long parent = moved.get(parents[i]);
      if (parent != null && parent != ids[i]) {
        parents[i] = parent;
      }
    }
  }

  private void warn() {
    Set<Long> present = new HashSet<>();
    for (int i = 0; i < rows.length; i++) {
      if (!present.add(ids[i])) {
        add(i, "duplicate span IDs; skipping clock skew adjustment");
      }
    }
    for (int i = 0; i < rows.length; i++) {
      for (int link = ModelReferences.removed(batch, rows[i]); link > 0; link--) {
        add(i, ModelReferences.REMOVED);
      }
      if (parents[i] != 0 && !present.contains(parents[i])) {
        add(
            i,
            "parent span ID=%s is not in the trace; skipping clock skew adjustment"
                .formatted(JaegerIds.span(parents[i])));
      }
      long duration = batch.endNanos(rows[i]) - batch.startNanos(rows[i]);
      if (duration < 0) {
        add(
            i,
            "the span ends %d ns before it begins; its duration is shown as 0"
                .formatted(-duration));
      }
    }
  }

  private void add(int index, String warning) {
    List<String> more = new ArrayList<>(warnings.get(index));
    more.add(warning);
    warnings.set(index, more);
  }
}
