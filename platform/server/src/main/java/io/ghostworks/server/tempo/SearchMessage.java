package io.ghostworks.server.tempo;

import io.ghostworks.traceql.MatchedAttribute;
import io.ghostworks.traceql.MatchedSpan;
import io.ghostworks.traceql.MatchedTrace;
import io.ghostworks.traceql.MatchedTrace.SpansetMatch;
import io.ghostworks.wire.proto.ProtoWriter;
import java.util.HexFormat;
import java.util.List;

/** Writes Tempo's {@code SearchResponse}. */
final class SearchMessage {

  private static final String NO_ROOT = "<root span not yet received>";
  private static final long NANOS_PER_MS = 1_000_000L;

  private final ProtoWriter out = new ProtoWriter(4096);

  /** What was looked at. */
  record Inspected(long traces, long spans, long bytes) {
    Inspected plus(long moreTraces, long moreSpans, long moreBytes) {
      return new Inspected(traces + moreTraces, spans + moreSpans, bytes + moreBytes);
    }
  }

  static ProtoWriter of(List<MatchedTrace> traces, Inspected inspected) {
    SearchMessage message = new SearchMessage();
    traces.forEach(message::trace);
    metrics(message.out, inspected);
    return message.out;
  }

  /** Writes {@code SearchMetrics} as field 2. */
  static void metrics(ProtoWriter out, Inspected inspected) {
    int metrics = out.begin(2);
    out.uint(1, inspected.traces());
    out.uint(2, inspected.bytes());
    out.uint(4, 1);
    out.uint(5, 1);
    out.uint(7, inspected.spans());
    out.end(metrics);
  }

  private void trace(MatchedTrace trace) {
    int start = out.begin(1);
    out.text(1, trace.idText());
    String service = trace.summary().rootService();
    out.text(2, service.isEmpty() ? NO_ROOT : service);
    out.text(3, trace.summary().rootName());
    out.uint(4, trace.summary().startNanos());
    out.uint(5, Math.min(trace.summary().durationNanos() / NANOS_PER_MS, 0xffffffffL));
    spanset(6, trace.spansets().getFirst());
    trace.spansets().forEach(spanset -> spanset(7, spanset));
    trace
        .summary()
        .services()
        .forEach((name, spans) -> {
          int entry = out.begin(8);
          out.text(1, name);
          int stats = out.begin(2);
          out.uint(1, spans.spans());
          out.uint(2, spans.errors());
          out.end(stats);
          out.end(entry);
        });
    out.end(start);
  }

  private void spanset(int field, SpansetMatch spanset) {
    int start = out.begin(field);
    spanset.spans().forEach(this::span);
    out.uint(2, spanset.matched());
    spanset.attributes().forEach(attribute -> attribute(3, attribute));
    out.end(start);
  }

  private void span(MatchedSpan span) {
    int start = out.begin(1);
    out.text(1, HexFormat.of().toHexDigits(span.spanId()));
    out.text(2, span.name());
    out.uint(3, span.startNanos());
    out.uint(4, span.durationNanos());
    span.attributes().forEach(attribute -> attribute(5, attribute));
    out.end(start);
  }

  private void attribute(int field, MatchedAttribute attribute) {
    int start = out.begin(field);
    out.text(1, attribute.key());
    StaticValues.write(out, 2, attribute.value());
    out.end(start);
  }
}
