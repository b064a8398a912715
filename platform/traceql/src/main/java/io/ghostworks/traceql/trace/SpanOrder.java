package io.ghostworks.traceql.trace;

/** The rows of a trace by start, then id, then row. */
final class SpanOrder {

  private SpanOrder() {}

  static int[] of(SpanLinks links) {
    int spans = links.size();
    int[] order = new int[spans];
    boolean sorted = true;
    for (int i = 0; i < spans; i++) {
      order[i] = i;
      sorted &= i == 0 || compare(links, i - 1, i) <= 0;
    }
    if (!sorted) {
      sort(links, order);
    }
    return order;
  }

  private static int compare(SpanLinks links, int a, int b) {
    int byStart = Long.compare(links.startNanos()[a], links.startNanos()[b]);
    int byId =
        byStart != 0 ? byStart : Long.compareUnsigned(links.spanIds()[a], links.spanIds()[b]);
    return byId != 0 ? byId : Integer.compare(a, b);
  }

  /** Merges runs of growing length, without an object a span. */
  private static void sort(SpanLinks links, int[] order) {
    int[] from = order;
    int[] to = new int[order.length];
    for (int run = 1; run < order.length; run *= 2) {
      for (int start = 0; start < order.length; start += 2 * run) {
        merge(links, from, to, start, run);
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    System.arraycopy(from, 0, order, 0, order.length);
  }

  private static void merge(SpanLinks links, int[] from, int[] to, int start, int run) {
    int middle = Math.min(start + run, from.length);
    int end = Math.min(start + 2 * run, from.length);
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takesLeft =
          right >= end || (left < middle && compare(links, from[left], from[right]) <= 0);
      to[i] = takesLeft ? from[left++] : from[right++];
    }
  }
}
