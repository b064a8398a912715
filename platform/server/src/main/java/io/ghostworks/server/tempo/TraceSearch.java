package io.ghostworks.server.tempo;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A search as {@code /api/search} takes it.
 *
 * @param tags each must be met by some span of the trace, or its resource
 * @param minDuration of the whole trace, inclusive
 * @param maxDuration of the whole trace, inclusive
 * @param limit of traces, at least 1
 * @param spansPerSet of spans listed a trace
 */
record TraceSearch(
    Map<String, String> tags,
    Optional<Duration> minDuration,
    Optional<Duration> maxDuration,
    long startNanos,
    long endNanos,
    int limit,
    int spansPerSet) {
  TraceSearch {
    tags = Map.copyOf(tags);
  }
}
