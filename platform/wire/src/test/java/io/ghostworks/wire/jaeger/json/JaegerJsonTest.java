package io.ghostworks.wire.jaeger.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JaegerJsonTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String OTLP =
      """
      {"resourceSpans":[{"resource":{"attributes":[
         {"key":"service.name","value":{"stringValue":"shop"}},{"key":"host.name","value":{"stringValue":"h1"}}]},
       "scopeSpans":[{"scope":{"name":"lib","version":"2"},"spans":[
        {"traceId":"0000000000000000000000000000000a","spanId":"0000000000000001","name":"GET /","kind":2,
         "startTimeUnixNano":"1485449191639875123","endTimeUnixNano":"1485449191639880123",
         "traceState":"a=b","status":{"code":2,"message":"broke"},
         "attributes":[
          {"key":"text","value":{"stringValue":"x"}},{"key":"big","value":{"intValue":"9223372036854775222"}},
          {"key":"small","value":{"intValue":"-7"}},{"key":"real","value":{"doubleValue":72.5}},
          {"key":"truth","value":{"boolValue":false}},{"key":"blob","value":{"bytesValue":"AAAwOQ=="}},
          {"key":"list","value":{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":"1"}]}}}],
         "events":[{"timeUnixNano":"1485449191639876000","name":"exception",
           "attributes":[{"key":"exception.type","value":{"stringValue":"Boom"}}]}],
         "links":[{"traceId":"000000000000000f0000000000000001","spanId":"00000000000000ff"}]},
        {"traceId":"0000000000000000000000000000000a","spanId":"0000000000000002",
         "parentSpanId":"0000000000000001","name":"child","startTimeUnixNano":"1485449191639876000",
         "endTimeUnixNano":"1485449191639875000"},
        {"traceId":"0000000000000000000000000000000a","spanId":"0000000000000003",
         "parentSpanId":"00000000000000dd","name":"orphan","startTimeUnixNano":"1485449191639876000",
         "endTimeUnixNano":"1485449191639877000"}]}]}]}
      """;

  private static SpanBatch otlp(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return new OtlpDecoder(OtlpLimits.DEFAULT)
        .traces(OtlpEncoding.JSON, bytes, 0, bytes.length)
        .batch();
  }

  private static JsonNode written(SpanBatch batch, boolean raw) throws IOException {
    return MAPPER.readTree(JaegerJson.write(batch, raw));
  }

  private static Decoded<SpanBatch> read(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return JaegerJson.read(bytes, 0, bytes.length);
  }

  private static List<String> texts(AttributeColumns attributes, int row) {
    List<String> texts = new ArrayList<>();
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      texts.add(attributes.key(entry) + "=" + ValueText.of(attributes.values(), entry));
    }
    return texts;
  }

  @Test
  void writesSpansAsJaegerDoes() throws IOException {
    JsonNode answer = written(otlp(OTLP), true);
    assertThat(answer.get("errors").isNull()).isTrue();
    JsonNode trace = answer.get("data").get(0);
    assertThat(trace.get("traceID").asText()).isEqualTo("000000000000000a");
    assertThat(trace.get("processes").toString())
        .isEqualTo(
            """
            {"p1":{"serviceName":"shop","tags":[{"key":"host.name","type":"string","value":"h1"}]}}\
            """);
    JsonNode span = trace.get("spans").get(0);
    assertThat(span.get("spanID").asText()).isEqualTo("0000000000000001");
    assertThat(span.get("startTime").asLong()).isEqualTo(1485449191639875L);
    assertThat(span.get("duration").asLong()).isEqualTo(5);
    assertThat(span.get("warnings").isNull()).isTrue();
    assertThat(span.get("references").toString())
        .isEqualTo(
            """
            [{"refType":"FOLLOWS_FROM","traceID":"000000000000000f0000000000000001","spanID":"00000000000000ff"}]\
            """);
    assertThat(span.get("tags").toString())
        .isEqualTo(
            """
            [{"key":"otel.scope.name","type":"string","value":"lib"},\
            {"key":"otel.scope.version","type":"string","value":"2"},\
            {"key":"text","type":"string","value":"x"},\
            {"key":"big","type":"int64","value":"9223372036854775222"},\
            {"key":"small","type":"int64","value":-7},\
            {"key":"real","type":"float64","value":72.5},\
            {"key":"truth","type":"bool","value":false},\
            {"key":"blob","type":"binary","value":"AAAwOQ=="},\
            {"key":"list","type":"string","value":"[\\"a\\",1]"},\
            {"key":"span.kind","type":"string","value":"server"},\
            {"key":"otel.status_code","type":"string","value":"ERROR"},\
            {"key":"error","type":"bool","value":true},\
            {"key":"otel.status_description","type":"string","value":"broke"},\
            {"key":"w3c.tracestate","type":"string","value":"a=b"}]\
            """);
    assertThat(span.get("logs").toString())
        .isEqualTo(
            """
            [{"timestamp":1485449191639876,"fields":[{"key":"event","type":"string","value":"exception"},\
            {"key":"exception.type","type":"string","value":"Boom"}]}]\
            """);
  }

  @Test
  void adjustsForTheEyeUnlessRaw() throws IOException {
    JsonNode spans = written(otlp(OTLP), false).get("data").get(0).get("spans");
    assertThat(spans.get(0).get("tags").findValuesAsText("key"))
        .startsWith("otel.scope.name", "otel.scope.version", "big", "blob", "list");
    assertThat(spans.get(1).get("duration").asLong()).isZero();
    assertThat(spans.get(1).get("warnings").get(0).asText())
        .isEqualTo("the span ends 1000 ns before it begins; its duration is shown as 0");
    assertThat(spans.get(2).get("warnings").get(0).asText())
        .isEqualTo(
            "parent span ID=00000000000000dd is not in the trace; skipping clock skew adjustment");
  }

  @Test
  void separatesServersFromClientsWithTheSameId() throws IOException {
    String span =
        """
        {"traceId":"0000000000000000000000000000000a","spanId":"%s","parentSpanId":"%s","name":"%s","kind":%d,
         "startTimeUnixNano":"1","endTimeUnixNano":"2"}\
        """;
    String json =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[%s,%s,%s]}]}]}\
        """
            .formatted(
                span.formatted("0000000000000007", "", "client", 3),
                span.formatted("0000000000000007", "", "server", 2),
                span.formatted("0000000000000008", "0000000000000007", "below", 1));
    JsonNode spans = written(otlp(json), false).get("data").get(0).get("spans");
    assertThat(spans.findValuesAsText("spanID").subList(0, 1)).containsExactly("0000000000000007");
    assertThat(spans.get(1).get("spanID").asText()).isEqualTo("0000000000000001");
    assertThat(spans.get(1).get("references").get(0).get("spanID").asText())
        .isEqualTo("0000000000000007");
    assertThat(spans.get(2).get("references").get(0).get("spanID").asText())
        .isEqualTo("0000000000000001");
    assertThat(
            written(otlp(json), true).get("data").get(0).get("spans").get(1).get("spanID").asText())
        .isEqualTo("0000000000000007");
  }

  @Test
  void readsWhatItWrites() {
    SpanBatch sent = otlp(OTLP);
    byte[] first = JaegerJson.write(sent, true);
    Decoded<SpanBatch> back = JaegerJson.read(first, 0, first.length);
    assertThat(back.rejections()).isEmpty();
    SpanBatch batch = back.batch();
    assertThat(JaegerJson.write(batch, true))
        .asString()
        .isEqualTo(new String(first, StandardCharsets.UTF_8));
    assertThat(batch.rows()).isEqualTo(3);
    assertThat(batch.kind(0)).isEqualTo(2);
    assertThat(batch.statusCode(0)).isEqualTo(2);
    assertThat(batch.arena().text(batch.statusMessage(0))).isEqualTo("broke");
    assertThat(batch.arena().text(batch.scopes().name(batch.scope(0)))).isEqualTo("lib");
    assertThat(batch.parentSpanId(1)).isEqualTo(1);
    assertThat(batch.arena().text(batch.events().name(0))).isEqualTo("exception");
    assertThat(texts(batch.attributes(), 0))
        .containsExactly(
            "text=x",
            "big=9223372036854775222",
            "small=-7",
            "real=72.5",
            "truth=false",
            "blob=AAAwOQ==",
            "list=[\"a\",1]");
    assertThat(texts(batch.resources().attributes(), batch.resource(0)))
        .containsExactly("service.name=shop", "host.name=h1");
    assertThat(OtlpEncoder.traces(OtlpEncoding.PROTOBUF, batch)).isNotEmpty();
  }

  @Test
  void readsTheStorageModel() {
    Decoded<SpanBatch> decoded =
        read(
            """
            {"spans":[{"traceId":"AAAAAAAAAAAAAAAAAAAAAQ==","spanId":"AAAAAAAAAAQ=","operationName":"op",
              "references":[
               {"refType":"CHILD_OF","traceId":"AAAAAAAAAAAAAAAAAAAA/w==","spanId":"AAAAAAAAAP8="},
               {"refType":"CHILD_OF","traceId":"AAAAAAAAAAAAAAAAAAAAAQ==","spanId":"AAAAAAAAAAI="},
               {"refType":"FOLLOWS_FROM","traceId":"AAAAAAAAAAAAAAAAAAAAAQ==","spanId":"AAAAAAAAAAI="}],
              "startTime":"2017-01-26T16:46:31.639875139-05:00","duration":"5000ns",
              "tags":[{"key":"s","vType":"STRING","vStr":"x"},{"key":"i","vType":"INT64","vInt64":23456},
                {"key":"j","vType":"INT64","vInt64":"9223372036854775222"},
                {"key":"error","vType":"BOOL","vBool":true},{"key":"f","vType":"FLOAT64","vFloat64":72},
                {"key":"b","vType":"BINARY","vBinary":"AAAwOQ=="},{"key":"span.kind","vStr":"client"}],
              "logs":[{"timestamp":"2017-01-26T21:46:31.639875Z","fields":[{"key":"event","vStr":"some"}]}],
              "process":{"serviceName":"service-y","tags":[{"key":"hostname","vStr":"h"}]},
              "warnings":["some span warning"]},
              {"traceId":"AAAAAAAAAAAAAAAAAAAAAA==","spanId":"AAAAAAAAAAQ=","operationName":"none"}]}
            """);
    SpanBatch batch = decoded.batch();
    assertThat(batch.rows()).isEqualTo(1);
    assertThat(decoded.rejectedRows()).isEqualTo(1);
    assertThat(batch.traceIdLow(0)).isEqualTo(1);
    assertThat(batch.spanId(0)).isEqualTo(4);
    assertThat(batch.parentSpanId(0)).isEqualTo(2);
    assertThat(batch.startNanos(0)).isEqualTo(1485467191639875139L);
    assertThat(batch.endNanos(0) - batch.startNanos(0)).isEqualTo(5000);
    assertThat(batch.kind(0)).isEqualTo(3);
    assertThat(batch.statusCode(0)).isEqualTo(2);
    assertThat(texts(batch.attributes(), 0))
        .containsExactly(
            "s=x",
            "i=23456",
            "j=9223372036854775222",
            "f=72",
            "b=AAAwOQ==",
            "@jaeger@warnings=[\"some span warning\"]");
    assertThat(batch.linkEnd(0)).isEqualTo(2);
    assertThat(texts(batch.links().attributes(), 0))
        .containsExactly("opentracing.ref_type=child_of");
    assertThat(texts(batch.links().attributes(), 1))
        .containsExactly("opentracing.ref_type=follows_from");
    assertThat(texts(batch.resources().attributes(), batch.resource(0)))
        .containsExactly("service.name=service-y", "host.name=h");
    assertThat(new String(JaegerJson.write(batch, true), StandardCharsets.UTF_8))
        .contains("\"warnings\":[\"some span warning\"]");
  }

  @Test
  void readsTracesAloneAndListsOfThem() {
    String span =
        """
        {"traceID":"a","spanID":"%d","operationName":"x","startTime":1,"duration":2,"processID":"p1"}\
        """;
    String trace =
        """
        {"traceID":"a","spans":[%s],"processes":{"p1":{"serviceName":"s%d"}},"warnings":null}\
        """;
    String one = trace.formatted(span.formatted(1), 1);
    String two = trace.formatted(span.formatted(2), 2);
    assertThat(read(one).batch().rows()).isEqualTo(1);
    SpanBatch list = read("[" + one + "," + two + "]").batch();
    assertThat(texts(list.resources().attributes(), list.resource(1)))
        .containsExactly("service.name=s2");
    assertThat(read("{\"data\":[" + one + "],\"total\":0}").batch().rows()).isEqualTo(1);
    assertThat(read("{\"total\":0,\"errors\":[],\"data\":[" + one + "]}").batch().rows())
        .isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoTrace() {
    for (String text :
        List.of(
            "", "1", "{}", "{\"data\":null}", "[1]", "{\"data\":[", "[] []", "{\"spans\":[1]}")) {
      assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(WireFormatException.class);
    }
    assertThatThrownBy(() ->
            read("{\"spans\":[{\"tags\":[{\"key\":\"k\",\"type\":\"int64\",\"value\":\"x\"}]}]}"))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("'k'");
    assertThat(read("{\"spans\":[{\"traceID\":\"zz\",\"spanID\":\"1\"}]}").rejections())
        .singleElement()
        .satisfies(r -> assertThat(r.example()).contains("trace id"));
  }
}
