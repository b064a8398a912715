package io.ghostworks.server.loki;

import io.ghostworks.model.label.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A line on its way to a file.
 *
 * @param labels of its stream, its structured metadata and what the query added, as Loki shows them
 *     together
 */
record DownloadRow(long timeNanos, Labels labels, String line) {

  /** The rows of pages that follow one another in time: of each page those that are new. */
  static final class Pages {
    private final boolean forward;
    private final Map<DownloadRow, Integer> atEdge = new HashMap<>();
    private long edge;
    private int atEdgeCount;

    Pages(boolean forward) {
      this.forward = forward;
    }

    /** How many rows the next page begins with that were there before. */
    int repeated() {
      return atEdgeCount;
    }

    /** The time up to which rows were given. */
    long edge() {
      return edge;
    }

    /** The rows of a page, in their order, that no page before it had. */
    List<DownloadRow> fresh(List<DownloadRow> page) {
      Map<DownloadRow, Integer> given = new HashMap<>(atEdge);
      List<DownloadRow> fresh = page.stream().filter(row -> !isGiven(row, given)).toList();
      if (fresh.isEmpty()) {
        return fresh;
      }
      long last = fresh.getLast().timeNanos;
      if (atEdgeCount == 0 || last != edge) {
        atEdge.clear();
        atEdgeCount = 0;
        edge = last;
      }
      for (DownloadRow row : fresh) {
        if (row.timeNanos == edge) {
          atEdge.merge(row, 1, Integer::sum);
          atEdgeCount++;
        }
      }
      return fresh;
    }

    /** Rows that look alike are as many as they are: each that was given is left out once. */
    private static boolean isGiven(DownloadRow row, Map<DownloadRow, Integer> given) {
      Integer left = given.get(row);
      if (left == null) {
        return false;
      }
      if (left == 1) {
        given.remove(row);
      } else {
        given.put(row, left - 1);
      }
      return true;
    }

    boolean isForward() {
      return forward;
    }
  }
}
