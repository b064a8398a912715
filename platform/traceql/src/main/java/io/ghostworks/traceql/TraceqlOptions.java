package io.ghostworks.traceql;

import java.time.Duration;

/**
 * Bounds of the engine.
 *
 * @param traceReach how far from the asked range a span may lie that makes its trace match: a trace
 *     belongs to the range if any of its spans does, as in Tempo, and spans of one trace lie apart
 */
public record TraceqlOptions(Duration traceReach) {

  public static final TraceqlOptions DEFAULT = new TraceqlOptions(Duration.ofMinutes(30));
}
