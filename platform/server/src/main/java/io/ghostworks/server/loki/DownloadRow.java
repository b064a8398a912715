package io.ghostworks.server.loki;

import io.ghostworks.model.label.Labels;
import java.util.List;
import java.util.TreeMap;

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
    private final TreeMap<Labels, List<String>> atEdge = new TreeMap<>();
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
      List<DownloadRow> fresh =
          page.stream()
              .filter(row ->
                  atEdgeCount == 0
                      || row.timeNanos != edge
                      || !atEdge.getOrDefault(row.labels, List.of()).contains(row.line))
              .toList();
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
          atEdge.computeIfAbsent(row.labels, labels -> new java.util.ArrayList<>()).add(row.line);
          atEdgeCount++;
        }
      }
      return fresh;
    }

    /** Whether time runs forward. */
    boolean isForward() {
      return forward;
    }
  }
}
