package io.ghostworks.server.cli.waterfall;

import io.ghostworks.traceql.analysis.CriticalPath;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The bars of spans over the time of their trace. A cell is full where the span is on the critical
 * path. Every span has a cell at least; one that lies before the trace's start, as at time zero,
 * has the first one.
 */
final class SpanBars {
  private static final char CRITICAL = '█';
  private static final char RUNNING = '░';

  private final DrawnTrace trace;
  private final long startNanos;
  private final long durationNanos;
  private final int cells;
  private final Map<Integer, BitSet> critical = new HashMap<>();

  SpanBars(DrawnTrace trace, ShownSpans shown, long startNanos, long durationNanos, int cells) {
    this.trace = trace;
    this.startNanos = startNanos;
    this.durationNanos = Math.max(1, durationNanos);
    this.cells = cells;
    CriticalPath path = trace.analysis().criticalPath();
    for (int section = 0; section < path.sections(); section++) {
      if (shown.isShown(path.row(section))) {
        int from = cell(path.startNanos(section));
        int to = Math.max(from + 1, end(path.endNanos(section)));
        critical.computeIfAbsent(path.row(section), row -> new BitSet()).set(from, to);
      }
    }
  }

  private int cell(long nanos) {
    double share = (nanos - (double) startNanos) / durationNanos;
    return Math.clamp((long) Math.floor(share * cells), 0, cells - 1);
  }

  private int end(long nanos) {
    double share = (nanos - (double) startNanos) / durationNanos;
    return Math.clamp((long) Math.ceil(share * cells), 1, cells);
  }

  /** As many characters as there are cells. */
  String of(int row) {
    long start = trace.spans().startNanos(row);
    int from = cell(start);
    int to = Math.max(from + 1, end(Math.max(start, trace.spans().endNanos(row))));
    BitSet waited = critical.getOrDefault(row, new BitSet());
    StringBuilder bar = new StringBuilder(" ".repeat(cells));
    for (int i = from; i < to; i++) {
      bar.setCharAt(i, waited.get(i) ? CRITICAL : RUNNING);
    }
    return bar.toString();
  }
}
