package io.ghostworks.traceql;

import java.util.List;

/**
 * A span of a found trace.
 *
 * @param name "" unless the query names it, as in Tempo
 * @param attributes those that the query names and the span has, each in its scope
 */
public record MatchedSpan(
    long spanId,
    String name,
    long startNanos,
    long durationNanos,
    List<MatchedAttribute> attributes) {

  public MatchedSpan {
    attributes = List.copyOf(attributes);
  }
}
