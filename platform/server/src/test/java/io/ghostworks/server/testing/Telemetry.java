package io.ghostworks.server.testing;

import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.proto.ProtoWriter;
import java.nio.charset.StandardCharsets;

/**
 * Small requests of every ingest route. A marker stands in all names and values that come back.
 *
 * @param nowMs the time of every row
 */
public record Telemetry(String marker, long nowMs) {

  public static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

  private String resource() {
    return "\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"%s-service\"}}]}"
        .formatted(marker);
  }

  public byte[] traces() {
    return """
    {"resourceSpans":[{%s,"scopeSpans":[{"spans":[{"traceId":"%s","spanId":"b7ad6b7169203331",
    "name":"%s-span","kind":2,"startTimeUnixNano":"%d","endTimeUnixNano":"%d",
    "attributes":[{"key":"colour","value":{"stringValue":"%s-colour"}},
    {"key":"%s-key","value":{"stringValue":"x"}}]}]}]}]}
    """
        .formatted(
            resource(),
            TRACE_ID,
            marker,
            nowMs * 1_000_000L,
            nowMs * 1_000_000L + 5_000_000L,
            marker,
            marker)
        .getBytes(StandardCharsets.UTF_8);
  }

  public byte[] metrics() {
    return """
    {"resourceMetrics":[{%s,"scopeMetrics":[{"metrics":[{"name":"%s_requests","description":"of %s",
    "sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{"timeUnixNano":"%d","asDouble":1.5,
    "attributes":[{"key":"colour","value":{"stringValue":"%s-colour"}}],
    "exemplars":[{"timeUnixNano":"%d","asDouble":1.5,"traceId":"%s","spanId":"b7ad6b7169203331"}]}]}}]}]}]}
    """
        .formatted(
            resource(), marker, marker, nowMs * 1_000_000L, marker, nowMs * 1_000_000L, TRACE_ID)
        .getBytes(StandardCharsets.UTF_8);
  }

  public byte[] logs() {
    return """
    {"resourceLogs":[{%s,"scopeLogs":[{"logRecords":[{"timeUnixNano":"%d","severityNumber":9,
    "body":{"stringValue":"a line of %s"}}]}]}]}
    """
        .formatted(resource(), nowMs * 1_000_000L, marker)
        .getBytes(StandardCharsets.UTF_8);
  }

  public byte[] lokiPush() {
    return """
    {"streams":[{"stream":{"service_name":"%s-pushed","colour":"%s-colour"},"values":[["%d","a pushed line of %s"]]}]}
    """
        .formatted(marker, marker, nowMs * 1_000_000L, marker)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The same in the form of {@code /api/prom/push}. */
  public byte[] firstLokiPush() {
    return """
    {"streams":[{"labels":"{service_name=\\"%s-pushed\\"}","entries":[{"ts":"%s","line":"a pushed line of %s"}]}]}
    """
        .formatted(marker, java.time.Instant.ofEpochMilli(nowMs), marker)
        .getBytes(StandardCharsets.UTF_8);
  }

  public byte[] elasticBulk() {
    return """
    {"create":{"_index":"filebeat-8"}}
    {"@timestamp":"%s","message":"a document of %s","service.name":"%s"}
    """
        .formatted(java.time.Instant.ofEpochMilli(nowMs), marker, marker)
        .getBytes(StandardCharsets.UTF_8);
  }

  public byte[] jsonLines() {
    return """
    {"_time":%d,"_msg":"a line of %s","service":{"name":"%s"}}
    """
        .formatted(nowMs, marker, marker)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A list of spans of Zipkin's version 1 or 2. */
  public byte[] zipkin(int version) {
    String of =
        version == 1
            ? "\"annotations\":[{\"timestamp\":%d,\"value\":\"sr\",\"endpoint\":{\"serviceName\":\"%s-service\"}}],\"binaryAnnotations\":[]"
            : "\"timestamp\":%d,\"localEndpoint\":{\"serviceName\":\"%s-service\"}";
    return ("[{\"traceId\":\"%s\",\"id\":\"%d\",\"name\":\"%s-span\"," + of + "}]")
        .formatted(TRACE_ID, version, marker, nowMs * 1_000, marker)
        .getBytes(StandardCharsets.UTF_8);
  }

  public byte[] alerts() {
    return "[{\"labels\":{\"alertname\":\"%s\"}}]"
        .formatted(marker)
        .getBytes(StandardCharsets.UTF_8);
  }

  public byte[] remoteWrite() {
    return ContentCoding.SNAPPY.encode(writeRequest(nowMs));
  }

  /** A write request with one sample, not compressed. */
  public byte[] writeRequest(long timestampMs) {
    ProtoWriter out = new ProtoWriter(256);
    int series = out.begin(1);
    label(out, "__name__", marker + "_written");
    label(out, "colour", marker + "-colour");
    int sample = out.begin(2);
    out.fixed64(1, Double.doubleToLongBits(2.5));
    out.uint(2, timestampMs);
    out.end(sample);
    out.end(series);
    return out.toByteArray();
  }

  private static void label(ProtoWriter out, String name, String value) {
    int label = out.begin(1);
    out.text(1, name);
    out.text(2, value);
    out.end(label);
  }
}
