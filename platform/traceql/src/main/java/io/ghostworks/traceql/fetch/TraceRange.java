package io.ghostworks.traceql.fetch;

import io.ghostworks.traceql.trace.TraceSummary;

/**
 * A time range that traces overlap, as in Tempo: one belongs to it that starts before its end and
 * ends behind its start, whichever of its spans lie outside.
 *
 * @param startNanos inclusive
 * @param endNanos inclusive
 * @param reachNanos how far outside a span may lie by which its trace is found
 */
public record TraceRange(long startNanos, long endNanos, long reachNanos) {

  boolean overlaps(TraceSummary trace) {
    return trace.startNanos() <= endNanos && trace.endNanos() >= startNanos;
  }

  /** Where spans are looked for. */
  long scanStartNanos() {
    return startNanos < Long.MIN_VALUE + reachNanos ? Long.MIN_VALUE : startNanos - reachNanos;
  }

  /** Where spans are looked for, exclusive. */
  long scanEndNanos() {
    return endNanos >= Long.MAX_VALUE - reachNanos ? Long.MAX_VALUE : endNanos + reachNanos + 1;
  }
}
