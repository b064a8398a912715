package io.ghostworks.server.tempo.diff;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Sums over the spans of a trace.
 *
 * @param envelopeNanos from the first start to the last end
 * @param serviceNanos the durations of the spans of each service
 * @param rows how often each service has each kind of span below each kind of parent
 */
record TraceTotals(
    long envelopeNanos,
    long sumNanos,
    int errors,
    Map<String, Long> serviceNanos,
    Map<String, Map<Row, Integer>> rows) {

  static final String UNKNOWN_SERVICE = "<unknown>";

  private static final long NANOS_PER_MS = 1_000_000;

  record Row(SpanIdentity span, @Nullable SpanIdentity parent) {}

  static TraceTotals of(NormalTrace trace) {
    long first = Long.MAX_VALUE;
    long last = 0;
    long sum = 0;
    int errors = 0;
    Map<String, Long> services = new HashMap<>();
    Map<String, Map<Row, Integer>> rows = new HashMap<>();
    for (NormalSpan span : trace.spans()) {
      if (span.durationValid()) {
        first = Math.min(first, span.startNanos());
        last = Math.max(last, span.endNanos());
      }
      sum += span.durationNanos();
      errors += span.isError() ? 1 : 0;
      services.merge(span.serviceOrUnknown(), span.durationNanos(), Long::sum);
      rows.computeIfAbsent(span.serviceOrUnknown(), service -> new HashMap<>())
          .merge(new Row(span.identity(), span.parent()), 1, Integer::sum);
    }
    long envelope = last >= first ? last - first : 0;
    return new TraceTotals(envelope, sum, errors, services, rows);
  }

  /** Services whose spans stand elsewhere in the other trace, or only in one. */
  SortedSet<String> restructured(TraceTotals other) {
    SortedSet<String> all = new TreeSet<>(rows.keySet());
    all.addAll(other.rows.keySet());
    all.removeIf(
        service -> rows.containsKey(service) && rows.get(service).equals(other.rows.get(service)));
    return all;
  }

  TraceSummaryDiff.Side side(NormalTrace trace) {
    boolean empty = trace.spans().isEmpty();
    return new TraceSummaryDiff.Side(
        trace.traceId(),
        empty ? "" : trace.spans().getFirst().identity().service(),
        empty ? "" : trace.spans().getFirst().identity().name(),
        trace.spanCount(),
        errors,
        envelopeNanos / NANOS_PER_MS,
        sumNanos / NANOS_PER_MS);
  }
}
