package io.ghostworks.server.traces;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.wholetraces.LeanSpans;
import io.ghostworks.traceql.analysis.TraceAnalysis;
import io.ghostworks.traceql.trace.TraceTree;

/** The spans of a trace with their structure, without attributes, read anew for each question. */
record StoredTrace(TraceKey key, SpanBatch spans, TraceTree tree) {
  /** Of arrays and objects that structure and analysis need beside the spans. */
  private static final long BYTES_PER_SPAN = 320;

  /**
   * @throws RequestException with status 404 if no span of it is there
   */
  static StoredTrace read(TraceKey key, RecordSource records, QueryContext context) {
    SpanBatch spans = LeanSpans.read(key, records, context).batch();
    if (spans.rows() == 0) {
      throw none(key);
    }
    context.reserve(BYTES_PER_SPAN * spans.rows());
    return new StoredTrace(key, spans, TraceTree.of(spans));
  }

  static RequestException none(TraceKey key) {
    return new RequestException(404, "no span of trace %s is here".formatted(key.hex()));
  }

  /**
   * @param place what the message says that the id is
   */
  static TraceKey key(String place, String text) {
    return TraceKey.ofHex(text)
        .orElseThrow(() ->
            RequestException.bad(
                "%s must be a trace id of 1 to 32 hexadecimal digits, got '%s'"
                    .formatted(place, text)));
  }

  TraceAnalysis analysis(long nowNanos) {
    return TraceAnalysis.of(spans, tree, nowNanos);
  }
}
