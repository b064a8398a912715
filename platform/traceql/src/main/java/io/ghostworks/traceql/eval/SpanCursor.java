package io.ghostworks.traceql.eval;

import io.ghostworks.model.record.SpanBatch;

/** The span that is looked at, with one of its events and links where the expression names such. */
final class SpanCursor {
  static final int NONE = -1;

  final TraceSpans trace;
  final SpanBatch batch;
  int span;
  int row;
  int event = NONE;
  int link = NONE;

  SpanCursor(TraceSpans trace) {
    this.trace = trace;
    this.batch = trace.batch();
  }

  void moveTo(int newSpan) {
    span = newSpan;
    row = trace.row(newSpan);
    event = NONE;
    link = NONE;
  }
}
