package io.ghostworks.wire.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.Shared;
import io.ghostworks.wire.WireFormatException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpDecoderTest {
  private static final OtlpDecoder DECODER = new OtlpDecoder(OtlpLimits.DEFAULT);
  private static final ByteString TRACE_ID =
      ByteString.copyFrom(HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f10"));
  private static final ByteString SPAN_ID =
      ByteString.copyFrom(HexFormat.of().parseHex("a1a2a3a4a5a6a7a8"));

  private static byte[] shared(String name) throws Exception {
    return Files.readAllBytes(Shared.path("conformance/otlp/" + name));
  }

  private static byte[] request(Span... spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans))))
        .build()
        .toByteArray();
  }

  private static Span.Builder span() {
    return Span.newBuilder().setTraceId(TRACE_ID).setSpanId(SPAN_ID).setName("n");
  }

  private static Decoded<SpanBatch> traces(byte[] body) {
    return DECODER.traces(OtlpEncoding.PROTOBUF, body, 0, body.length);
  }

  private static Decoded<LogBatch> logsJson(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return DECODER.logs(OtlpEncoding.JSON, body, 0, body.length);
  }

  /** As the Collector's own receiver, though the specification forbids senders to write names. */
  @Test
  void readsEnumsAsNumbersAndAsNames() {
    for (String kind : new String[] {"2", "\"SPAN_KIND_SERVER\""}) {
      String json =
          "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"5b8efff798038103d269b633813fc60c\","
              + "\"spanId\":\"eee19b7ec3c1b174\",\"kind\":%s,\"notYetKnown\":{\"a\":[{}]}}]}]}]}"
                  .formatted(kind);
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      assertThat(
              new OtlpDecoder(OtlpLimits.DEFAULT)
                  .traces(OtlpEncoding.JSON, bytes, 0, bytes.length)
                  .batch()
                  .kind(0))
          .isEqualTo(2);
    }
    byte[] unknown =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"kind\":\"SERVER\"}]}]}]}"
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() ->
            new OtlpDecoder(OtlpLimits.DEFAULT)
                .traces(OtlpEncoding.JSON, unknown, 0, unknown.length))
        .isInstanceOf(WireFormatException.class);
  }

  @Test
  void readsThePublishedTraceExample() throws Exception {
    byte[] body = shared("trace.json");
    SpanBatch batch = DECODER.traces(OtlpEncoding.JSON, body, 0, body.length).batch();
    assertThat(batch.rows()).isPositive();
    assertThat(batch.traceIdHigh(0)).isEqualTo(0x5B8EFFF798038103L);
    assertThat(batch.traceIdLow(0)).isEqualTo(0xD269B633813FC60CL);
    assertThat(batch.spanId(0)).isEqualTo(0xEEE19B7EC3C1B174L);
    assertThat(batch.arena().text(batch.name(0))).isEqualTo("I'm a server span");
    assertThat(batch.kind(0)).isEqualTo(2);
    assertThat(batch.resources().attributes().findString(0, "service.name"))
        .isEqualTo("my.service");
  }

  @Test
  void readsThePublishedLogExamples() throws Exception {
    for (String name : List.of("logs.json", "events.json")) {
      byte[] body = shared(name);
      LogBatch batch = DECODER.logs(OtlpEncoding.JSON, body, 0, body.length).batch();
      assertThat(batch.rows()).isPositive();
      assertThat(batch.timeNanos(0)).isPositive();
      assertThat(batch.attributes().rows()).isEqualTo(batch.rows());
    }
  }

  @Test
  void readsThePublishedMetricExample() throws Exception {
    byte[] body = shared("metrics.json");
    MetricBatch batch = DECODER.metrics(OtlpEncoding.JSON, body, 0, body.length).batch();
    assertThat(batch.points()).isEqualTo(4);
    assertThat(batch.arena().text(batch.metrics().name(0))).isEqualTo("my.counter");
    assertThat(batch.metrics().isMonotonic(0)).isTrue();
  }

  @Test
  void takesAnEmptyRequest() {
    assertThat(traces(new byte[0]).batch().rows()).isZero();
    assertThat(logsJson("{}").batch().rows()).isZero();
  }

  @Test
  void refusesSpansOneByOneWithTheReason() {
    Decoded<SpanBatch> decoded =
        traces(
            request(
                span().build(),
                span().clearTraceId().build(),
                span()
                    .setTraceId(ByteString.copyFrom(new byte[16]))
                    .addEvents(Span.Event.getDefaultInstance())
                    .build(),
                span().setSpanId(ByteString.copyFrom(new byte[3])).build(),
                span().setParentSpanId(ByteString.copyFrom(new byte[7])).build(),
                span().setKindValue(9).build(),
                span().setName("last").build()));
    assertThat(decoded.batch().rows()).isEqualTo(2);
    assertThat(decoded.batch().events().size()).isZero();
    assertThat(decoded.batch().arena().text(decoded.batch().name(1))).isEqualTo("last");
    assertThat(decoded.rejections())
        .containsExactly(
            new Rejection(Rejection.Reason.INVALID_ROW, 5, "trace_id must have 16 bytes, got 0"));
  }

  @Test
  void takesTheParentOfZeroesForARoot() {
    SpanBatch batch =
        traces(request(span().setParentSpanId(ByteString.copyFrom(new byte[8])).build())).batch();
    assertThat(batch.parentSpanId(0)).isZero();
  }

  @Test
  void refusesRowsBeyondTheLimit() {
    byte[] body = request(span().build(), span().build(), span().build());
    Decoded<SpanBatch> decoded =
        new OtlpDecoder(new OtlpLimits(2, 100)).traces(OtlpEncoding.PROTOBUF, body, 0, body.length);
    assertThat(decoded.batch().rows()).isEqualTo(2);
    assertThat(decoded.rejections())
        .containsExactly(
            new Rejection(
                Rejection.Reason.LIMIT_EXCEEDED, 1, "a request may have at most 2 spans"));
  }

  @Test
  void refusesRequestsThatUnfoldIntoTooManyEntries() {
    Span.Builder many = span();
    for (int i = 0; i < 200; i++) {
      many.addEvents(Span.Event.getDefaultInstance());
    }
    byte[] body = request(many.build());
    OtlpDecoder small = new OtlpDecoder(new OtlpLimits(10, 100));
    assertThatThrownBy(() -> small.traces(OtlpEncoding.PROTOBUF, body, 0, body.length))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("at most 100");
  }

  @Test
  void refusesDeepNesting() {
    AnyValue value = AnyValue.newBuilder().setStringValue("x").build();
    for (int i = 0; i < 60; i++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    byte[] body = request(span().addAttributes(KeyValue.newBuilder().setValue(value)).build());
    assertThatThrownBy(() -> traces(body))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("nested more than 100 deep");
    String json =
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":"
            + "{\"arrayValue\":{\"values\":[".repeat(150)
            + "]}}".repeat(150)
            + "}]}]}]}";
    assertThatThrownBy(() -> logsJson(json)).isInstanceOf(WireFormatException.class);
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    byte[] body = request(span().setName("ab").build());
    body[new String(body, StandardCharsets.ISO_8859_1).indexOf("ab")] = (byte) 0xc0;
    assertThatThrownBy(() -> traces(body))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("not valid UTF-8");
  }

  @Test
  void readsDescriptionsThatFollowTheirItems() {
    byte[] span = request(span().build());
    // The scope's item first, then its name, then the resource: field order is free in protobuf.
    byte[] item = new io.ghostworks.wire.proto.ProtoReader(span, 0, span.length).bytes();
    SpanBatch expected = traces(item).batch();
    io.ghostworks.wire.proto.ProtoWriter out = new io.ghostworks.wire.proto.ProtoWriter(64);
    int resourceSpans = out.begin(1);
    int scopeSpans = out.begin(2);
    byte[] one = span().build().toByteArray();
    out.bytes(2, one, 0, one.length);
    int scope = out.begin(1);
    out.text(1, "late");
    out.end(scope);
    out.end(scopeSpans);
    out.text(3, "url");
    out.end(resourceSpans);
    SpanBatch batch = traces(out.toByteArray()).batch();
    assertThat(batch.rows()).isEqualTo(expected.rows());
    assertThat(batch.arena().text(batch.scopes().name(0))).isEqualTo("late");
    assertThat(batch.arena().text(batch.resources().schemaUrl(0))).isEqualTo("url");
  }

  @Test
  void readsTheVariantsOfJsonThatSendersUse() {
    LogBatch batch =
        logsJson(
                """
                {"resource_logs":[{"resource":null,"unknown":{"a":[1,2]},"scopeLogs":[{"logRecords":[
                  {"timeUnixNano":1544712660300000000,"severityNumber":"SEVERITY_NUMBER_WARN2","body":{"intValue":"-7"}},
                  {"time_unix_nano":"18446744073709551615","severityNumber":9,"body":{"bytesValue":"AQID"},
                   "traceId":"5B8EFFF798038103D269B633813FC60C","flags":1e0,
                   "attributes":[{"key":"a","value":{"doubleValue":"NaN"}},{"key":"b","value":{"doubleValue":2}}]}
                ]}]}]}
                """)
            .batch();
    assertThat(batch.rows()).isEqualTo(2);
    assertThat(batch.severityNumber(0)).isEqualTo(14);
    assertThat(batch.body().payload(0)).isEqualTo(-7);
    assertThat(batch.timeNanos(1)).isEqualTo(-1);
    assertThat(batch.flags(1)).isEqualTo(1);
    assertThat(batch.traceIdHigh(1)).isEqualTo(0x5B8EFFF798038103L);
    assertThat(batch.attributes().values().doubleValue(0)).isNaN();
    assertThat(batch.attributes().values().doubleValue(1)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{\"resourceLogs\":{}}",
        "{\"resourceLogs\":[null]}",
        "{\"resourceLogs\":[]} {}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"traceId\":\"xyz\"}]}]}]}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":-1}]}]}]}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":1.5}]}]}]}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":1e999999999}]}]}]}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"flags\":4294967296}]}]}]}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"severityText\":5}]}]}]}",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"boolValue\":\"true\"}}]}]}]}",
      })
  void refusesJsonThatIsNoRequest(String json) {
    assertThatThrownBy(() -> logsJson(json)).isInstanceOf(WireFormatException.class);
  }

  @Test
  void refusesLogRecordsWithAnUnknownSeverity() {
    Decoded<LogBatch> decoded =
        logsJson(
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"severityNumber\":25,"
                + "\"body\":{\"stringValue\":\"a\"}},{\"body\":{\"stringValue\":\"b\"}}]}]}]}");
    assertThat(decoded.batch().rows()).isEqualTo(1);
    assertThat(decoded.batch().body().string(0)).isEqualTo("b");
    assertThat(decoded.rejectedRows()).isEqualTo(1);
  }
}
