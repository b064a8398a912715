package io.ghostworks.traceql.analysis;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.traceql.trace.TraceTree;
import java.util.Arrays;

/**
 * The spans of a trace with their children, by row of their batch. Children stand in the order of
 * their start, of their row where that is equal. A span that ends before it starts takes no time.
 */
final class SpanForest {
  private final SpanBatch spans;
  private final int[] parents;
  private final int[] childEnds;
  private final int[] children;
  private final int[] preorder;

  /**
   * @param parents of each row, -1 where it has none; without cycles
   */
  SpanForest(SpanBatch spans, int[] parents) {
    this.spans = spans;
    this.parents = parents;
    int rows = parents.length;
    int[] byStart = byStart(spans, rows);
    childEnds = new int[rows + 1];
    for (int parent : parents) {
      childEnds[parent + 1]++;
    }
    for (int i = 1; i <= rows; i++) {
      childEnds[i] += childEnds[i - 1];
    }
    // Slot 0 holds the roots, slot row + 1 the children of a row.
    children = new int[rows];
    int[] next = new int[rows + 1];
    System.arraycopy(childEnds, 0, next, 1, rows);
    for (int row : byStart) {
      children[next[parents[row] + 1]++] = row;
    }
    preorder = order();
  }

  /** Of all rows of a batch, as their tree has them. */
  static SpanForest of(SpanBatch spans, TraceTree tree) {
    int[] parents = new int[tree.size()];
    for (int row = 0; row < parents.length; row++) {
      parents[row] = tree.parent(row);
    }
    return new SpanForest(spans, parents);
  }

  private static int[] byStart(SpanBatch spans, int rows) {
    long[][] keys = new long[rows][];
    for (int row = 0; row < rows; row++) {
      keys[row] = new long[] {spans.startNanos(row), row};
    }
    Arrays.sort(
        keys,
        (a, b) -> {
          int byTime = Long.compareUnsigned(a[0], b[0]);
          return byTime != 0 ? byTime : Long.compare(a[1], b[1]);
        });
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = (int) keys[i][1];
    }
    return order;
  }

  private int[] order() {
    int[] order = new int[parents.length];
    int[] open = new int[parents.length];
    int depth = 0;
    int done = 0;
    for (int i = rootCount() - 1; i >= 0; i--) {
      open[depth++] = children[i];
    }
    while (depth > 0) {
      int row = open[--depth];
      order[done++] = row;
      for (int i = childEnd(row) - 1; i >= childStart(row); i--) {
        open[depth++] = children[i];
      }
    }
    if (done < order.length) {
      throw new IllegalArgumentException(
          "the parents of %d spans form a cycle".formatted(order.length - done));
    }
    return order;
  }

  SpanBatch spans() {
    return spans;
  }

  int rows() {
    return parents.length;
  }

  int rootCount() {
    return childEnds[0];
  }

  int root(int index) {
    return children[index];
  }

  /** -1 for a root. */
  int parent(int row) {
    return parents[row];
  }

  /** Where the children of a row begin in {@link #child}. */
  int childStart(int row) {
    return childEnds[row];
  }

  /** One past the last child of a row. */
  int childEnd(int row) {
    return childEnds[row + 1];
  }

  int child(int index) {
    return children[index];
  }

  /** A row of the order in which parents stand before their children, siblings by start. */
  int preorder(int index) {
    return preorder[index];
  }

  long startNanos(int row) {
    return spans.startNanos(row);
  }

  long endNanos(int row) {
    return Math.max(spans.startNanos(row), spans.endNanos(row));
  }

  long durationNanos(int row) {
    return endNanos(row) - startNanos(row);
  }
}
