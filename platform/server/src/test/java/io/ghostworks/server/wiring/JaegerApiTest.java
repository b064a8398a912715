package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jaeger's query API, asked as its user interface and Grafana's data source ask it. */
class JaegerApiTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FIRST = "0000000000000000000000000000000a";
  private static final String SECOND = "0af7651916cd43dd8448eb211c80319c";

  @TempDir private static Path data;
  private static Platform platform;
  private static long nowNanos;

  @BeforeAll
  static void start() {
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
    nowNanos = System.currentTimeMillis() * 1_000_000L - 60_000_000_000L;
    post(
        resource(
            "shop",
            span(
                FIRST,
                1,
                0,
                "GET /",
                2,
                0,
                2_000,
                2,
                "\"http.status_code\":{\"intValue\":\"500\"}"),
            span(FIRST, 2, 1, "call", 3, 1, 1_000, 0, "\"peer\":{\"stringValue\":\"db.local\"}")),
        resource(
            "stock", span(FIRST, 3, 2, "check", 2, 2, 500, 0, "\"peer\":{\"boolValue\":true}")));
    post(
        resource(
            "stock",
            span(SECOND, 4, 0, "check", 2, 30_000, 5, 0, "\"peer\":{\"stringValue\":\"cache\"}")));
  }

  private static String resource(String service, String... spans) {
    return """
    {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},
     "scopeSpans":[{"scope":{"name":"lib"},"spans":[%s]}]}\
    """
        .formatted(service, String.join(",", spans));
  }

  private static String span(
      String trace,
      long id,
      long parent,
      String name,
      int kind,
      long offsetMs,
      long durationMs,
      int status,
      String attribute) {
    long start = nowNanos + offsetMs * 1_000_000;
    String key = attribute.substring(0, attribute.indexOf(':'));
    String value = attribute.substring(attribute.indexOf(':') + 1);
    return """
    {"traceId":"%s","spanId":"%016x","parentSpanId":"%s","name":"%s","kind":%d,
     "startTimeUnixNano":"%d","endTimeUnixNano":"%d","status":{"code":%d},
     "attributes":[{"key":%s,"value":%s}],
     "events":[{"timeUnixNano":"%d","name":"seen","attributes":[
       {"key":"step","value":{"intValue":"%d"}}]}]}\
    """
        .formatted(
            trace,
            id,
            parent == 0 ? "" : "%016x".formatted(parent),
            name,
            kind,
            start,
            start + durationMs * 1_000_000,
            status,
            key,
            value,
            start,
            id);
  }

  private static void post(String... resources) {
    Client.Reply reply =
        new Client(platform.address(ListenerName.OTLP_HTTP))
            .post(
                "/v1/traces",
                "application/json",
                "{\"resourceSpans\":[%s]}"
                    .formatted(String.join(",", resources))
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static Client.Reply reply(String path, String... parameters) {
    StringBuilder target = new StringBuilder(path);
    for (int i = 0; i < parameters.length; i += 2) {
      target.append(i == 0 ? '?' : '&').append(parameters[i]).append('=');
      target.append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return new Client(platform.address(ListenerName.JAEGER)).get(target.toString());
  }

  private static JsonNode get(String path, String... parameters) throws IOException {
    Client.Reply reply = reply(path, parameters);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return MAPPER.readTree(reply.body());
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static List<String> found(String... parameters) throws IOException {
    List<String> ids = new ArrayList<>();
    get("/api/traces", parameters)
        .get("data")
        .forEach(each -> ids.add(each.get("traceID").asText()));
    return ids;
  }

  @Test
  void listsServicesAndOperations() throws IOException {
    JsonNode services = get("/api/services");
    assertThat(texts(services.get("data"))).contains("shop", "stock").isSorted();
    assertThat(services.get("total").asInt()).isEqualTo(services.get("data").size());
    assertThat(services.get("errors").isNull()).isTrue();
    assertThat(texts(get("/api/services/shop/operations").get("data")))
        .containsExactly("GET /", "call");
    assertThat(
            get("/api/operations", "service", "shop", "spanKind", "server").get("data").toString())
        .isEqualTo("[{\"name\":\"GET /\",\"spanKind\":\"server\"}]");
    assertThat(reply("/api/operations").status()).isEqualTo(400);
    assertThat(texts(get("/api/v3/services").get("services"))).contains("shop", "stock");
    assertThat(get("/api/v3/operations", "service", "shop").get("operations").toString())
        .isEqualTo(
            "[{\"name\":\"GET"
                + " /\",\"spanKind\":\"server\"},{\"name\":\"call\",\"spanKind\":\"client\"}]");
  }

  @Test
  void isThereUnderItsPathOnTheWebPortToo() {
    Client web = new Client(platform.address(ListenerName.WEB));
    assertThat(web.get("/jaeger/api/services").text()).contains("\"shop\"");
    assertThat(web.get("/jaeger/api/v3/services").text()).contains("\"shop\"");
    assertThat(web.get("/jaeger/api/nothing").text()).contains("\"errors\":[{\"code\":404");
    assertThat(reply("/").text()).contains("/api/traces");
  }

  @Test
  void givesATraceByEveryFormOfItsId() throws IOException {
    for (String id : List.of(FIRST, "a", "000000000000000a", "AAAAAAAAAAAAAAAAAAAACg==")) {
      JsonNode trace =
          get("/api/traces/" + URLEncoder.encode(id, StandardCharsets.UTF_8)).get("data").get(0);
      assertThat(trace.get("traceID").asText()).isEqualTo("000000000000000a");
      assertThat(trace.get("spans")).hasSize(3);
      assertThat(trace.get("processes")).hasSize(2);
    }
    Client.Reply missing = reply("/api/traces/ffff");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.text())
        .isEqualTo(
            "{\"data\":null,\"total\":0,\"limit\":0,\"offset\":0,\"errors\":[{\"code\":404,\"msg\":\"trace"
                + " not found\"}]}\n");
    assertThat(reply("/api/traces/xyz!").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      textBlock =
          """
          {"http.status_code":"500"}    @ a
          {"peer":"true"}               @ a
          {"peer":"db.local"}           @ a
          {"peer":"db?local"}           @
          {"peer":"db.*"}               @ a
          {"peer~":"db.local|cache"}    @ b,a
          {"peer~":"ocal"}              @
          {"peer!":"cache","span.kind":"server"} @ a
          {"peer!~":"db.*|true"} @ b,a
          {"error":"true"}              @ a
          {"error":"false"}             @ b,a
          {"error!":"true"}             @ b,a
          {"step":"3"}                  @ a
          {"event":"seen","step":"4"}   @ b
          {"scope.name":"lib","otel.status_code":"ERROR"} @ a
          {"service.name":"shop"}       @ a
          {"resource.service.name":"shop"} @ a
          {"resource.peer":"cache"}     @
          {"span.kind":"client"}        @ a
          """)
  void findsTracesByTagsOfAllServices(String tags, String expected) throws IOException {
    assertThat(found("tags", tags, "tag", "scope.name:lib", "lookback", "1h"))
        .containsExactly(
            expected == null
                ? new String[0]
                : expected.replace("a", "000000000000000a").replace("b", SECOND).split(","));
  }

  @Test
  void findsByServiceOperationTagsAndDurationTogether() throws IOException {
    assertThat(found("service", "stock", "operation", "check"))
        .containsExactly(SECOND, "000000000000000a");
    assertThat(found("service", "stock", "limit", "1")).containsExactly(SECOND);
    assertThat(
            found(
                "service", "shop", "tags", "{\"http.status_code\":\"500\"}", "minDuration", "1.5s"))
        .hasSize(1);
    assertThat(found("service", "shop", "tags", "{\"peer\":\"db.local\"}", "minDuration", "1.5s"))
        .isEmpty();
    assertThat(found("service", "shop", "tag", "peer:db.local", "maxDuration", "1s")).hasSize(1);
    String micros = Long.toString((nowNanos + 1_000_000_000L) / 1000);
    assertThat(found("service", "stock", "start", micros)).containsExactly(SECOND);
    assertThat(found("service", "stock", "end", micros)).containsExactly("000000000000000a");
  }

  @Test
  void givesSeveralTracesAndTellsWhichAreMissing() throws IOException {
    JsonNode answer = get("/api/traces", "traceID", "a", "traceID", "beef");
    assertThat(answer.get("data")).hasSize(1);
    assertThat(answer.get("errors").toString())
        .isEqualTo("[{\"msg\":\"trace not found\",\"traceID\":\"000000000000beef\"}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          start      | x    | unable to parse param 'start': strconv.ParseInt: parsing "x": invalid syntax
          minDuration| 5    | unable to parse param 'minDuration': time: invalid duration "5"
          tag        | k    | malformed 'tag' parameter, expecting key:value, received: k
          tags       | []   | malformed 'tags' parameter, cannot unmarshal JSON: it must be an object of texts
          raw        | maybe| unable to parse param 'raw': strconv.ParseBool: parsing "maybe": invalid syntax
          limit      | 0    | unable to parse param 'limit': must be from 1 to 10000, got 0
          traceID    | xyz  | cannot parse traceID param: strconv.ParseUint: parsing "xyz": invalid syntax
          """)
  void refusesWhatItCannotReadInJaegersWords(String name, String value, String message)
      throws IOException {
    Client.Reply reply = reply("/api/traces", name, value);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(MAPPER.readTree(reply.text()).at("/errors/0/msg").asText()).isEqualTo(message);
  }

  @Test
  void refusesDurationsThatCrossAndPatternsThatAreNone() {
    assertThat(reply("/api/traces", "minDuration", "2s", "maxDuration", "1s").text())
        .contains("'maxDuration' should be greater than 'minDuration'");
    assertThat(reply("/api/traces", "tags", "{\"peer~\":\"(\"}").status()).isEqualTo(400);
  }

  @Test
  void givesSummariesAndSpansOfVersionThree() throws IOException {
    String from = Instant.ofEpochMilli(nowNanos / 1_000_000 - 1000).toString();
    String to = Instant.now().toString();
    JsonNode summaries =
        get(
            "/api/v3/trace-summaries",
            "query.startTimeMin",
            from,
            "query.startTimeMax",
            to,
            "query.serviceName",
            "shop",
            "query.attributes",
            "{\"http.status_code\":\"500\"}",
            "query.durationMin",
            "1s",
            "query.searchDepth",
            "20");
    JsonNode summary = summaries.get("summaries").get(0);
    assertThat(summary.get("traceId").asText()).isEqualTo(FIRST);
    assertThat(summary.get("rootServiceName").asText()).isEqualTo("shop");
    assertThat(summary.get("rootOperationName").asText()).isEqualTo("GET /");
    assertThat(summary.get("minStartTimeUnixNano").asText()).isEqualTo(Long.toString(nowNanos));
    assertThat(summary.get("services").toString())
        .isEqualTo(
            "[{\"name\":\"shop\",\"spanCount\":2,\"errorSpanCount\":1},{\"name\":\"stock\",\"spanCount\":1}]");
    JsonNode traces =
        get(
            "/api/v3/traces",
            "query.service_name",
            "stock",
            "query.start_time_min",
            from,
            "query.start_time_max",
            to);
    assertThat(traces.at("/result/resourceSpans")).hasSize(3);
    assertThat(get("/api/v3/traces/" + FIRST).at("/result/resourceSpans").toString())
        .contains("\"spanId\":\"0000000000000003\"");
    Client.Reply missing = reply("/api/v3/traces/ffff");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.text())
        .isEqualTo("{\"error\":{\"httpCode\":404,\"message\":\"No traces found\"}}\n");
    assertThat(reply("/api/v3/traces").text())
        .contains("query.startTimeMin and query.startTimeMax are required");
    assertThat(reply("/api/v3/nothing").text()).startsWith("{\"error\":");
  }

  @Test
  void listsDependencies() throws IOException {
    String end = Long.toString(System.currentTimeMillis());
    assertThat(
            get("/api/dependencies", "endTs", end, "lookback", "604800000").get("data").toString())
        .contains("{\"parent\":\"shop\",\"child\":\"stock\",\"callCount\":1}");
    assertThat(
            get(
                    "/api/v3/dependencies",
                    "start_time",
                    Instant.now().minusSeconds(3600).toString(),
                    "end_time",
                    Instant.now().toString())
                .get("dependencies")
                .toString())
        .contains("{\"parent\":\"shop\",\"child\":\"stock\",\"callCount\":\"1\"}");
  }

  @Test
  void computesTheMonitorsMetrics() throws IOException {
    String[] range = {
      "service",
      "shop",
      "endTs",
      Long.toString(System.currentTimeMillis()),
      "lookback",
      "600000",
      "step",
      "60000",
      "ratePer",
      "600000",
      "spanKind",
      "server"
    };
    JsonNode calls = get("/api/metrics/calls", range);
    assertThat(calls.get("name").asText()).isEqualTo("service_call_rate");
    assertThat(calls.get("type").asText()).isEqualTo("GAUGE");
    JsonNode points = calls.at("/metrics/0/metricPoints");
    assertThat(points).hasSize(11);
    assertThat(points.get(10).at("/gaugeValue/doubleValue").asDouble()).isEqualTo(1 / 600.0);
    assertThat(calls.at("/metrics/0/labels").toString())
        .isEqualTo("[{\"name\":\"service_name\",\"value\":\"shop\"}]");
    JsonNode errors = get("/api/metrics/errors", range).at("/metrics/0/metricPoints");
    assertThat(errors.get(errors.size() - 1).at("/gaugeValue/doubleValue").asDouble()).isEqualTo(1);
    String[] more = java.util.Arrays.copyOf(range, range.length + 4);
    more[range.length] = "quantile";
    more[range.length + 1] = "0.95";
    more[range.length + 2] = "groupByOperation";
    more[range.length + 3] = "true";
    JsonNode latencies = get("/api/metrics/latencies", more);
    assertThat(latencies.get("name").asText()).isEqualTo("service_operation_latencies");
    assertThat(latencies.at("/metrics/0/labels/0/value").asText()).isEqualTo("GET /");
    JsonNode of = latencies.at("/metrics/0/metricPoints");
    assertThat(of.get(of.size() - 1).at("/gaugeValue/doubleValue").asDouble())
        .isBetween(1_950.0, 2_050.0);
    assertThat(get("/api/metrics/minstep").get("data").asInt()).isEqualTo(1);
    assertThat(reply("/api/metrics/calls").text()).contains("at least one service name");
  }

  @Test
  void archivesTraces() {
    Client jaeger = new Client(platform.address(ListenerName.JAEGER));
    Client.Reply kept = jaeger.post("/api/archive/a", "application/json", new byte[0]);
    assertThat(kept.text())
        .isEqualTo("{\"data\":[],\"total\":0,\"limit\":0,\"offset\":0,\"errors\":[]}");
    assertThat(jaeger.post("/api/archive/ffff", "application/json", new byte[0]).status())
        .isEqualTo(404);
    assertThat(
            new Client(platform.address(ListenerName.WEB)).get("/api/platform/traces/kept").text())
        .contains(FIRST);
  }

  @Test
  void transformsOtlpForTheUserInterface() throws IOException {
    Client.Reply reply =
        new Client(platform.address(ListenerName.JAEGER))
            .post(
                "/api/transform",
                "application/json",
                "{\"resourceSpans\":[%s]}"
                    .formatted(
                        resource(
                            "x", span(FIRST, 9, 0, "y", 1, 0, 1, 0, "\"k\":{\"boolValue\":true}")))
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(MAPPER.readTree(reply.text()).at("/data/0/spans/0/operationName").asText())
        .isEqualTo("y");
  }

  @Test
  void answersWhatGrafanasDataSourceAsks() throws IOException {
    assertThat(texts(get("/api/services").get("data"))).contains("shop");
    assertThat(texts(get("/api/services/shop/operations").get("data"))).contains("GET /");
    JsonNode search =
        get(
            "/api/traces",
            "limit",
            "20",
            "maxDuration",
            "5s",
            "minDuration",
            "100ms",
            "operation",
            "GET /",
            "service",
            "shop",
            "tags",
            "{\"error\":\"true\"}");
    JsonNode trace = search.get("data").get(0);
    JsonNode span = trace.get("spans").get(0);
    assertThat(trace.get("processes").has(span.get("processID").asText())).isTrue();
    assertThat(span.get("startTime").asLong()).isEqualTo(nowNanos / 1000);
    String id = trace.get("traceID").asText();
    assertThat(get("/api/traces/" + id, "start", "1", "end", "2").get("data")).hasSize(1);
    String day = Long.toString(System.currentTimeMillis());
    assertThat(get("/api/dependencies", "endTs", day, "lookback", "3600000").get("data"))
        .isNotEmpty();
    Client.Reply viaVersionThree =
        new Client(platform.address(ListenerName.JAEGER))
            .get(
                "/api/v3/traces?query.service_name=shop&query.start_time_min=%s&query.start_time_max=%s"
                    .formatted("2020-01-01T00:00:00.123456789Z", "2100-01-01T01:00:00+01:00"));
    assertThat(viaVersionThree.status()).as(viaVersionThree.text()).isEqualTo(200);
    assertThat(
            get(
                    "/api/v3/traces/" + id,
                    "start_time",
                    "2020-01-01T00:00:00Z",
                    "end_time",
                    "2100-01-01T00:00:00Z")
                .at("/result/resourceSpans"))
        .isNotEmpty();
  }

  @Test
  void answersVersionThreeOverGrpc() {
    ProtoWriter byId = new ProtoWriter(64);
    byId.text(1, "a");
    List<byte[]> trace = call("GetTrace", byId);
    assertThat(trace).hasSize(1);
    assertThat(
            new OtlpDecoder(OtlpLimits.DEFAULT)
                .traces(OtlpEncoding.PROTOBUF, trace.getFirst(), 0, trace.getFirst().length)
                .batch()
                .rows())
        .isEqualTo(3);
    assertThat(
            new String(call("GetServices", new ProtoWriter(1)).getFirst(), StandardCharsets.UTF_8))
        .contains("shop", "stock");
    ProtoWriter search = new ProtoWriter(256);
    int query = search.begin(1);
    search.text(1, "stock");
    int tag = search.begin(3);
    search.text(1, "peer");
    search.text(2, "cache");
    search.end(tag);
    for (int field = 4; field <= 5; field++) {
      int time = search.begin(field);
      search.uint(1, field == 4 ? 1 : System.currentTimeMillis() / 1000 + 60);
      search.end(time);
    }
    search.end(query);
    assertThat(call("FindTraces", search)).hasSize(1);
    assertThat(new String(call("FindTraceSummaries", search).getFirst(), StandardCharsets.UTF_8))
        .contains(SECOND, "check");
    ProtoWriter missing = new ProtoWriter(64);
    missing.text(1, "ffff");
    assertThat(answer("GetTrace", missing).trailers().get("grpc-status")).isEqualTo("5");
    assertThat(answer("FindTraces", missing).trailers().get("grpc-status")).isEqualTo("3");
    assertThat(answer("FindTraces", new ProtoWriter(1)).trailers().get("grpc-message"))
        .contains("missing");
  }

  @Test
  void answersVersionTwoOverGrpc() {
    ProtoWriter byId = new ProtoWriter(64);
    byte[] id = new byte[16];
    id[15] = 10;
    byId.bytes(1, id, 0, id.length);
    String trace = modelText("GetTrace", byId);
    assertThat(trace).contains("GET /", "call", "check", "http.status_code", "otel.scope.name");
    assertThat(modelText("GetServices", new ProtoWriter(1))).contains("shop", "stock");
    ProtoWriter service = new ProtoWriter(64);
    service.text(1, "shop");
    assertThat(modelText("GetOperations", service)).contains("GET /", "client", "server");
    ProtoWriter search = new ProtoWriter(256);
    int query = search.begin(1);
    search.text(1, "stock");
    int tag = search.begin(3);
    search.text(1, "peer");
    search.text(2, "cache");
    search.end(tag);
    search.end(query);
    assertThat(modelText("FindTraces", search)).contains("cache").doesNotContain("GET /");
    ProtoWriter range = new ProtoWriter(64);
    for (int field = 1; field <= 2; field++) {
      int time = range.begin(field);
      range.uint(1, field == 1 ? 1 : System.currentTimeMillis() / 1000 + 60);
      range.end(time);
    }
    assertThat(modelText("GetDependencies", range)).contains("shop", "stock");
    ProtoWriter missing = new ProtoWriter(64);
    id[14] = 1;
    missing.bytes(1, id, 0, id.length);
    assertThat(modelAnswer("GetTrace", missing).trailers().get("grpc-status")).isEqualTo("5");
    assertThat(modelAnswer("ArchiveTrace", byId).trailers().get("grpc-status")).isEqualTo("0");
    assertThat(modelAnswer("GetTrace", new ProtoWriter(1)).trailers().get("grpc-status"))
        .isEqualTo("3");
  }

  private static String modelText(String method, ProtoWriter message) {
    AggregatedHttpResponse response = modelAnswer(method, message);
    assertThat(response.trailers().get("grpc-status")).as(method).isEqualTo("0");
    return response.contentUtf8();
  }

  private static AggregatedHttpResponse modelAnswer(String method, ProtoWriter message) {
    return answer("jaeger.api_v2", method, message);
  }

  private static AggregatedHttpResponse answer(String method, ProtoWriter message) {
    return answer("jaeger.api_v3", method, message);
  }

  private static AggregatedHttpResponse answer(String version, String method, ProtoWriter message) {
    byte[] protobuf = message.toByteArray();
    byte[] framed =
        ByteBuffer.allocate(5 + protobuf.length)
            .put((byte) 0)
            .putInt(protobuf.length)
            .put(protobuf)
            .array();
    return WebClient.of("h2c://127.0.0.1:" + platform.address(ListenerName.JAEGER).getPort())
        .execute(
            HttpRequest.of(
                HttpMethod.POST,
                "/" + version + ".QueryService/" + method,
                MediaType.parse("application/grpc"),
                HttpData.wrap(framed)))
        .aggregate()
        .join();
  }

  private static List<byte[]> call(String method, ProtoWriter message) {
    AggregatedHttpResponse response = answer(method, message);
    assertThat(response.trailers().get("grpc-status")).as(method).isEqualTo("0");
    ByteBuffer body = ByteBuffer.wrap(response.content().array());
    List<byte[]> messages = new ArrayList<>();
    while (body.hasRemaining()) {
      assertThat(body.get()).isZero();
      byte[] one = new byte[body.getInt()];
      body.get(one);
      messages.add(one);
    }
    return messages;
  }
}
