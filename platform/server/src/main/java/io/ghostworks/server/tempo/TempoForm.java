package io.ghostworks.server.tempo;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.wholetraces.AdjustedTraces;
import io.ghostworks.server.wholetraces.TraceForm;
import io.ghostworks.wire.jaeger.json.SharedSpanIds;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.TempoMessage;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One trace as Tempo's versions 1 and 2 give it. In JSON a resource comes once for each thousand
 * spans; in protobuf a large trace of version 2 comes as several values of the field {@code trace},
 * which readers of protobuf merge.
 */
final class TempoForm implements TraceForm {

  private static final int JSON_SPANS_MAX = 1_000;
  private static final int TRACE = 1;
  private static final String BATCHES = "{\"batches\":[";
  private static final String RESOURCES = "{\"resourceSpans\":[";
  private static final String LIST_END = "]}";

  private final Version version;
  private final boolean protobuf;
  private final QueryContext context;
  private final String message;
  private final AdjustedTraces traces;
  private long left;
  private OutputStream out = OutputStream.nullOutputStream();
  private SharedSpanIds sharedIds = new SharedSpanIds();
  private SpanBatch batch = new SpanBatch();
  private boolean any;

  enum Version {
    FIRST,
    SECOND
  }

  /**
   * @param spansMax so many are given
   * @param message why not all of the trace is given, "" if it is
   */
  TempoForm(
      Version version,
      boolean protobuf,
      RecordSource records,
      QueryContext context,
      long spansMax,
      String message) {
    this.version = version;
    this.protobuf = protobuf;
    this.context = context;
    this.message = message;
    this.traces = new AdjustedTraces(records, context, false);
    this.left = spansMax;
  }

  @Override
  public int spansMax() {
    return protobuf ? Integer.MAX_VALUE : JSON_SPANS_MAX;
  }

  @Override
  public void begin(OutputStream stream) {
    out = stream;
  }

  @Override
  public void beginTrace(TraceKey id) {
    sharedIds = traces.sharedIds(id);
  }

  @Override
  public void spans(SpanBatch spans, int from, int to) throws IOException {
    if (batch != spans) {
      batch = spans;
      sharedIds.tellApart(spans);
    }
    int end = (int) Math.min(to, from + left);
    if (end <= from) {
      return;
    }
    left -= end - from;
    if (protobuf) {
      protobuf(from, end);
    } else {
      json(from, end);
    }
    any = true;
  }

  private void protobuf(int from, int to) throws IOException {
    ProtoWriter spans = OtlpEncoder.traces(batch, row -> row >= from && row < to);
    if (version == Version.FIRST) {
      out.write(spans.array(), 0, spans.size());
      return;
    }
    ProtoWriter trace = new ProtoWriter(spans.size() + 16);
    int start = trace.begin(TRACE);
    trace.raw(spans.array(), 0, spans.size());
    trace.end(start);
    out.write(trace.array(), 0, trace.size());
  }

  private void json(int from, int to) throws IOException {
    byte[] json =
        version == Version.FIRST
            ? OtlpEncoder.tempoJson(batch, from, to)
            : OtlpEncoder.protobufJson(batch, from, to);
    String list = version == Version.FIRST ? BATCHES : RESOURCES;
    if (any) {
      out.write(',');
    } else {
      write(version == Version.FIRST ? list : "{\"trace\":" + list);
    }
    out.write(json, list.length(), json.length - list.length() - LIST_END.length());
  }

  @Override
  public void endTrace() {
    traces.release();
  }

  @Override
  public void end(List<TraceKey> missing) throws IOException {
    if (version == Version.FIRST) {
      write(protobuf ? "" : LIST_END);
      return;
    }
    ProtoWriter rest = new ProtoWriter(128);
    if (!any) {
      rest.end(rest.begin(TRACE));
    }
    tail(rest, context.bytesRead(), message);
    if (protobuf) {
      out.write(rest.array(), 0, rest.size());
      return;
    }
    String text = new String(TempoMessage.TRACE_BY_ID.json(rest), StandardCharsets.UTF_8);
    write(any ? LIST_END + "," + text.substring(1) : text);
  }

  /** What version 2 says behind the spans. */
  static void tail(ProtoWriter out, long bytesRead, String message) {
    int metrics = out.begin(2);
    out.uint(1, bytesRead);
    out.end(metrics);
    out.uint(3, message.isEmpty() ? 0 : 1);
    out.text(4, message);
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
