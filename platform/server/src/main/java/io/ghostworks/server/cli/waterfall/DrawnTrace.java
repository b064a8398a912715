package io.ghostworks.server.cli.waterfall;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.traceql.analysis.TraceAnalysis;
import io.ghostworks.traceql.trace.TraceTree;

/** All that is known of a trace that is drawn. */
public record DrawnTrace(SpanBatch spans, TraceTree tree, TraceAnalysis analysis) {
  private static final int STATUS_ERROR = 2;

  public static DrawnTrace of(SpanBatch spans, long nowNanos) {
    TraceTree tree = TraceTree.of(spans);
    return new DrawnTrace(spans, tree, TraceAnalysis.of(spans, tree, nowNanos));
  }

  String service(int row) {
    String service = spans.resources().attributes().findString(spans.resource(row), "service.name");
    return service == null ? "" : service;
  }

  String name(int row) {
    return spans.arena().text(spans.name(row));
  }

  boolean failed(int row) {
    return spans.statusCode(row) == STATUS_ERROR;
  }
}
