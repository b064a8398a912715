package io.ghostworks.wire.jaeger.json;

import io.ghostworks.model.record.SpanBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What Jaeger's query service changes in a trace before it shows it: a server's span that shares
 * its id with the client's (Zipkin's way) gets an id of its own below it; spans whose ids are used
 * twice, whose parent is missing or that end before they begin are told so. Clock skew is not
 * corrected, as by Jaeger's default. The ids of all spans are added first; then the spans are
 * turned to one after the other, in the same order. Used by one thread.
 *
 * <p>Source: jaegertracing/jaeger cmd/jaeger/internal/extension/jaegerquery/internal/adjuster.
 */
public final class TraceAdjustment {

  /** What this holds of a span, at most. */
  public static final int BYTES_PER_SPAN = SharedSpanIds.BYTES_PER_SPAN + 64;

  private final boolean raw;
  private final SharedSpanIds ids = new SharedSpanIds();
  private final Set<Long> repeated = new HashSet<>();
  private long id;
  private long parent;
  private List<String> warnings = List.of();

  /**
   * @param raw whether the trace is shown as it is stored; then nothing needs to be added
   */
  public TraceAdjustment(boolean raw) {
    this.raw = raw;
  }

  /** Whether the trace is shown as it is stored. */
  public boolean raw() {
    return raw;
  }

  /** Adds spans of which ids and kinds are filled. */
  public void add(SpanBatch spans) {
    for (int row = 0; row < spans.rows(); row++) {
      add(spans, row);
    }
  }

  void add(SpanBatch spans, int row) {
    if (!raw) {
      ids.add(spans, row);
    }
  }

  /** To be called when all have been added. */
  public TraceAdjustment close() {
    ids.close();
    return this;
  }

  /** Turns to the next span. */
  void turnTo(SpanBatch batch, int row) {
    if (raw) {
      id = batch.spanId(row);
      parent = batch.parentSpanId(row);
      return;
    }
    ids.turnTo(batch, row);
    id = ids.id();
    parent = ids.parent();
    warn(batch, row);
  }

  private void warn(SpanBatch batch, int row) {
    List<String> found = new ArrayList<>();
    if (ids.isRepeated(id) && !repeated.add(id)) {
      found.add("duplicate span IDs; skipping clock skew adjustment");
    }
    for (int link = ModelReferences.removed(batch, row); link > 0; link--) {
      found.add(ModelReferences.REMOVED);
    }
    if (parent != 0 && !ids.isThere(parent)) {
      found.add(
          "parent span ID=%s is not in the trace; skipping clock skew adjustment"
              .formatted(JaegerIds.span(parent)));
    }
    long duration = batch.endNanos(row) - batch.startNanos(row);
    if (duration < 0) {
      found.add(
          "the span ends %d ns before it begins; its duration is shown as 0".formatted(-duration));
    }
    warnings = found;
  }

  /** As the span is shown. */
  long id() {
    return id;
  }

  /** As it is shown; 0 for none. */
  long parent() {
    return parent;
  }

  List<String> warnings() {
    return warnings;
  }
}
