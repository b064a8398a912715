package io.ghostworks.server.jaeger;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.wholetraces.LeanSpans;
import io.ghostworks.traceql.trace.TraceSummary;
import io.ghostworks.wire.jaeger.json.JaegerIds;
import io.ghostworks.wire.jaeger.json.JaegerNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A trace as a row of a list.
 *
 * @param id 32 digits
 * @param rootService of the earliest span without a parent, "" where there is none
 * @param orphans spans whose parent is not in the trace
 * @param services by name
 */
record ListedTrace(
    String id,
    String rootService,
    String rootOperation,
    long startNanos,
    long endNanos,
    int spans,
    int errors,
    int orphans,
    List<OfService> services) {

  ListedTrace {
    services = List.copyOf(services);
  }

  record OfService(String name, int spans, int errors) {}

  /** Reads traces one after the other; those that are gone are left out. */
  static void each(
      List<TraceKey> keys, RecordSource records, QueryContext context, Consumer<ListedTrace> each) {
    for (TraceKey key : keys) {
      context.check();
      try (LeanSpans trace = LeanSpans.read(key, records, context)) {
        if (trace.batch().rows() > 0) {
          each.accept(of(trace.batch()));
        }
      }
    }
  }

  /** Of a batch that holds one trace. */
  private static ListedTrace of(SpanBatch trace) {
    TraceSummary summary = TraceSummary.of(trace);
    List<OfService> services = new ArrayList<>();
    summary
        .services()
        .forEach((name, counts) ->
            services.add(
                new OfService(JaegerNames.service(name), counts.spans(), counts.errors())));
    return new ListedTrace(
        JaegerIds.longTrace(trace.traceIdHigh(0), trace.traceIdLow(0)),
        summary.hasRoot() ? JaegerNames.service(summary.rootService()) : "",
        summary.rootName(),
        summary.startNanos(),
        summary.endNanos(),
        summary.spans(),
        summary.errors(),
        orphans(trace),
        services);
  }

  private static int orphans(SpanBatch trace) {
    Set<Long> ids = new HashSet<>();
    for (int row = 0; row < trace.rows(); row++) {
      ids.add(trace.spanId(row));
    }
    int orphans = 0;
    for (int row = 0; row < trace.rows(); row++) {
      long parent = trace.parentSpanId(row);
      orphans += parent != 0 && !ids.contains(parent) ? 1 : 0;
    }
    return orphans;
  }
}
