package io.ghostworks.server.tempo;

import io.ghostworks.model.record.SpanBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The spans that some others lead to, level by level, up to their ancestors or down to their
 * descendants. Spans that share an id stand for one another, as in Tempo; a cycle is walked once.
 */
final class SpanReach {

  /** As many levels as there are. */
  static final int ALL = -1;

  /** About what the walks hold of a span. */
  static final int SPAN_BYTES = 256;

  private final long[] ids;
  private final Map<Long, List<Long>> neighbours = new HashMap<>();

  private SpanReach(SpanBatch trace, int rows, boolean isUpwards) {
    this.ids = new long[rows];
    for (int row = 0; row < rows; row++) {
      ids[row] = trace.spanId(row);
      long parent = trace.parentSpanId(row);
      if (parent != 0) {
        long from = isUpwards ? ids[row] : parent;
        neighbours
            .computeIfAbsent(from, id -> new ArrayList<>(1))
            .add(isUpwards ? parent : ids[row]);
      }
    }
  }

  private record Step(long id, int level) {}

  /** To ancestors, among the first rows of a trace. */
  static SpanReach above(SpanBatch trace, int rows) {
    return new SpanReach(trace, rows, true);
  }

  /** To descendants, among the first rows of a trace. */
  static SpanReach below(SpanBatch trace, int rows) {
    return new SpanReach(trace, rows, false);
  }

  /**
   * The rows that are reached within some levels.
   *
   * @param levels {@link #ALL}, or at least 0; with 0 nothing is reached
   */
  BitSet from(BitSet rows, int levels) {
    Set<Long> found = new HashSet<>();
    ArrayDeque<Step> waiting = new ArrayDeque<>();
    if (levels != 0) {
      rows.stream().mapToObj(row -> new Step(ids[row], 0)).distinct().forEach(waiting::add);
    }
    while (!waiting.isEmpty()) {
      Step step = waiting.remove();
      if (levels != ALL && step.level() == levels) {
        continue;
      }
      for (long next : neighbours.getOrDefault(step.id(), List.of())) {
        if (found.add(next)) {
          waiting.add(new Step(next, step.level() + 1));
        }
      }
    }
    BitSet reached = new BitSet(ids.length);
    for (int row = 0; row < ids.length; row++) {
      if (found.contains(ids[row])) {
        reached.set(row);
      }
    }
    return reached;
  }
}
