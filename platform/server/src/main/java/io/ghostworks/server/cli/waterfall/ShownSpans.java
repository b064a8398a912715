package io.ghostworks.server.cli.waterfall;

import io.ghostworks.traceql.trace.TraceTree;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which spans of a trace are drawn where there is no room for all: those that lead to the first
 * cause of an error, those longest on the critical path, failed ones, long ones, each with all
 * spans above it. What is left out is told at the span above it.
 */
final class ShownSpans {
  private final DrawnTrace trace;
  private final boolean[] shown;
  private final int[] below;
  private final int[] failedBelow;
  private int count;

  private ShownSpans(DrawnTrace trace) {
    this.trace = trace;
    int spans = trace.tree().size();
    this.shown = new boolean[spans];
    this.below = new int[spans];
    this.failedBelow = new int[spans];
  }

  /**
   * @param max at most so many, at least 1
   */
  static ShownSpans of(DrawnTrace trace, int max) {
    ShownSpans spans = new ShownSpans(trace);
    if (trace.tree().size() <= max) {
      Arrays.fill(spans.shown, true);
    } else {
      spans.choose(max);
    }
    spans.countHidden();
    return spans;
  }

  private void choose(int max) {
    var cause = trace.analysis().firstCause();
    if (cause.isPresent()) {
      show(cause.get().row(), max);
    }
    int[] byWeight =
        IntStream.range(0, shown.length)
            .boxed()
            .sorted(
                Comparator.comparingLong(
                        (Integer row) -> -trace.analysis().criticalPath().nanosOf(row))
                    .thenComparing((Integer row) -> !trace.failed(row))
                    .thenComparingLong(row -> -trace.tree().durationNanos(row)))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int row : byWeight) {
      if (count == max) {
        return;
      }
      show(row, max);
    }
  }

  /** Shows a span and all above it, if there is room for them. */
  private void show(int row, int max) {
    TraceTree tree = trace.tree();
    int missing = 0;
    for (int at = row; at >= 0 && !shown[at]; at = tree.parent(at)) {
      missing++;
      if (count + missing > max) {
        return;
      }
    }
    for (int at = row; at >= 0 && !shown[at]; at = tree.parent(at)) {
      shown[at] = true;
    }
    count += missing;
  }

  private void countHidden() {
    TraceTree tree = trace.tree();
    for (int i = tree.size() - 1; i >= 0; i--) {
      int row = tree.preorder(i);
      int parent = tree.parent(row);
      if (parent >= 0) {
        below[parent] += below[row] + (shown[row] ? 0 : 1);
        failedBelow[parent] += failedBelow[row] + (!shown[row] && trace.failed(row) ? 1 : 0);
      }
    }
  }

  boolean isShown(int row) {
    return shown[row];
  }

  /** How many spans below a shown one are left out, and told there: not below shown children. */
  int hiddenBelow(int row) {
    return sum(row, below);
  }

  /** How many of them have failed. */
  int failedBelow(int row) {
    return sum(row, failedBelow);
  }

  private int sum(int row, int[] counts) {
    int hidden = counts[row];
    for (int child = trace.tree().firstChild(row);
        child >= 0;
        child = trace.tree().nextSibling(child)) {
      hidden -= shown[child] ? counts[child] : 0;
    }
    return hidden;
  }

  /** How many spans are left out that stand below no shown one. */
  int hiddenRoots() {
    int hidden = 0;
    for (int row = 0; row < shown.length; row++) {
      hidden += !shown[row] && trace.tree().parent(row) < 0 ? 1 + below[row] : 0;
    }
    return hidden;
  }
}
