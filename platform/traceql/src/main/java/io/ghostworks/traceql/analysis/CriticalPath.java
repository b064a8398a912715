package io.ghostworks.traceql.analysis;

import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import java.util.Arrays;

/**
 * The sections of spans that a trace waited for: without one of them it would have ended sooner.
 *
 * <p>From the end of a root, time belongs to the span itself back to where its last child ended,
 * then to that child, and where that began, to its parent again, back to the end of the child that
 * had ended last before. A child counts as far as it lies within its parent; one that lies outside
 * of it does not count, with all that is below it. What a producer has sent is not waited for: a
 * consumer below a producer does not count either. Each root has a path of its own.
 *
 * <p>Source: the behaviour of jaegertracing/jaeger-ui, {@code
 * src/components/TracePage/CriticalPath}. A child that ends in the nanosecond in which the next one
 * begins is left out there, and so it is here; there times are microseconds.
 */
public final class CriticalPath {
  private static final int PRODUCER = 4;
  private static final int CONSUMER = 5;

  private final SpanForest forest;
  private final long[] starts;
  private final long[] ends;
  private final boolean[] counts;

  /** The children that count, by end, the last first; slices as in the forest. */
  private final int[] byEnd;

  private final int[] countedEnds;
  private final int[] next;
  private final IntColumn rows = new IntColumn();
  private final LongColumn sectionStarts = new LongColumn();
  private final LongColumn sectionEnds = new LongColumn();
  private final long[] nanos;

  private CriticalPath(SpanForest forest) {
    this.forest = forest;
    int count = forest.rows();
    this.starts = new long[count];
    this.ends = new long[count];
    this.counts = new boolean[count];
    this.byEnd = new int[count];
    this.countedEnds = new int[count];
    this.next = new int[count];
    this.nanos = new long[count];
  }

  static CriticalPath of(SpanForest forest) {
    CriticalPath path = new CriticalPath(forest);
    path.clip();
    path.sortChildren();
    for (int i = 0; i < forest.rootCount(); i++) {
      path.walk(forest.root(i));
    }
    return path;
  }

  /** Cuts children to the time of their parents. */
  private void clip() {
    for (int i = 0; i < forest.rows(); i++) {
      int row = forest.preorder(i);
      int parent = forest.parent(row);
      starts[row] = forest.startNanos(row);
      ends[row] = forest.endNanos(row);
      if (parent < 0) {
        counts[row] = true;
        continue;
      }
      boolean waitedFor =
          forest.spans().kind(parent) != PRODUCER || forest.spans().kind(row) != CONSUMER;
      boolean outside =
          starts[row] >= starts[parent] ? starts[row] >= ends[parent] : ends[row] <= starts[parent];
      counts[row] = counts[parent] && waitedFor && !outside;
      starts[row] = Math.max(starts[row], starts[parent]);
      ends[row] = Math.min(ends[row], ends[parent]);
    }
  }

  private void sortChildren() {
    for (int row = 0; row < forest.rows(); row++) {
      int from = forest.childStart(row);
      int to = from;
      for (int i = from; i < forest.childEnd(row); i++) {
        if (counts[forest.child(i)]) {
          byEnd[to++] = forest.child(i);
        }
      }
      countedEnds[row] = to;
      if (to - from > 1) {
        // Stable: of those that end together the one that began first is the last to end.
        Integer[] order = new Integer[to - from];
        Arrays.setAll(order, i -> byEnd[from + i]);
        Arrays.sort(order, (a, b) -> Long.compare(ends[b], ends[a]));
        for (int i = from; i < to; i++) {
          byEnd[i] = order[i - from];
        }
      }
    }
  }

  private void walk(int root) {
    int span = root;
    long bound = ends[root];
    int child = lastChild(span);
    while (true) {
      if (child >= 0) {
        add(span, ends[child], bound);
        span = child;
        bound = ends[child];
        child = lastChild(span);
      } else {
        add(span, starts[span], bound);
        if (span == root) {
          return;
        }
        bound = starts[span];
        span = forest.parent(span);
        child = lastChildBefore(span, bound);
      }
    }
  }

  /** The child that ended last, -1 if none counts. */
  private int lastChild(int span) {
    next[span] = forest.childStart(span);
    return next[span] < countedEnds[span] ? byEnd[next[span]++] : -1;
  }

  /**
   * The child that ended last before a time, -1 if there is none; times go back from call to call.
   */
  private int lastChildBefore(int span, long bound) {
    while (next[span] < countedEnds[span] && ends[byEnd[next[span]]] >= bound) {
      next[span]++;
    }
    return next[span] < countedEnds[span] ? byEnd[next[span]++] : -1;
  }

  private void add(int row, long startNanos, long endNanos) {
    if (startNanos != endNanos) {
      rows.add(row);
      sectionStarts.add(startNanos);
      sectionEnds.add(endNanos);
      nanos[row] += endNanos - startNanos;
    }
  }

  /** The number of sections; the last in time comes first. */
  public int sections() {
    return rows.size();
  }

  /** The row of a section's span. */
  public int row(int section) {
    return rows.get(section);
  }

  public long startNanos(int section) {
    return sectionStarts.get(section);
  }

  public long endNanos(int section) {
    return sectionEnds.get(section);
  }

  /** How long a span is on the path. */
  public long nanosOf(int row) {
    return nanos[row];
  }
}
