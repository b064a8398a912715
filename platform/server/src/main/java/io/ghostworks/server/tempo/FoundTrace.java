package io.ghostworks.server.tempo;

import io.ghostworks.query.record.TraceKey;
import java.util.List;
import java.util.Map;

/**
 * A trace that a search found, as a row of its answer.
 *
 * @param rootService of the span without a parent in the trace; {@code <root span not yet
 *     received>} where there is none
 * @param durationNanos from the first start to the last end
 * @param services all spans of the trace, by the name of their service
 * @param matched spans that meet the condition
 * @param spans some of them, by start
 */
record FoundTrace(
    TraceKey id,
    String rootService,
    String rootName,
    long startNanos,
    long durationNanos,
    Map<String, ServiceSpans> services,
    int matched,
    List<FoundSpan> spans) {

  static final String NO_ROOT = "<root span not yet received>";

  record FoundSpan(long spanId, String name, long startNanos, long durationNanos) {}

  /** How many spans a service has in a trace, and how many of them have the status error. */
  record ServiceSpans(int spans, int errors) {
    ServiceSpans plus(boolean error) {
      return new ServiceSpans(spans + 1, errors + (error ? 1 : 0));
    }
  }

  /** The id in hexadecimal, without leading zeros, as Tempo prints it. */
  String traceIdText() {
    return id.high() == 0 ? Long.toHexString(id.low()) : "%x%016x".formatted(id.high(), id.low());
  }
}
