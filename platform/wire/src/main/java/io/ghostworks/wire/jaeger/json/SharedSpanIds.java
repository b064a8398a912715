package io.ghostworks.wire.jaeger.json;

import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.record.SpanBatch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Gives the server's span an id of its own where client and server of a trace share one, as they do
 * in Zipkin, and the shared id as its parent; its children follow it. The ids of the whole trace
 * are added first; then its spans are asked for in that order. Used by one thread.
 *
 * <p>Source: jaegertracing/jaeger internal adjuster, span id uniquifier.
 */
public final class SharedSpanIds {

  /** What this holds of a span, at most. */
  public static final int BYTES_PER_SPAN = 64;

  private static final int SERVER = 2;
  private static final int CLIENT = 3;

  private final LongColumn all = new LongColumn();
  private final LongColumn clients = new LongColumn();
  private final LongColumn servers = new LongColumn();
  private final Map<Long, Moved> moved = new HashMap<>();
  private final Set<Long> given = new HashSet<>();
  private long[] ids = {};
  private long id;
  private long parent;

  /** The ids that the servers' spans of one shared id get, in their order. */
  private static final class Moved {
    private final LongColumn ids = new LongColumn(1);
    private int next;

    long last() {
      return ids.get(ids.size() - 1);
    }

    /** The next one; spans that arrived after the ids were read share the last one. */
    long next() {
      return ids.get(Math.min(next++, ids.size() - 1));
    }
  }

  /** Adds spans of which ids and kinds are filled. */
  public void add(SpanBatch spans) {
    for (int row = 0; row < spans.rows(); row++) {
      add(spans, row);
    }
  }

  void add(SpanBatch spans, int row) {
    all.add(spans.spanId(row));
    switch (spans.kind(row)) {
      case CLIENT -> clients.add(spans.spanId(row));
      case SERVER -> servers.add(spans.spanId(row));
      default -> {}
    }
  }

  /** To be called when all have been added. */
  public void close() {
    ids = sorted(all);
    long[] ofClients = sorted(clients);
    long next = 0;
    for (int i = 0; i < servers.size(); i++) {
      long shared = servers.get(i);
      if (contains(ofClients, shared)) {
        do {
          next++;
        } while (contains(ids, next));
        moved.computeIfAbsent(shared, key -> new Moved()).ids.add(next);
        given.add(next);
      }
    }
  }

  private static long[] sorted(LongColumn column) {
    long[] sorted = Arrays.copyOf(column.array(), column.size());
    Arrays.sort(sorted);
    return sorted;
  }

  private static boolean contains(long[] sorted, long value) {
    return Arrays.binarySearch(sorted, value) >= 0;
  }

  /** Turns to the next span of the trace: its {@link #id} and {@link #parent}. */
  void turnTo(SpanBatch spans, int row) {
    id = spans.spanId(row);
    parent = spans.parentSpanId(row);
    if (moved.isEmpty()) {
      return;
    }
    if (spans.kind(row) == SERVER) {
      Moved own = moved.get(id);
      if (own != null) {
        parent = id;
        id = own.next();
      }
    }
    Moved above = moved.get(parent);
    if (above != null && above.last() != id) {
      parent = above.last();
    }
  }

  long id() {
    return id;
  }

  long parent() {
    return parent;
  }

  /** Changes the ids of a trace that is there whole in place. */
  public static void tellApartWhole(SpanBatch trace) {
    SharedSpanIds shared = new SharedSpanIds();
    shared.add(trace);
    shared.close();
    shared.tellApart(trace);
  }

  /** Changes the ids of the next spans of the trace in place. */
  public void tellApart(SpanBatch spans) {
    for (int row = 0; row < spans.rows() && !moved.isEmpty(); row++) {
      turnTo(spans, row);
      spans.setIds(row, id, parent);
    }
  }

  /** Whether a span has this id as it was stored, or was given it. */
  boolean isThere(long spanId) {
    return contains(ids, spanId) || given.contains(spanId);
  }

  /** Whether several spans were stored with this id. */
  boolean isRepeated(long spanId) {
    int at = Arrays.binarySearch(ids, spanId);
    return at >= 0
        && ((at > 0 && ids[at - 1] == spanId) || (at + 1 < ids.length && ids[at + 1] == spanId));
  }
}
