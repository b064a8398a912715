package io.ghostworks.collector.generator;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The edges of which one side waits for the other, in the order of their arrival, found by trace
 * and span id. Bounded; not thread-safe.
 */
final class EdgeStore {
  private final int itemsMax;
  private @Nullable Edge[] buckets = new @Nullable Edge[256];
  private @Nullable Edge oldest;
  private @Nullable Edge newest;
  private int size;

  EdgeStore(int itemsMax) {
    this.itemsMax = itemsMax;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size >= itemsMax;
  }

  @Nullable Edge find(long traceHigh, long traceLow, long span) {
    Edge edge = buckets[bucket(traceHigh, traceLow, span, buckets.length)];
    while (edge != null
        && (edge.span != span || edge.traceLow != traceLow || edge.traceHigh != traceHigh)) {
      edge = edge.next;
    }
    return edge;
  }

  void add(Edge edge) {
    if (size >= buckets.length) {
      grow();
    }
    link(edge, buckets);
    edge.before = newest;
    if (newest == null) {
      oldest = edge;
    } else {
      newest.after = edge;
    }
    newest = edge;
    size++;
  }

  void remove(Edge edge) {
    int bucket = bucket(edge.traceHigh, edge.traceLow, edge.span, buckets.length);
    Edge first = buckets[bucket];
    if (first == edge) {
      buckets[bucket] = edge.next;
    }
    for (Edge e = first; e != null; e = e.next) {
      if (e.next == edge) {
        e.next = edge.next;
        break;
      }
    }
    if (edge.before == null) {
      oldest = edge.after;
    } else {
      edge.before.after = edge.after;
    }
    if (edge.after == null) {
      newest = edge.before;
    } else {
      edge.after.before = edge.before;
    }
    edge.before = null;
    edge.after = null;
    size--;
  }

  /** The position of the edge that waits longest, or {@code absent} if none does. */
  long oldestPosition(long absent) {
    return oldest == null ? absent : oldest.position;
  }

  /** Removes the edges whose time is over, oldest first, and gives them to the action. */
  void expire(long nowNanos, Consumer<Edge> expired) {
    for (Edge edge = oldest; edge != null && edge.expiresNanos - nowNanos <= 0; edge = oldest) {
      remove(edge);
      expired.accept(edge);
    }
  }

  /** Removes the edges that came before a position. */
  void removeBefore(long position) {
    for (Edge edge = oldest; edge != null && edge.position < position; edge = oldest) {
      remove(edge);
    }
  }

  private void grow() {
    @Nullable Edge[] larger = new @Nullable Edge[buckets.length * 2];
    for (Edge edge = oldest; edge != null; edge = edge.after) {
      link(edge, larger);
    }
    buckets = larger;
  }

  private static void link(Edge edge, @Nullable Edge[] into) {
    int bucket = bucket(edge.traceHigh, edge.traceLow, edge.span, into.length);
    edge.next = into[bucket];
    into[bucket] = edge;
  }

  private static int bucket(long high, long low, long span, int length) {
    long mixed =
        (high ^ Long.rotateLeft(low, 29) ^ Long.rotateLeft(span, 47)) * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 33) & (length - 1);
  }
}
