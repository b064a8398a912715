package io.ghostworks.server.tempo;

import io.ghostworks.model.record.SpanBatch;
import java.util.List;

/**
 * A trace that a search found, as a row of its answer.
 *
 * @param rootService of the span without a parent in the trace; {@code <root span not yet
 *     received>} where there is none
 * @param durationNanos from the first start to the last end
 * @param matched spans that meet a condition
 * @param spans some of them, by start
 */
record FoundTrace(
    long traceIdHigh,
    long traceIdLow,
    String rootService,
    String rootName,
    long startNanos,
    long durationNanos,
    int matched,
    List<FoundSpan> spans) {

  private static final String NO_ROOT = "<root span not yet received>";

  record FoundSpan(long spanId, String name, long startNanos, long durationNanos) {}

  static FoundTrace of(SpanBatch trace, int[] matchedRows, int spansMax) {
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    int root = -1;
    for (int row = 0; row < trace.rows(); row++) {
      start = Math.min(start, trace.startNanos(row));
      end = Math.max(end, trace.endNanos(row));
      if (trace.parentSpanId(row) == 0
          && (root < 0 || trace.startNanos(row) < trace.startNanos(root))) {
        root = row;
      }
    }
    List<FoundSpan> spans =
        java.util.Arrays.stream(matchedRows)
            .limit(spansMax)
            .mapToObj(row ->
                new FoundSpan(
                    trace.spanId(row),
                    trace.arena().text(trace.name(row)),
                    trace.startNanos(row),
                    trace.endNanos(row) - trace.startNanos(row)))
            .toList();
    return new FoundTrace(
        trace.traceIdHigh(0),
        trace.traceIdLow(0),
        root < 0 ? NO_ROOT : service(trace, root),
        root < 0 ? "" : trace.arena().text(trace.name(root)),
        start,
        end - start,
        matchedRows.length,
        spans);
  }

  static String service(SpanBatch trace, int row) {
    String name = trace.resources().attributes().findString(trace.resource(row), "service.name");
    return name == null ? "" : name;
  }

  /** The id in hexadecimal, without leading zeros, as Tempo prints it. */
  String traceIdText() {
    return traceIdHigh == 0
        ? Long.toHexString(traceIdLow)
        : "%x%016x".formatted(traceIdHigh, traceIdLow);
  }
}
