package io.ghostworks.wire.zipkin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.proto.ProtoWriter;
import io.ghostworks.wire.thrift.ThriftReader;
import io.ghostworks.wire.thrift.ThriftWriter;
import io.ghostworks.wire.zipkin.ZipkinSpan.Endpoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipkinDecoderTest {

  private static final long NOW = 1_700_000_000_000_000_000L;
  private static final ZipkinDecoder DECODER = new ZipkinDecoder(OtlpLimits.DEFAULT, false);

  private static Decoded<SpanBatch> json(ZipkinVersion version, byte[] body) {
    return DECODER.json(version, body, 0, body.length, NOW);
  }

  private static Decoded<SpanBatch> json(ZipkinVersion version, String body) {
    return json(version, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Decoded<SpanBatch> v2(String body) {
    return json(ZipkinVersion.V2, body);
  }

  private static Decoded<SpanBatch> protobuf(byte[] body) {
    return DECODER.protobuf(body, 0, body.length, NOW);
  }

  private static Decoded<SpanBatch> thrift(byte[] body) {
    return DECODER.thrift(body, 0, body.length, NOW);
  }

  private static String otlp(Decoded<SpanBatch> decoded) {
    return new String(
        OtlpEncoder.traces(OtlpEncoding.JSON, decoded.batch()), StandardCharsets.UTF_8);
  }

  private static Map<String, String> attributes(SpanBatch batch, int row) {
    Map<String, String> texts = new TreeMap<>();
    for (int i = batch.attributes().start(row); i < batch.attributes().end(row); i++) {
      texts.put(
          batch.attributes().key(i), String.valueOf(ValueText.of(batch.attributes().values(), i)));
    }
    return texts;
  }

  private static String resource(SpanBatch batch, int row, String key) {
    return String.valueOf(batch.resources().attributes().findString(batch.resource(row), key));
  }

  @Test
  void readsASpanOfVersion2() {
    SpanBatch batch =
        v2("""
        [{"traceId":"5af7183fb1d4cf5f","parentId":"6b221d5bc9e6496c","id":"352bff9a74ca9ad2","kind":"CLIENT",
        "name":"get /api","timestamp":1556604172355737,"duration":1431,
        "localEndpoint":{"serviceName":"backend","ipv4":"192.168.99.1","port":3306},
        "remoteEndpoint":{"serviceName":"mysql","ipv6":"2001:db8::c001","port":9000},
        "annotations":[{"timestamp":1556604172355800,"value":"retry"},
          {"timestamp":1556604172355801,"value":"cache.miss|{\\"key\\":\\"a|b\\",\\"size\\":7,\\"hot\\":true,\\"share\\":0.5}|2"},
          {"timestamp":1556604172355802,"value":"a|b"}],
        "tags":{"http.path":"/api","otel.status_code":"ERROR","otel.status_description":"said",
          "w3c.tracestate":"x=y","otel.library.name":"lib","host.name":"node-1",
          "otlp.link.0":"0000000000000000000000000000000a|000000000000000b|s=t|{\\"why\\":\\"batch\\"}|1"},
        "debug":true,"shared":false,"unknown":{"a":[1,2]}}]
        """)
            .batch();
    assertThat(batch.rows()).isEqualTo(1);
    assertThat(batch.traceIdHigh(0)).isZero();
    assertThat(batch.traceIdLow(0)).isEqualTo(0x5af7183fb1d4cf5fL);
    assertThat(batch.parentSpanId(0)).isEqualTo(0x6b221d5bc9e6496cL);
    assertThat(batch.kind(0)).isEqualTo(3);
    assertThat(batch.startNanos(0)).isEqualTo(1556604172355737000L);
    assertThat(batch.endNanos(0)).isEqualTo(1556604172357168000L);
    assertThat(batch.statusCode(0)).isEqualTo(2);
    assertThat(batch.arena().text(batch.statusMessage(0))).isEqualTo("said");
    assertThat(batch.arena().text(batch.traceState(0))).isEqualTo("x=y");
    assertThat(batch.arena().text(batch.scopes().name(batch.scope(0)))).isEqualTo("lib");
    assertThat(resource(batch, 0, "service.name")).isEqualTo("backend");
    assertThat(resource(batch, 0, "host.name")).isEqualTo("node-1");
    assertThat(attributes(batch, 0))
        .isEqualTo(
            Map.of(
                "http.path", "/api",
                "net.host.ip", "192.168.99.1",
                "net.host.port", "3306",
                "zipkin.debug", "true",
                "peer.service", "mysql",
                "net.peer.ip", "2001:db8::c001",
                "net.peer.port", "9000"));
    assertThat(batch.arena().text(batch.events().name(0))).isEqualTo("retry");
    assertThat(batch.arena().text(batch.events().name(1))).isEqualTo("cache.miss");
    assertThat(batch.events().droppedAttributesCount(1)).isEqualTo(2);
    assertThat(batch.events().attributes().findString(1, "key")).isEqualTo("a|b");
    assertThat(batch.arena().text(batch.events().name(2))).isEqualTo("a|b");
    assertThat(batch.links().traceIdLow(0)).isEqualTo(10);
    assertThat(batch.links().droppedAttributesCount(0)).isEqualTo(1);
    assertThat(batch.links().attributes().findString(0, "why")).isEqualTo("batch");
  }

  @Test
  void givesSpansWithoutATimeTheOneOfTheirFirstAnnotationOrNow() {
    SpanBatch batch =
        v2("""
        [{"traceId":"1","id":"2","annotations":[{"timestamp":9000000,"value":"b"},{"timestamp":8000000,"value":"a"}]},
         {"traceId":"1","id":"3","duration":5}]
        """)
            .batch();
    assertThat(batch.startNanos(0)).isEqualTo(8_000_000_000L);
    assertThat(batch.startNanos(1)).isEqualTo(NOW);
    assertThat(batch.endNanos(1)).isEqualTo(NOW + 5_000);
    assertThat(attributes(batch, 1)).containsEntry("otel.zipkin.absentField.startTime", "true");
    assertThat(new String(ZipkinJson.spans(batch), StandardCharsets.UTF_8))
        .contains("{\"traceId\":\"0000000000000001\",\"id\":\"0000000000000003\",\"duration\":5}");
  }

  @Test
  void anErrorTagMakesTheSpanAnError() {
    SpanBatch batch =
        v2("""
        [{"traceId":"1","id":"2","tags":{"error":"true"}},{"traceId":"1","id":"3","tags":{"error":"boom"}},
         {"traceId":"1","id":"4","tags":{"error":"false"}},{"traceId":"1","id":"5","parentId":"5"}]
        """)
            .batch();
    assertThat(List.of(batch.statusCode(0), batch.statusCode(1), batch.statusCode(2)))
        .containsExactly(2, 2, 0);
    assertThat(attributes(batch, 0)).doesNotContainKey("error");
    assertThat(attributes(batch, 1)).containsEntry("error", "boom");
    assertThat(batch.parentSpanId(3)).isZero();
  }

  @Test
  void readsNumbersAndBooleansFromTextsWhereThatIsAskedFor() {
    byte[] body =
        "[{\"traceId\":\"1\",\"id\":\"2\",\"tags\":{\"a\":\"-12\",\"b\":\"1.50\",\"c\":\"true\",\"d\":\"1e3\",\"e\":\"\",\"f\":\"-\",\"g\":\"99999999999999999999\",\"h\":\".5\",\"i\":\"-.5\"}}]"
            .getBytes(StandardCharsets.UTF_8);
    SpanBatch batch =
        new ZipkinDecoder(OtlpLimits.DEFAULT, true)
            .json(ZipkinVersion.V2, body, 0, body.length, NOW)
            .batch();
    StringBuilder types = new StringBuilder();
    for (int i = 0; i < 9; i++) {
      types.append(batch.attributes().values().type(i));
    }
    assertThat(types.toString()).isEqualTo("342111111");
  }

  @Test
  void readsASpanOfVersion1() {
    Decoded<SpanBatch> decoded =
        json(
            ZipkinVersion.V1,
            """
            [{"traceId":"0ed2e63cbe71f5a80000000000000001","id":"fe351a053fbcac1f","parentId":"f9ebb6e64880612a","name":"checkavailability",
            "timestamp":1544805927453923,"duration":3740,"debug":false,
            "annotations":[{"timestamp":1544805927454000,"value":"cs","endpoint":{"serviceName":"front","ipv4":"172.31.0.4","port":80}},
              {"timestamp":1544805927455000,"value":"retry","endpoint":{"serviceName":"front"}}],
            "binaryAnnotations":[{"key":"sa","value":true,"endpoint":{"serviceName":"db","ipv4":"10.0.0.1","port":5432}},
              {"key":"success","value":true},{"key":"code","value":7},{"key":"lc","value":"component-a"},{"key":"http.status_code","value":"500"}]},
             {"traceId":"0ed2e63cbe71f5a8","id":"fe351a053fbcac1e","name":"local","binaryAnnotations":[{"key":"lc","value":"worker"}]}]
            """);
    SpanBatch batch = decoded.batch();
    assertThat(batch.rows()).isEqualTo(2);
    assertThat(batch.kind(0)).isEqualTo(3);
    assertThat(batch.endNanos(0) - batch.startNanos(0)).isEqualTo(3_740_000);
    assertThat(batch.statusCode(0)).isEqualTo(2);
    assertThat(resource(batch, 0, "service.name")).isEqualTo("front");
    assertThat(resource(batch, 0, "ipv4")).isEqualTo("172.31.0.4");
    assertThat(resource(batch, 0, "port")).isEqualTo("80");
    assertThat(attributes(batch, 0))
        .isEqualTo(
            Map.of(
                "peer.service", "db",
                "net.peer.ip", "10.0.0.1",
                "net.peer.port", "5432",
                "success", "true",
                "code", "7",
                "component", "component-a",
                "http.status_code", "500"));
    assertThat(batch.events().size()).isEqualTo(1);
    assertThat(batch.startNanos(1)).isEqualTo(NOW);
    assertThat(resource(batch, 1, "service.name")).isEqualTo("worker");
  }

  @Test
  void readsTheSameOfVersion1InThrift() {
    ThriftWriter out = new ThriftWriter(false).list(ThriftReader.STRUCT, 1).begin();
    out.i64(1, 1).text(3, "op").i64(4, 2).i64(5, 3).structs(6, 1);
    out.begin().i64(1, 5_000_000).text(2, "sr").field(3, ThriftReader.STRUCT).begin();
    out.i32(1, 0x0a000001).i16(2, 8080).text(3, "shop").end().end();
    out.structs(8, 3);
    out.begin().text(1, "n").binary(2, new byte[] {0, 7}).i32(3, 2).end();
    out.begin().text(1, "short").binary(2, new byte[] {7}).i32(3, 4).end();
    out.begin().text(1, "error").text(2, "x").i32(3, 6).end();
    out.i64(10, 6_000_000).i64(11, 1_000).i64(12, 9).end();
    SpanBatch batch = thrift(out.bytes()).batch();
    assertThat(batch.traceIdHigh(0)).isEqualTo(9);
    assertThat(batch.kind(0)).isEqualTo(2);
    assertThat(batch.startNanos(0)).isEqualTo(6_000_000_000L);
    assertThat(batch.endNanos(0)).isEqualTo(6_001_000_000L);
    assertThat(batch.statusCode(0)).isEqualTo(2);
    assertThat(resource(batch, 0, "ipv4")).isEqualTo("10.0.0.1");
    assertThat(attributes(batch, 0))
        .isEqualTo(Map.of("n", "7", "short", "<not enough bytes representing the number>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[{]",
        "[1]",
        "[{\"traceId\":7}]",
        "[{\"tags\":{\"a\":null}}]",
        "[{\"tags\":{\"a\":{}}}]",
        "[{\"localEndpoint\":{\"port\":70000}}]",
        "[{\"timestamp\":\"soon\"}]",
        "[{\"annotations\":{}}]",
        "[] []",
        "[{\"traceId\":\"1\",\"id\":\"2\",\"binaryAnnotations\":[]}]",
      })
  void refusesBodiesThatAreNoSpansOfVersion2(String body) {
    assertThatThrownBy(() -> v2(body)).isInstanceOf(WireFormatException.class);
  }

  @Test
  void saysWhereSpansOfTheOtherVersionAreTaken() {
    assertThatThrownBy(
            () -> json(ZipkinVersion.V1, "[{\"traceId\":\"1\",\"id\":\"2\",\"tags\":{}}]"))
        .hasMessageContaining("/api/v2/spans");
    assertThat(
            json(ZipkinVersion.EITHER, "[[{\"traceId\":\"1\",\"id\":\"2\",\"tags\":{}}]]")
                .batch()
                .rows())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"2\"}",
        "{\"traceId\":\"1\"}",
        "{\"traceId\":\"xyz\",\"id\":\"2\"}",
        "{\"traceId\":\"0\",\"id\":\"2\"}",
        "{\"traceId\":\"123456789012345678901234567890123\",\"id\":\"2\"}",
        "{\"traceId\":\"1\",\"id\":\"12345678901234567\"}",
        "{\"traceId\":\"1\",\"id\":\"2\",\"kind\":\"client\"}",
        "{\"traceId\":\"1\",\"id\":\"2\",\"parentId\":\"-\"}",
      })
  void refusesSpansOneByOne(String span) {
    Decoded<SpanBatch> decoded = v2("[" + span + ",{\"traceId\":\"1\",\"id\":\"2\"}]");
    assertThat(decoded.batch().rows()).isEqualTo(1);
    assertThat(decoded.rejectedRows()).isEqualTo(1);
  }

  @Test
  void deepJsonIsRefusedAndLongLimitsHold() {
    assertThatThrownBy(() -> v2("[{\"x\":" + "[".repeat(100_000)))
        .isInstanceOf(WireFormatException.class);
    String many = "[" + "{\"traceId\":\"1\",\"id\":\"2\"},".repeat(5) + "{}]";
    byte[] body = many.getBytes(StandardCharsets.UTF_8);
    Decoded<SpanBatch> decoded =
        new ZipkinDecoder(new OtlpLimits(3, 1_000), false)
            .json(ZipkinVersion.V2, body, 0, body.length, NOW);
    assertThat(decoded.batch().rows()).isEqualTo(3);
    assertThat(decoded.rejectedRows()).isEqualTo(3);
  }

  @Test
  void spansComeBackFromJsonAndProtobufAsTheyWereWritten() {
    long first = System.nanoTime();
    for (long seed = first; seed < first + 300; seed++) {
      List<ZipkinSpan> spans = spans(new Random(seed));
      Decoded<SpanBatch> read = json(ZipkinVersion.V2, written(spans));
      assertThat(otlp(protobuf(protobufOf(spans)))).as("seed %d", seed).isEqualTo(otlp(read));
      byte[] written = ZipkinJson.spans(read.batch());
      assertThat(otlp(json(ZipkinVersion.V2, written))).as("seed %d", seed).isEqualTo(otlp(read));
      assertThat(sorted(new StoredSpans(read.batch()).all()))
          .as("seed %d", seed)
          .isEqualTo(sorted(spans));
    }
  }

  /** Tags in one order; flags that are not stored left out. */
  private static List<ZipkinSpan> sorted(List<ZipkinSpan> spans) {
    return spans.stream()
        .map(s ->
            new ZipkinSpan(
                s.traceIdHigh(),
                s.traceIdLow(),
                s.id(),
                s.parentId(),
                s.kind(),
                s.name(),
                s.timestampMicros(),
                s.durationMicros(),
                s.local(),
                s.remote(),
                s.annotations(),
                new TreeMap<>(s.tags()),
                false,
                false))
        .toList();
  }

  private static List<ZipkinSpan> spans(Random random) {
    List<ZipkinSpan> spans = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      Map<String, String> tags = new LinkedHashMap<>();
      for (int t = random.nextInt(5); t > 0; t--) {
        tags.put("k" + random.nextInt(9), "v" + random.nextInt());
      }
      if (random.nextInt(4) == 0) {
        tags.put("error", random.nextBoolean() ? "true" : "bad");
        tags.put("otel.status_code", "ERROR");
        tags.put("k8s.pod.name", "pod-" + random.nextInt(2));
      }
      List<ZipkinSpan.Annotation> annotations = new ArrayList<>();
      for (int a = random.nextInt(3); a > 0; a--) {
        annotations.add(
            new ZipkinSpan.Annotation(
                1 + random.nextLong(1L << 50),
                random.nextBoolean()
                    ? "plain"
                    : "event|{\"a\":1,\"b\":\"ü\",\"c\":[1,{\"d\":2}]}|3"));
      }
      spans.add(
          new ZipkinSpan(
              random.nextBoolean() ? 0 : random.nextLong(),
              random.nextLong() | 1,
              random.nextLong() | 1,
              random.nextBoolean() ? 0 : random.nextLong() & ~1L,
              new String[] {"", "CLIENT", "SERVER", "PRODUCER", "CONSUMER"}[random.nextInt(5)],
              random.nextBoolean() ? "" : "name",
              1 + random.nextLong(1L << 50),
              random.nextBoolean() ? 0 : 1 + random.nextLong(1L << 30),
              endpoint(random),
              endpoint(random),
              annotations,
              tags,
              false,
              false));
    }
    return spans;
  }

  private static Endpoint endpoint(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> null;
      case 1 ->
          new Endpoint("service-" + random.nextInt(3), "10.1.2.3", "", random.nextInt(2) * 80);
      default -> new Endpoint("service-" + random.nextInt(3), "", "2001:db8::1", 0);
    };
  }

  private static byte[] protobufOf(List<ZipkinSpan> spans) {
    ProtoWriter out = new ProtoWriter(1024);
    for (ZipkinSpan span : spans) {
      int start = out.begin(1);
      byte[] id =
          ByteBuffer.allocate(16).putLong(span.traceIdHigh()).putLong(span.traceIdLow()).array();
      out.bytes(1, id, span.traceIdHigh() == 0 ? 8 : 0, span.traceIdHigh() == 0 ? 8 : 16);
      if (span.parentId() != 0) {
        out.bytes(2, ByteBuffer.allocate(8).putLong(span.parentId()).array(), 0, 8);
      }
      out.bytes(3, ByteBuffer.allocate(8).putLong(span.id()).array(), 0, 8);
      out.uint(4, List.of("", "CLIENT", "SERVER", "PRODUCER", "CONSUMER").indexOf(span.kind()));
      out.text(5, span.name());
      out.fixed64(6, span.timestampMicros());
      out.uint(7, span.durationMicros());
      endpoint(out, 8, span.local());
      endpoint(out, 9, span.remote());
      for (ZipkinSpan.Annotation annotation : span.annotations()) {
        int nested = out.begin(10);
        out.fixed64(1, annotation.timestampMicros());
        out.text(2, annotation.value());
        out.end(nested);
      }
      span.tags()
          .forEach((key, value) -> {
            int nested = out.begin(11);
            out.text(1, key);
            out.text(2, value);
            out.end(nested);
          });
      out.end(start);
    }
    return out.toByteArray();
  }

  private static void endpoint(ProtoWriter out, int field, Endpoint endpoint) {
    if (endpoint == null) {
      return;
    }
    int start = out.begin(field);
    out.text(1, endpoint.serviceName());
    if (!endpoint.ipv4().isEmpty()) {
      out.bytes(2, new byte[] {10, 1, 2, 3}, 0, 4);
    }
    if (!endpoint.ipv6().isEmpty()) {
      byte[] ip = new byte[16];
      ip[0] = 0x20;
      ip[1] = 1;
      ip[2] = 0xd;
      ip[3] = (byte) 0xb8;
      ip[15] = 1;
      out.bytes(3, ip, 0, 16);
    }
    out.uint(4, endpoint.port());
    out.end(start);
  }

  @Test
  void bytesThatAreCutOrChangedAreReadOrRefusedAndNothingElse() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<ZipkinSpan> spans = spans(random);
    hostile(random, written(spans), body -> json(ZipkinVersion.EITHER, body));
    hostile(random, protobufOf(spans), ZipkinDecoderTest::protobuf);
    ThriftWriter out = new ThriftWriter(false).list(ThriftReader.STRUCT, 1).begin();
    out.i64(1, 1).text(3, "op").i64(4, 2).structs(6, 1).begin().i64(1, 5).text(2, "sr").end();
    out.structs(8, 1).begin().text(1, "n").binary(2, new byte[] {0, 7}).i32(3, 2).end().end();
    hostile(random, out.bytes(), ZipkinDecoderTest::thrift);
  }

  private static void hostile(
      Random random, byte[] whole, Function<byte[], Decoded<SpanBatch>> decoder) {
    for (int length = 0; length < whole.length; length++) {
      read(Arrays.copyOf(whole, length), decoder);
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

  @Test
  void flagsAndPeersComeBackAsTheyWereSent() {
    String spans =
        "[{\"traceId\":\"000000000000000a\",\"id\":\"0000000000000001\",\"kind\":\"SERVER\",\"timestamp\":5,\"duration\":2,"
            + "\"remoteEndpoint\":{\"serviceName\":\"shop\",\"ipv4\":\"10.0.0.1\",\"port\":80},\"debug\":true,\"shared\":true},"
            + "{\"traceId\":\"000000000000000a\",\"id\":\"0000000000000002\",\"timestamp\":5,\"duration\":2}]";
    byte[] sent = spans.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    var stored =
        new ZipkinDecoder(io.ghostworks.wire.otlp.OtlpLimits.DEFAULT, false)
            .json(ZipkinVersion.V2, sent, 0, sent.length, 0)
            .batch();
    assertThat(new String(ZipkinJson.spans(stored), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(spans);
  }

  private static byte[] written(List<ZipkinSpan> spans) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    try (var json = ZipkinJson.generator(out)) {
      json.writeStartArray();
      for (ZipkinSpan span : spans) {
        ZipkinJson.write(json, span);
      }
      json.writeEndArray();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
