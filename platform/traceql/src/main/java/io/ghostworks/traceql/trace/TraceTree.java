package io.ghostworks.traceql.trace;

import io.ghostworks.model.record.SpanBatch;

/**
 * The structure of one trace, worked out from all its spans, whichever order they came in and
 * whatever is missing. Rows are those of the {@link SpanLinks}. There are two views of it:
 *
 * <ul>
 *   <li>the tree, for people: every span is in it once. Where a parent is missing the span is a
 *       root of its own ({@link #isOrphan}); a cycle is cut at its earliest span ({@link #isCut}).
 *   <li>the nested set, for queries, as Tempo numbers it: only what is reached from a span without
 *       parent has numbers, all others have 0, and so has the whole trace where three spans share
 *       an id.
 * </ul>
 *
 * Children and roots are in the order of their start, then their id. Of two spans with the same id
 * (a client and a server, as Zipkin sends them) the one of the other kind is the parent. Not
 * thread-safe while it is made; immutable afterwards.
 */
public final class TraceTree {
  private static final int ORPHAN = 1;
  private static final int CUT = 2;
  private static final int DUPLICATE = 4;

  private final SpanLinks links;
  private final int[] order;
  private final int[] parents;
  private final int[] firstChildren;
  private final int[] nextSiblings;
  private final int[] depths;
  private final int[] preorder;
  private final byte[] marks;
  private final NestedSet nestedSet;

  private TraceTree(SpanLinks links) {
    int spans = links.size();
    this.links = links;
    this.order = SpanOrder.of(links);
    this.parents = new int[spans];
    this.firstChildren = new int[spans];
    this.nextSiblings = new int[spans];
    this.depths = new int[spans];
    this.preorder = new int[spans];
    this.marks = new byte[spans];
    ParentLinks found = new ParentLinks(links, order);
    this.nestedSet = new NestedSet(links, order, found);
    for (int row = 0; row < spans; row++) {
      parents[row] = found.treeParent(row);
      boolean orphan = parents[row] < 0 && links.parentIds()[row] != 0;
      marks[row] = (byte) ((orphan ? ORPHAN : 0) | (found.isDuplicate(row) ? DUPLICATE : 0));
    }
    linkChildren();
    walk();
  }

  public static TraceTree of(SpanLinks links) {
    return new TraceTree(links);
  }

  /** Of all rows of a batch, which are the spans of one trace. */
  public static TraceTree of(SpanBatch trace) {
    return new TraceTree(SpanLinks.of(trace));
  }

  private void linkChildren() {
    java.util.Arrays.fill(firstChildren, -1);
    java.util.Arrays.fill(nextSiblings, -1);
    for (int i = order.length - 1; i >= 0; i--) {
      int row = order[i];
      if (parents[row] >= 0) {
        nextSiblings[row] = firstChildren[parents[row]];
        firstChildren[parents[row]] = row;
      }
    }
  }

  /** Numbers all spans depth first; what no root reaches is a cycle, which is cut. */
  private void walk() {
    boolean[] seen = new boolean[order.length];
    int count = 0;
    for (int row : order) {
      if (parents[row] < 0) {
        count = walk(row, seen, count);
      }
    }
    for (int row : order) {
      if (!seen[row]) {
        cut(row);
        count = walk(row, seen, count);
      }
    }
  }

  private void cut(int row) {
    int parent = parents[row];
    if (firstChildren[parent] == row) {
      firstChildren[parent] = nextSiblings[row];
    } else {
      int before = firstChildren[parent];
      while (nextSiblings[before] != row) {
        before = nextSiblings[before];
      }
      nextSiblings[before] = nextSiblings[row];
    }
    nextSiblings[row] = -1;
    parents[row] = -1;
    marks[row] |= CUT;
  }

  private int walk(int root, boolean[] seen, int from) {
    int count = from;
    int row = root;
    int depth = 0;
    while (true) {
      seen[row] = true;
      depths[row] = depth;
      preorder[count++] = row;
      if (firstChildren[row] >= 0) {
        row = firstChildren[row];
        depth++;
        continue;
      }
      while (row != root && nextSiblings[row] < 0) {
        row = parents[row];
        depth--;
      }
      if (row == root) {
        return count;
      }
      row = nextSiblings[row];
    }
  }

  /** How many spans. */
  public int size() {
    return order.length;
  }

  /** The i-th row by start. */
  public int byStart(int i) {
    return order[i];
  }

  /** The i-th row of the tree depth first, roots by their start. */
  public int preorder(int i) {
    return preorder[i];
  }

  /** How many spans stand above a row in the tree. */
  public int depth(int row) {
    return depths[row];
  }

  /** The row above in the tree, or -1. */
  public int parent(int row) {
    return parents[row];
  }

  /** The earliest child in the tree, or -1. */
  public int firstChild(int row) {
    return firstChildren[row];
  }

  /** The next child of the same parent, or -1; roots have none. */
  public int nextSibling(int row) {
    return nextSiblings[row];
  }

  /** Whether it names a parent that is not in the trace. */
  public boolean isOrphan(int row) {
    return (marks[row] & ORPHAN) != 0;
  }

  /** Whether its way upwards led back to itself, so that it was made a root. */
  public boolean isCut(int row) {
    return (marks[row] & CUT) != 0;
  }

  /** Whether another span of the trace has the same id. */
  public boolean isDuplicate(int row) {
    return (marks[row] & DUPLICATE) != 0;
  }

  /** Nanoseconds by which it starts before its parent: the clocks of two machines differ. */
  public long skewNanos(int row) {
    int parent = parents[row];
    return parent < 0 ? 0 : Math.max(0, links.startNanos()[parent] - links.startNanos()[row]);
  }

  /** From start to end; negative where the end lies before the start. */
  public long durationNanos(int row) {
    return links.endNanos()[row] - links.startNanos()[row];
  }

  /** The row of the root that people see first: the earliest span without parent, or -1. */
  public int root() {
    for (int row : order) {
      if (links.parentIds()[row] == 0) {
        return row;
      }
    }
    return -1;
  }

  /** Whether all spans hang together under one root, so that nothing seems to be missing. */
  public boolean isConnected() {
    int roots = 0;
    for (int row = 0; row < order.length; row++) {
      roots += parents[row] < 0 ? 1 : 0;
    }
    return roots == 1 && root() >= 0;
  }

  /** The number at which a span begins in the nested set, from 1; 0 if it is not in it. */
  public int left(int row) {
    return nestedSet.left(row);
  }

  /** The number at which a span ends in the nested set; 0 if it is not in it. */
  public int right(int row) {
    return nestedSet.right(row);
  }

  /** {@link #left} of the parent, -1 for a root; 0 if it is not in the nested set. */
  public int leftOfParent(int row) {
    return nestedSet.leftOfParent(row);
  }

  /** How many spans name it as parent, as Tempo counts them: 0 in a trace without root. */
  public int childCount(int row) {
    return nestedSet.childCount(row);
  }
}
