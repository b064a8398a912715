package io.ghostworks.bench.traces;

import io.ghostworks.bench.peer.Requests;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * {@code ExportTraceServiceRequest}s of 22 whole traces each, some 500 spans, grouped by resource
 * (a service's pod), the same bytes for the same seed and number. On one thread.
 */
final class TraceRequests implements Requests {
  static final int TRACES = 22;

  private static final int USERS_MIN = 1_000;
  private static final int SPANS_PER_USER = 100;
  private static final int SPANS_PER_REQUEST = 495;

  private final Shape shape;
  private final boolean gzip;
  private final SpanTree tree;
  private final SpanAttributes attributes;
  private long rawBytes;
  private long rows;

  TraceRequests(Shape shape, boolean gzip) {
    this.shape = shape;
    this.gzip = gzip;
    this.tree = new SpanTree(shape.seed);
    this.attributes = new SpanAttributes(shape.users());
  }

  /**
   * What is sent.
   *
   * @param startNanos the start of the first trace
   * @param spanNanos from the first to the last trace
   * @param requests in all
   */
  record Shape(long seed, long startNanos, long spanNanos, int requests) {
    long traces() {
      return (long) requests * TRACES;
    }

    /** So many that each has about a hundred spans, if there are enough spans. */
    int users() {
      return Math.max(USERS_MIN, (int) ((long) requests * SPANS_PER_REQUEST / SPANS_PER_USER));
    }

    /** Traces go on in time, evenly. */
    long startNanos(long trace) {
      return startNanos + (long) (spanNanos * (trace / (double) traces()));
    }
  }

  @Override
  public long rawBytes() {
    return rawBytes;
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public byte[] request(int number) {
    List<List<byte[]>> resources = new ArrayList<>();
    for (int i = 0; i < SpanTree.SERVICES * SpanTree.PODS; i++) {
      resources.add(new ArrayList<>());
    }
    for (long trace = (long) number * TRACES; trace < (number + 1L) * TRACES; trace++) {
      tree.make(trace, shape.startNanos(trace));
      rows += tree.spans();
      for (int span = 0; span < tree.spans(); span++) {
        int pod = (int) (trace % SpanTree.PODS);
        resources.get(tree.service(span) * SpanTree.PODS + pod).add(span(span));
      }
    }
    ProtoWriter out = new ProtoWriter(SPANS_PER_REQUEST * 600);
    for (int resource = 0; resource < resources.size(); resource++) {
      if (!resources.get(resource).isEmpty()) {
        resource(out, resource, resources.get(resource));
      }
    }
    rawBytes += out.size();
    return gzip ? gzipped(out) : out.toByteArray();
  }

  private static void resource(ProtoWriter out, int number, List<byte[]> spans) {
    int service = number / SpanTree.PODS;
    int resourceSpans = out.begin(1);
    int resource = out.begin(1);
    SpanAttributes.text(out, 1, "service.name", SpanAttributes.service(service));
    SpanAttributes.text(out, 1, "service.namespace", "bench");
    SpanAttributes.text(
        out, 1, "service.instance.id", "pod-%d-%d".formatted(service, number % SpanTree.PODS));
    SpanAttributes.text(out, 1, "telemetry.sdk.language", "java");
    out.end(resource);
    int scopeSpans = out.begin(2);
    int scope = out.begin(1);
    out.text(1, "io.opentelemetry.tomcat-10.0");
    out.text(2, "2.21.0");
    out.end(scope);
    for (byte[] span : spans) {
      out.bytes(2, span, 0, span.length);
    }
    out.end(scopeSpans);
    out.end(resourceSpans);
  }

  private byte[] span(int span) {
    ProtoWriter out = new ProtoWriter(700);
    byte[] trace =
        ByteBuffer.allocate(16).putLong(tree.traceIdHigh()).putLong(tree.traceIdLow()).array();
    out.bytes(1, trace, 0, trace.length);
    id(out, 2, tree.id(span));
    if (tree.parentId(span) != 0) {
      id(out, 4, tree.parentId(span));
    }
    out.text(5, attributes.write(out, tree, span));
    out.uint(6, tree.form(span).kind());
    out.fixed64(7, tree.startNanos(span));
    out.fixed64(8, tree.endNanos(span));
    if (tree.failed(span)) {
      failure(out, span);
    }
    return out.toByteArray();
  }

  /** The event of an exception, and the status. */
  private void failure(ProtoWriter out, int span) {
    int kind = tree.random().nextInt(4);
    int event = out.begin(11);
    out.fixed64(1, tree.endNanos(span));
    out.text(2, "exception");
    SpanAttributes.text(out, 3, "exception.type", "com.example.Failure" + kind);
    SpanAttributes.text(out, 3, "exception.message", "step %d has failed".formatted(kind));
    StringBuilder stack = new StringBuilder("com.example.Failure" + kind);
    for (int i = 0; i < 12; i++) {
      stack.append("\n\tat com.example.Layer%d.call(Layer%d.java:%d)".formatted(i, i, 40 + kind));
    }
    SpanAttributes.text(out, 3, "exception.stacktrace", stack.toString());
    out.end(event);
    int status = out.begin(15);
    out.text(2, "failed");
    out.uint(3, 2);
    out.end(status);
  }

  private static void id(ProtoWriter out, int field, long id) {
    byte[] bytes = ByteBuffer.allocate(8).putLong(id).array();
    out.bytes(field, bytes, 0, bytes.length);
  }

  private static byte[] gzipped(ProtoWriter out) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(out.size() / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(out.array(), 0, out.size());
    } catch (IOException e) {
      throw new UncheckedIOException("a request cannot be compressed in memory", e);
    }
    return bytes.toByteArray();
  }
}
