package io.ghostworks.traceql;

import java.util.List;
import java.util.Optional;

/**
 * The traces that a search found.
 *
 * @param traces in the order of the request
 * @param partial why there may be others that belong before these or behind; empty if there are
 *     none
 * @param inspectedTraces whose spans were looked at
 * @param inspectedSpans rows that were read
 * @param inspectedBytes that were read for them
 */
public record TraceSearchAnswer(
    List<MatchedTrace> traces,
    Optional<String> partial,
    long inspectedTraces,
    long inspectedSpans,
    long inspectedBytes) {

  public TraceSearchAnswer {
    traces = List.copyOf(traces);
  }
}
