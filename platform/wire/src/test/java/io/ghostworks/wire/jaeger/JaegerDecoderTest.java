package io.ghostworks.wire.jaeger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.jaeger.RandomJaegerSpans.Batch;
import io.ghostworks.wire.jaeger.RandomJaegerSpans.Log;
import io.ghostworks.wire.jaeger.RandomJaegerSpans.Reference;
import io.ghostworks.wire.jaeger.RandomJaegerSpans.Span;
import io.ghostworks.wire.jaeger.RandomJaegerSpans.Tag;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.thrift.ThriftWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JaegerDecoderTest {

  private static final JaegerDecoder DECODER = new JaegerDecoder(OtlpLimits.DEFAULT);

  private static Decoded<SpanBatch> protobuf(byte[] bytes) {
    return DECODER.postSpans(bytes, 0, bytes.length);
  }

  private static Decoded<SpanBatch> binary(byte[] bytes) {
    return DECODER.thriftBatch(bytes, 0, bytes.length);
  }

  private static Decoded<SpanBatch> binaryMessage(byte[] bytes) {
    return DECODER.binaryMessage(bytes, 0, bytes.length);
  }

  private static Decoded<SpanBatch> compactMessage(byte[] bytes) {
    return DECODER.compactMessage(bytes, 0, bytes.length);
  }

  private static String shown(Decoded<SpanBatch> decoded) {
    return new String(
        OtlpEncoder.traces(OtlpEncoding.JSON, decoded.batch()), StandardCharsets.UTF_8);
  }

  @Test
  void allEncodingsOfASpanGiveTheSameRows() {
    long first = System.nanoTime();
    for (long seed = first; seed < first + 300; seed++) {
      Batch batch = new RandomJaegerSpans(seed).batch();
      Decoded<SpanBatch> decoded = protobuf(RandomJaegerSpans.protobuf(batch));
      assertThat(decoded.batch().rows()).as("seed %d", seed).isEqualTo(batch.spans().size());
      String expected = shown(decoded);
      assertThat(shown(binary(RandomJaegerSpans.thrift(batch, false, false))))
          .as("seed %d", seed)
          .isEqualTo(expected);
      assertThat(shown(binaryMessage(RandomJaegerSpans.thrift(batch, false, true))))
          .as("seed %d", seed)
          .isEqualTo(expected);
      assertThat(shown(compactMessage(RandomJaegerSpans.thrift(batch, true, true))))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  @Test
  void bytesThatAreCutOrChangedAreReadOrRefusedAndNothingElse() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Batch batch = new RandomJaegerSpans(seed).batch();
    hostile(random, RandomJaegerSpans.protobuf(batch), JaegerDecoderTest::protobuf);
    hostile(random, RandomJaegerSpans.thrift(batch, false, false), JaegerDecoderTest::binary);
    hostile(random, RandomJaegerSpans.thrift(batch, true, true), JaegerDecoderTest::compactMessage);
    hostile(random, RandomJaegerSpans.thrift(batch, false, true), JaegerDecoderTest::binaryMessage);
  }

  private static void hostile(
      Random random, byte[] whole, Function<byte[], Decoded<SpanBatch>> decoder) {
    for (int length = 0; length < whole.length; length++) {
      read(java.util.Arrays.copyOf(whole, length), decoder);
    }
    for (int i = 0; i < 3_000; i++) {
      byte[] changed = whole.clone();
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      read(changed, decoder);
    }
  }

  private static void read(byte[] bytes, Function<byte[], Decoded<SpanBatch>> decoder) {
    try {
      Decoded<SpanBatch> decoded = decoder.apply(bytes);
      assertThat(decoded.batch().attributes().rows()).isEqualTo(decoded.batch().rows());
    } catch (WireFormatException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static Tag text(String key, String value) {
    return new Tag(key, 0, value, false, 0, 0, new byte[0]);
  }

  private static Tag bool(String key, boolean value) {
    return new Tag(key, 1, "", value, 0, 0, new byte[0]);
  }

  private static Tag whole(String key, long value) {
    return new Tag(key, 2, "", false, value, 0, new byte[0]);
  }

  private static SpanBatch one(List<Tag> tags, List<Reference> references, List<Log> logs) {
    Span span = new Span(1, 2, 3, "op", 1, 5_000_000, 1_500, references, tags, logs);
    return protobuf(
            RandomJaegerSpans.protobuf(
                new Batch(
                    "shop",
                    List.of(text("hostname", "node-1"), text("jaeger.version", "Go-2.30")),
                    List.of(span))))
        .batch();
  }

  private static String attributes(SpanBatch batch) {
    StringBuilder text = new StringBuilder();
    for (int i = batch.attributes().start(0); i < batch.attributes().end(0); i++) {
      text.append(batch.attributes().key(i)).append(' ');
    }
    return text.toString().strip();
  }

  @Test
  void theProcessBecomesTheResource() {
    SpanBatch batch = one(List.of(), List.of(), List.of());
    assertThat(batch.resources().attributes().findString(0, "service.name")).isEqualTo("shop");
    assertThat(batch.resources().attributes().findString(0, "host.name")).isEqualTo("node-1");
    assertThat(batch.resources().attributes().findString(0, "hostname")).isNull();
    assertThat(batch.resources().attributes().findString(0, "opencensus.exporterversion"))
        .isEqualTo("Jaeger-Go-2.30");
    assertThat(batch.startNanos(0)).isEqualTo(5_000_000_000L);
    assertThat(batch.endNanos(0)).isEqualTo(5_001_500_000L);
    assertThat(batch.flags(0)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // error | status code | HTTP | kind | code | message | attributes left
        "-|-|-|-|0||otel.status_description http.status_message",
        "true|-|-|-|2|said|http.status_message",
        "false|-|-|-|0||error otel.status_description http.status_message",
        "-|ok|-|-|1|said|http.status_message",
        "-|ERROR|-|-|2|said|http.status_message",
        "true|OK|-|-|2|said|http.status_message",
        "-|-|500|-|2|of HTTP|otel.status_description http.status_code http.status_message",
        "-|-|404|server|0||otel.status_description http.status_code http.status_message",
        "-|-|404|client|2|of HTTP|otel.status_description http.status_code http.status_message",
        "-|-|200|-|0||otel.status_description http.status_code http.status_message"
      })
  void tagsDecideTheStatus(
      String error,
      String statusCode,
      String http,
      String kind,
      int code,
      String message,
      String left) {
    List<Tag> tags = new java.util.ArrayList<>();
    if (error != null) {
      tags.add(bool("error", Boolean.parseBoolean(error)));
    }
    if (statusCode != null) {
      tags.add(text("otel.status_code", statusCode));
    }
    tags.add(text("otel.status_description", "said"));
    if (http != null) {
      tags.add(whole("http.status_code", Long.parseLong(http)));
    }
    tags.add(text("http.status_message", "of HTTP"));
    if (kind != null) {
      tags.add(text("span.kind", kind));
    }
    SpanBatch batch = one(tags, List.of(), List.of());
    assertThat(batch.statusCode(0)).isEqualTo(code);
    assertThat(batch.arena().text(batch.statusMessage(0)))
        .isEqualTo(message == null ? "" : message);
    assertThat(attributes(batch)).isEqualTo(left);
  }

  @Test
  void referencesBecomeParentAndLinks() {
    SpanBatch batch =
        one(
            List.of(),
            List.of(
                new Reference(1, 1, 2, 7), // follows from a span of its own trace
                new Reference(0, 9, 9, 8), // child of another trace's
                new Reference(0, 1, 2, 6)),
            List.of());
    assertThat(batch.parentSpanId(0)).isEqualTo(6);
    assertThat(batch.links().size()).isEqualTo(2);
    assertThat(batch.links().spanId(0)).isEqualTo(7);
    assertThat(batch.links().attributes().findString(0, "opentracing.ref_type"))
        .isEqualTo("follows_from");
    assertThat(batch.links().attributes().findString(1, "opentracing.ref_type"))
        .isEqualTo("child_of");
    assertThat(batch.links().traceIdHigh(1)).isEqualTo(9);
  }

  @Test
  void logsScopeAndTraceStateBecomeWhatTheyAre() {
    SpanBatch batch =
        one(
            List.of(
                text("otel.library.name", "lib"),
                text("otel.library.version", "1.2"),
                text("w3c.tracestate", "a=b"),
                text("k", "first"),
                text("k", "last")),
            List.of(),
            List.of(new Log(6_000_000, List.of(text("event", "retry"), whole("attempt", 2)))));
    assertThat(batch.arena().text(batch.scopes().name(batch.scope(0)))).isEqualTo("lib");
    assertThat(batch.arena().text(batch.scopes().version(batch.scope(0)))).isEqualTo("1.2");
    assertThat(batch.arena().text(batch.traceState(0))).isEqualTo("a=b");
    assertThat(attributes(batch)).isEqualTo("k");
    assertThat(batch.attributes().findString(0, "k")).isEqualTo("last");
    assertThat(batch.arena().text(batch.events().name(0))).isEqualTo("retry");
    assertThat(batch.events().timeNanos(0)).isEqualTo(6_000_000_000L);
    assertThat(batch.events().attributes().key(0)).isEqualTo("attempt");
  }

  @Test
  void spansWithoutIdsAreRefusedOneByOne() {
    Span good = new Span(0, 2, 3, "op", 0, 5, 1, List.of(), List.of(), List.of());
    Span none = new Span(0, 0, 3, "op", 0, 5, 1, List.of(), List.of(text("a", "b")), List.of());
    Decoded<SpanBatch> decoded =
        protobuf(RandomJaegerSpans.protobuf(new Batch("s", List.of(), List.of(none, good))));
    assertThat(decoded.batch().rows()).isEqualTo(1);
    assertThat(attributes(decoded.batch())).isEmpty();
    assertThat(decoded.rejections().getFirst().reason()).isEqualTo(Reason.INVALID_ROW);
    assertThat(decoded.rejections().getFirst().rows()).isEqualTo(1);
  }

  @Test
  void otherMethodsOfTheAgentAreRefused() {
    byte[] zipkin = new ThriftWriter(true).message("emitZipkinBatch").begin().end().bytes();
    assertThatThrownBy(() -> compactMessage(zipkin))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("emitZipkinBatch");
  }
}
