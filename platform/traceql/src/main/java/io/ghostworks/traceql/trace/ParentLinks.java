package io.ghostworks.traceql.trace;

/** Which span is whose parent, by ids and kinds alone. */
final class ParentLinks {
  private static final byte SERVER = 2;
  private static final byte CLIENT = 3;
  private static final int NONE = -1;

  private final SpanLinks links;
  private final SpanIds ids;
  private final int sameIdMax;

  ParentLinks(SpanLinks links, int[] order) {
    this.links = links;
    this.ids = new SpanIds(links.spanIds(), order);
    int most = 0;
    for (int row : order) {
      if (ids.first(links.spanIds()[row]) == row) {
        most = Math.max(most, rowsOf(row));
      }
    }
    this.sameIdMax = most;
  }

  private int rowsOf(int first) {
    int count = 0;
    for (int row = first; row >= 0; row = ids.next(row)) {
      count++;
    }
    return count;
  }

  /** How many spans have the most frequent id. */
  int sameIdMax() {
    return sameIdMax;
  }

  boolean isDuplicate(int row) {
    int first = ids.first(links.spanIds()[row]);
    return first != row || ids.next(first) >= 0;
  }

  /** As Tempo finds it: none where two spans of the id are of other kinds than is wanted. */
  int parent(int row) {
    int first = first(row);
    return first < 0 || ids.next(first) < 0 ? first : ofOtherKind(row, first);
  }

  /** The same, or else the first other span of the id. */
  int treeParent(int row) {
    int first = first(row);
    if (first < 0 || ids.next(first) < 0) {
      return first == row ? NONE : first;
    }
    int other = ofOtherKind(row, first);
    if (other >= 0 && other != row) {
      return other;
    }
    return first == row ? ids.next(first) : first;
  }

  private int first(int row) {
    long parentId = links.parentIds()[row];
    return parentId == 0 ? NONE : ids.first(parentId);
  }

  private int ofOtherKind(int row, int first) {
    byte wanted = links.kinds()[row] == SERVER ? CLIENT : SERVER;
    for (int other = first; other >= 0; other = ids.next(other)) {
      if (links.kinds()[other] == wanted) {
        return other;
      }
    }
    return NONE;
  }
}
