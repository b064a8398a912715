package io.ghostworks.traceql.trace;

/**
 * The numbers by which structural operators compare, as Tempo assigns them
 * (vparquet5/nested_set_model.go): depth first from the spans without parent, one number on the way
 * down and one on the way up. Tempo visits children as they were sent; here the order is that of
 * their start.
 */
final class NestedSet {
  private static final int SAME_ID_MAX = 2;
  private static final int ROOT_PARENT = -1;

  private final int[] left;
  private final int[] right;
  private final int[] leftOfParent;
  private final int[] childCounts;

  NestedSet(SpanLinks links, int[] order, ParentLinks found) {
    int spans = links.size();
    left = new int[spans];
    right = new int[spans];
    leftOfParent = new int[spans];
    childCounts = new int[spans];
    boolean rooted = false;
    for (int row = 0; row < spans; row++) {
      rooted |= links.parentIds()[row] == 0;
    }
    if (rooted && found.sameIdMax() <= SAME_ID_MAX) {
      assign(links, order, found);
    }
  }

  private void assign(SpanLinks links, int[] order, ParentLinks found) {
    int[] parents = new int[order.length];
    int[] firstChildren = new int[order.length];
    int[] nextSiblings = new int[order.length];
    java.util.Arrays.fill(firstChildren, -1);
    for (int i = order.length - 1; i >= 0; i--) {
      int row = order[i];
      parents[row] = found.parent(row);
      if (parents[row] >= 0) {
        childCounts[parents[row]]++;
        nextSiblings[row] = firstChildren[parents[row]];
        firstChildren[parents[row]] = row;
      }
    }
    int bound = 1;
    for (int root : order) {
      if (links.parentIds()[root] == 0) {
        leftOfParent[root] = ROOT_PARENT;
        bound = walk(root, bound, parents, firstChildren, nextSiblings);
      }
    }
  }

  private int walk(int root, int from, int[] parents, int[] firstChildren, int[] nextSiblings) {
    int bound = from;
    int row = root;
    left[row] = bound++;
    while (row >= 0) {
      int child = firstChildren[row];
      if (child >= 0) {
        firstChildren[row] = nextSiblings[child];
        left[child] = bound++;
        leftOfParent[child] = left[row];
        row = child;
      } else {
        right[row] = bound++;
        row = row == root ? -1 : parents[row];
      }
    }
    return bound;
  }

  int left(int row) {
    return left[row];
  }

  int right(int row) {
    return right[row];
  }

  int leftOfParent(int row) {
    return leftOfParent[row];
  }

  int childCount(int row) {
    return childCounts[row];
  }
}
