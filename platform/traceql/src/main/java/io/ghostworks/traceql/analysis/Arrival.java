package io.ghostworks.traceql.analysis;

import io.ghostworks.model.record.SpanBatch;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a trace is there as a whole. Senders hold spans back for some seconds and a span is sent
 * when it has ended, so that a trace whose newest span has just ended may get more; and a parent
 * that is named but missing is either late or lost.
 *
 * @param quietNanos from the end of the newest span until now, at least 0
 * @param arriving whether that is less than {@link #SETTLED_AFTER}
 * @param rootMissing whether no span is without a parent's id
 * @param missingParents ids of parents that no span has, at most {@link #MISSING_TOLD_MAX}
 * @param missing how many such ids there are
 */
public record Arrival(
    long quietNanos,
    boolean arriving,
    boolean rootMissing,
    List<Long> missingParents,
    int missing) {

  /** Exporters send at least every 5 s; several hops and a retry fit in six times that. */
  public static final Duration SETTLED_AFTER = Duration.ofSeconds(30);

  public static final int MISSING_TOLD_MAX = 100;

  public Arrival {
    missingParents = List.copyOf(missingParents);
  }

  /** Whether nothing is known to be missing, and nothing more is expected. */
  public boolean complete() {
    return !arriving && !rootMissing && missing == 0;
  }

  static Arrival of(SpanForest forest, long nowNanos) {
    SpanBatch spans = forest.spans();
    long newest = 0;
    boolean root = false;
    Set<Long> missing = new LinkedHashSet<>();
    for (int row = 0; row < forest.rows(); row++) {
      newest = Math.max(newest, forest.endNanos(row));
      boolean named = spans.parentSpanId(row) != 0;
      root |= !named;
      if (named && forest.parent(row) < 0) {
        missing.add(spans.parentSpanId(row));
      }
    }
    for (int row = 0; row < forest.rows(); row++) {
      // A cycle that was cut leaves a root whose parent is there.
      missing.remove(spans.spanId(row));
    }
    long quiet = Math.max(0, nowNanos - newest);
    return new Arrival(
        quiet,
        quiet < SETTLED_AFTER.toNanos(),
        !root,
        missing.stream().limit(MISSING_TOLD_MAX).toList(),
        missing.size());
  }
}
