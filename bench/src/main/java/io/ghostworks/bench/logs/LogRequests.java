package io.ghostworks.bench.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ghostworks.bench.peer.RequestSender;
import io.ghostworks.bench.peer.Requests;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.xerial.snappy.Snappy;

/**
 * Requests of 500 lines over a few streams each, the same bytes for the same seed and number. Times
 * go on from request to request; a share of the lines is up to an hour late. On one thread.
 */
final class LogRequests implements Requests {
  static final int LINES = 500;

  private static final int STREAMS_OF_REQUEST = 5;
  private static final int STREAMS_OF_REQUEST_MAX = 50;
  private static final long LATE_NANOS_MAX = 3_600_000_000_000L;
  private static final Map<String, Integer> SEVERITY =
      Map.of("debug", 5, "info", 9, "warn", 13, "error", 17);

  private final LogLines lines;
  private final Shape shape;
  private final Protocol protocol;
  private long rawBytes;
  private long rows;

  LogRequests(Protocol protocol, Shape shape) {
    this.protocol = protocol;
    this.shape = shape;
    this.lines = new LogLines(shape.seed, Math.max(10L * LINES, shape.lines() / 10));
  }

  /** A sender of these to a server. */
  static RequestSender sender(LogServerKind kind, Protocol protocol, Shape shape) {
    return new RequestSender(
        kind.writeUri(protocol),
        List.of("content-type", "application/x-protobuf"),
        () -> new LogRequests(protocol, shape));
  }

  /**
   * What is sent.
   *
   * @param streams among which the lines are shared out
   * @param startNanos the time of the first line
   * @param spanNanos from the first to the last line
   * @param requests in all
   * @param latePercent of the lines that come up to an hour late
   */
  record Shape(
      long seed, int streams, long startNanos, long spanNanos, int requests, int latePercent) {
    long lines() {
      return (long) requests * LINES;
    }
  }

  /** How the lines are written down. */
  enum Protocol {
    /** {@code ExportLogsServiceRequest}, not compressed. */
    OTLP,
    /** {@code logproto.PushRequest}; snappy is part of the protocol. */
    LOKI
  }

  /** The bytes of the lines of all requests made so far. */
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
    rows += LINES;
    return switch (protocol) {
      case OTLP -> otlp(number);
      case LOKI -> loki(number);
    };
  }

  private int streamsOfRequest() {
    return shape.streams > 1_000 ? STREAMS_OF_REQUEST_MAX : STREAMS_OF_REQUEST;
  }

  /** The stream of a place in a request: all take their turn. */
  private int stream(int request, int place) {
    return (int) (((long) request * streamsOfRequest() + place) % shape.streams);
  }

  private long timeNanos(long line) {
    long time = shape.startNanos + (long) (shape.spanNanos * (line / (double) shape.lines()));
    SplittableRandom random = new SplittableRandom(shape.seed ^ line * 0x9E3779B97F4A7C15L);
    return random.nextInt(100) < shape.latePercent ? time - random.nextLong(LATE_NANOS_MAX) : time;
  }

  private byte[] loki(int request) {
    ProtoWriter out = new ProtoWriter(LINES * 400);
    int each = LINES / streamsOfRequest();
    for (int place = 0; place < streamsOfRequest(); place++) {
      int number = stream(request, place);
      int stream = out.begin(1);
      out.text(1, selector(number));
      for (int i = 0; i < each; i++) {
        long line = (long) request * LINES + place * (long) each + i;
        long time = timeNanos(line);
        int entry = out.begin(2);
        int at = out.begin(1);
        out.uint(1, time / 1_000_000_000);
        out.uint(2, time % 1_000_000_000);
        out.end(at);
        text(out, 2, lines.line(number, line, time));
        int level = out.begin(3);
        out.text(1, "level");
        out.text(2, lines.level());
        out.end(level);
        out.end(entry);
      }
      out.end(stream);
    }
    try {
      return Snappy.compress(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("a request cannot be compressed in memory", e);
    }
  }

  private byte[] otlp(int request) {
    ProtoWriter out = new ProtoWriter(LINES * 400);
    int each = LINES / streamsOfRequest();
    for (int place = 0; place < streamsOfRequest(); place++) {
      int number = stream(request, place);
      int resourceLogs = out.begin(1);
      int resource = out.begin(1);
      labels(number).forEach((name, value) -> attribute(out, 1, name.replace('_', '.'), value));
      out.end(resource);
      int scope = out.begin(2);
      for (int i = 0; i < each; i++) {
        long line = (long) request * LINES + place * (long) each + i;
        long time = timeNanos(line);
        String text = lines.line(number, line, time);
        int record = out.begin(2);
        out.fixed64(1, time);
        out.uint(2, SEVERITY.getOrDefault(lines.level(), 0));
        out.text(3, lines.level());
        int body = out.begin(5);
        text(out, 1, text);
        out.end(body);
        ids(out, text);
        out.end(record);
      }
      out.end(scope);
      out.end(resourceLogs);
    }
    return out.toByteArray();
  }

  /** Trace and span as an SDK writes them beside a line that has them, too. */
  private static void ids(ProtoWriter out, String text) {
    int at = text.indexOf("\"trace_id\":\"");
    if (at >= 0) {
      byte[] trace = HexFormat.of().parseHex(text, at + 12, at + 44);
      out.bytes(9, trace, 0, trace.length);
    }
  }

  private void text(ProtoWriter out, int field, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    rawBytes += bytes.length;
    out.bytesAlways(field, bytes, 0, bytes.length);
  }

  private static void attribute(ProtoWriter out, int field, String key, String value) {
    int attribute = out.begin(field);
    out.text(1, key);
    int any = out.begin(2);
    out.text(1, value);
    out.end(any);
    out.end(attribute);
  }

  private static Map<String, String> labels(int stream) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("service_name", "service-" + stream % 40);
    labels.put("service_namespace", "bench");
    labels.put("service_instance_id", "instance-" + stream);
    labels.put("k8s_pod_name", "pod-" + stream);
    return labels;
  }

  private static String selector(int stream) {
    StringBuilder text = new StringBuilder("{");
    labels(stream)
        .forEach((name, value) ->
            text.append(text.length() == 1 ? "" : ", ")
                .append(name)
                .append("=\"")
                .append(value)
                .append('"'));
    return text.append('}').toString();
  }
}
