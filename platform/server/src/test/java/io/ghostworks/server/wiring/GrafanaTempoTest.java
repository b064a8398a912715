package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.GrpcCalls;
import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.proto.ProtoWriter;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The requests that the code of Grafana's Tempo data source makes (grafana-tempo-datasource, {@code
 * pkg/tempo} and {@code src}), to the web port with the prefix that its URL has.
 */
class GrafanaTempoTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TRACE = "0123456789abcdef0123456789abcdef";
  private static final String SERVICE = "/tempopb.StreamingQuerier/";

  @TempDir private static Path data;
  private static Platform platform;
  private static long nowSeconds;

  @BeforeAll
  static void start() {
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
    nowSeconds = System.currentTimeMillis() / 1000;
    for (int i = 0; i < 3; i++) {
      send(TRACE.substring(0, 31) + i, nowSeconds - 1_200L * i - 5);
    }
    send(TRACE, nowSeconds - 60);
  }

  private static void send(String trace, long seconds) {
    String spans =
        """
        {"resourceSpans":[
        {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
        "scopeSpans":[{"spans":[{"traceId":"%s","spanId":"00000000000000a1","name":"GET /","kind":2,
        "startTimeUnixNano":"%d000000000","endTimeUnixNano":"%d500000000",
        "attributes":[{"key":"http.route","value":{"stringValue":"/"}}]}]}]},
        {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"store"}}]},
        "scopeSpans":[{"spans":[{"traceId":"%s","spanId":"00000000000000a2",
        "parentSpanId":"00000000000000a1","name":"query","kind":3,"status":{"code":2},
        "startTimeUnixNano":"%d000000000","endTimeUnixNano":"%d100000000"}]}]}]}
        """
            .formatted(trace, seconds, seconds, trace, seconds, seconds);
    Client.Reply reply =
        new Client(platform.address(ListenerName.OTLP_HTTP))
            .post(
                "/v1/traces",
                "application/json",
                spans.getBytes(StandardCharsets.UTF_8),
                "X-Scope-OrgID",
                "grafana");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void isHealthyByTheEchoAndByTheStream() {
    assertThat(web().get("/tempo/api/echo").status()).isEqualTo(200);
    GrpcCalls.Reply reply = call(SERVICE + "Search", search("{}", 900, 1));
    assertThat(reply.status()).isEqualTo("0");
    assertThat(reply.messages()).isNotEmpty();
  }

  @Test
  void showsATrace() throws IOException {
    for (String range : new String[] {"", "?start=1&end=2000000000"}) {
      Client.Reply reply =
          web()
              .get(
                  "/tempo/api/v2/traces/" + TRACE + range,
                  "X-Scope-OrgID",
                  "grafana",
                  "Accept",
                  "application/protobuf");
      assertThat(reply.header("content-type")).isEqualTo("application/protobuf");
      TracesData trace = TracesData.parseFrom(field(reply.body(), 1));
      assertThat(trace.getResourceSpansCount()).isEqualTo(2);
    }
    Client.Reply first =
        web()
            .get(
                "/tempo/api/traces/" + TRACE,
                "X-Scope-OrgID",
                "grafana",
                "Accept",
                "application/protobuf");
    assertThat(TracesData.parseFrom(first.body()).getResourceSpansCount()).isEqualTo(2);
    Client.Reply none =
        web()
            .get(
                "/tempo/api/v2/traces/abcd",
                "X-Scope-OrgID",
                "grafana",
                "Accept",
                "application/protobuf");
    assertThat(none.status()).isEqualTo(200);
    assertThat(field(none.body(), 1)).isEmpty();
  }

  @Test
  void showsTheSpansOfATraceThatAQuerySelects() throws IOException {
    assertThat(filtered("%7Bstatus%3Derror%7D")).containsExactly("query");
    assertThat(filtered("%7Bstatus%3Derror%7D&keep_hierarchy=true"))
        .containsExactly("GET /", "query");
    assertThat(filtered("%7Bstatus%3Derror%7D&keep_hierarchy=true&ancestor_depth=0"))
        .containsExactly("query");
    assertThat(filtered("%7Bname%3D%22GET%20%2F%22%7D&match_depth=1"))
        .containsExactly("GET /", "query");
    assertThat(filtered("%7B%20.nothing%20%3D%201%20%7D")).isEmpty();
    JsonNode part = json("/tempo/api/v2/traces/" + TRACE + "?q=%s", "{status=error}");
    assertThat(part.get("status").asText()).isEqualTo("PARTIAL");
    assertThat(part.get("message").asText())
        .isEqualTo("Trace filtered, only a subset of spans matching the filter is returned");
    assertThat(json("/tempo/api/v2/traces/" + TRACE + "?q=%s", "{}").has("status")).isFalse();
  }

  @Test
  void refusesFiltersOfATraceThatSelectNoSingleSpans() {
    assertThat(refused("%7B%7D%7Crate()"))
        .isEqualTo(
            "invalid TraceQL filter: only a single TraceQL filter is supported: got a metrics"
                + " query");
    assertThat(refused("%7B%7D%20%3E%3E%20%7B%7D")).endsWith("got a structural or aggregate query");
    assertThat(refused("%7B%7D%7Ccount()%3E1")).endsWith("got 2 pipeline elements");
    assertThat(refused("%7BrootName%3D%22a%22%7D"))
        .isEqualTo(
            "invalid TraceQL filter: intrinsic is not supported by this filter: \"rootName\"");
    assertThat(refused("%7B"))
        .startsWith("invalid TraceQL filter: failed to parse TraceQL spanset filter: parse error");
    assertThat(refused("%7B%7D&match_depth=-2"))
        .isEqualTo("invalid value for match_depth: must be >= -1");
    assertThat(refused("%7B%7D&keep_hierarchy=1&ancestor_depth=x"))
        .isEqualTo("invalid value for ancestor_depth: strconv.Atoi: parsing \"x\": invalid syntax");
  }

  private static Set<String> filtered(String query) throws IOException {
    JsonNode answer =
        MAPPER.readTree(
            web()
                .get("/tempo/api/v2/traces/" + TRACE + "?q=" + query, "X-Scope-OrgID", "grafana")
                .body());
    Set<String> names = new TreeSet<>();
    for (JsonNode span : answer.findValues("spans")) {
      span.forEach(one -> names.add(one.get("name").asText()));
    }
    return names;
  }

  private static String refused(String query) {
    Client.Reply reply =
        web().get("/tempo/api/v2/traces/" + TRACE + "?q=" + query, "X-Scope-OrgID", "grafana");
    assertThat(reply.status()).isEqualTo(400);
    return reply.text();
  }

  @Test
  void searchesByTraceql() throws IOException {
    JsonNode found =
        json("/tempo/api/search?q=%s&limit=20&spss=3&start=%d&end=%d", "{status=error}");
    assertThat(found.get("traces")).hasSize(4);
    JsonNode trace = found.get("traces").get(0);
    assertThat(trace.get("rootServiceName").asText()).isEqualTo("shop");
    assertThat(trace.get("startTimeUnixNano").isTextual()).isTrue();
    assertThat(trace.at("/spanSets/0/matched").asInt()).isEqualTo(1);
    assertThat(trace.at("/serviceStats/store/errorCount").asInt()).isEqualTo(1);
    assertThat(names(found)).isSubsetOf("traces", "metrics");
  }

  @Test
  void computesMetrics() throws IOException {
    JsonNode range =
        json(
            "/tempo/api/metrics/query_range?q=%s&start=%d&end=%d&step=30s&exemplars=100",
            "{} | rate() by (resource.service.name)");
    assertThat(range.get("series")).hasSize(2);
    assertThat(range.at("/series/0/labels/0/value/stringValue").asText()).isEqualTo("shop");
    assertThat(range.at("/series/0/samples/0/timestampMs").isTextual()).isTrue();
    assertThat(names(range)).isSubsetOf("series", "metrics", "status", "message");
    JsonNode instant =
        json("/tempo/api/metrics/query?q=%s&start=%d&end=%d", "{} | count_over_time()");
    assertThat(instant.at("/series/0/value").asDouble()).isEqualTo(8);
  }

  @Test
  void completesTagsAndValues() throws IOException {
    JsonNode tags = json("/tempo/api/v2/search/tags?limit=5000");
    Set<String> scopes = new TreeSet<>();
    tags.get("scopes").forEach(scope -> scopes.add(scope.get("name").asText()));
    assertThat(scopes).contains("intrinsic", "resource", "span");
    JsonNode values =
        json(
            "/tempo/api/v2/search/tag/resource.service.name/values?limit=5000&q=%s&start=%d&end=%d&tag=resource.service.name",
            "{name=\"query\" && status=}");
    assertThat(values.get("tagValues")).hasSize(1);
    assertThat(values.at("/tagValues/0/value").asText()).isEqualTo("store");
    assertThat(json("/tempo/api/v2/search/tag/span.http.route/values?tag=x").get("tagValues"))
        .hasSize(1);
  }

  @Test
  void streamsSearchesNewestFirst() {
    GrpcCalls.Reply reply = call(SERVICE + "Search", search("{}", 7_200, 20));
    assertThat(reply.status()).isEqualTo("0");
    assertThat(reply.messages()).hasSizeGreaterThan(1);
    assertThat(reply.messages().stream().mapToInt(message -> count(message, 1)).sum()).isEqualTo(4);
    assertThat(count(reply.messages().getFirst(), 1)).isEqualTo(2);
  }

  @Test
  void streamsMetricsTagsAndValues() {
    ProtoWriter range = new ProtoWriter(64);
    range.text(1, "{} | rate()");
    range.uint(2, (nowSeconds - 3_600) * 1_000_000_000L);
    range.uint(3, nowSeconds * 1_000_000_000L);
    assertGiven(call(SERVICE + "MetricsQueryRange", range.toByteArray()));
    assertGiven(call(SERVICE + "MetricsQueryInstant", range.toByteArray()));
    assertGiven(call(SERVICE + "SearchTags", new byte[0]));
    assertThat(call(SERVICE + "SearchTagsV2", new byte[0]).messages()).hasSizeGreaterThan(1);
    ProtoWriter values = new ProtoWriter(64);
    values.text(1, "span.http.route");
    assertGiven(call(SERVICE + "SearchTagValuesV2", values.toByteArray()));
    ProtoWriter former = new ProtoWriter(64);
    former.text(1, "http.route");
    assertGiven(call(SERVICE + "SearchTagValues", former.toByteArray()));
  }

  @Test
  void tellsMistakesInStreams() {
    GrpcCalls.Reply wrong = call(SERVICE + "Search", search("{", 900, 1));
    assertThat(wrong.status()).isEqualTo("3");
    assertThat(wrong.message()).contains("parse%20error");
    assertThat(call(SERVICE + "Push", new byte[0]).status()).isNotEqualTo("0");
    GrpcCalls.Reply other =
        calls().call(SERVICE + "Search", search("{}", 900, 5), "x-scope-orgid", "another-tenant");
    assertThat(other.messages().stream().mapToInt(message -> count(message, 1)).sum()).isZero();
  }

  @Test
  void drawsTheServiceGraph() throws IOException {
    StringBuilder series = new StringBuilder();
    for (long at = nowSeconds - 120; at <= nowSeconds; at += 60) {
      String edge = "client=\"shop\",server=\"store\",connection_type=\"database\"";
      String span = "service=\"shop\",span_name=\"GET /\",span_kind=\"SPAN_KIND_SERVER\"";
      long value = at - nowSeconds + 200;
      for (String name :
          new String[] {"request_total", "request_failed_total", "request_server_seconds_sum"}) {
        series.append("traces_service_graph_%s{%s} %d %d000\n".formatted(name, edge, value, at));
      }
      series.append(
          "traces_service_graph_request_server_seconds_bucket{%s,le=\"+Inf\"} %d %d000\n"
              .formatted(edge, value, at));
      series.append("traces_spanmetrics_calls_total{%s} %d %d000\n".formatted(span, value, at));
      series.append(
          "traces_spanmetrics_latency_bucket{%s,le=\"0.5\"} %d %d000\n".formatted(span, value, at));
    }
    Client.Reply imported =
        web()
            .post(
                "/prometheus/api/v1/import/prometheus",
                "text/plain",
                series.toString().getBytes(StandardCharsets.UTF_8),
                "X-Scope-OrgID",
                "grafana");
    assertThat(imported.status()).as(imported.text()).isLessThan(300);
    for (String metric :
        new String[] {
          "traces_service_graph_request_server_seconds_sum",
          "traces_service_graph_request_total",
          "traces_service_graph_request_failed_total",
          "traces_service_graph_request_server_seconds_bucket"
        }) {
      assertSeries("sum by (client, server) (rate(%s[300s]))".formatted(metric));
      assertSeries("group by (client, connection_type, server) (%s)".formatted(metric));
    }
    assertSeries(
        "topk(5, sum(rate(traces_spanmetrics_calls_total{span_kind=\"SPAN_KIND_SERVER\"}[300s])) by"
            + " (span_name))");
    assertSeries(
        "histogram_quantile(.9, sum(rate(traces_spanmetrics_latency_bucket{span_name=~\"GET"
            + " /\"}[300s])) by (le))");
    JsonNode nativeOnes =
        json(
            "/prometheus/api/v1/series?match[]=traces_service_graph_request_server_seconds&limit=1");
    assertThat(nativeOnes.get("data")).isEmpty();
  }

  private static void assertSeries(String promql) throws IOException {
    JsonNode answer =
        json("/prometheus/api/v1/query?query=" + encoded(promql) + "&time=" + nowSeconds);
    assertThat(answer.at("/data/result")).as(promql).hasSize(1);
  }

  private static void assertGiven(GrpcCalls.Reply reply) {
    assertThat(reply.status()).as(reply.message()).isEqualTo("0");
    assertThat(reply.messages().stream().mapToInt(message -> count(message, 1)).sum()).isPositive();
  }

  private static byte[] search(String query, long rangeSeconds, int limit) {
    ProtoWriter out = new ProtoWriter(64);
    out.uint(4, limit);
    out.uint(5, nowSeconds - rangeSeconds);
    out.uint(6, nowSeconds);
    out.text(8, query);
    return out.toByteArray();
  }

  /** How often a message has a field. */
  private static int count(byte[] message, int field) {
    ProtoReader reader = new ProtoReader(message, 0, message.length);
    int count = 0;
    while (reader.next()) {
      count += reader.field() == field ? 1 : 0;
      reader.skip();
    }
    return count;
  }

  /** The bytes of a message inside another. */
  private static byte[] field(byte[] message, int field) {
    ProtoReader reader = new ProtoReader(message, 0, message.length);
    while (reader.next()) {
      if (reader.field() == field) {
        int length = reader.length();
        return Arrays.copyOfRange(message, reader.position(), reader.position() + length);
      }
      reader.skip();
    }
    return new byte[0];
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode json(String target, String query) throws IOException {
    return json(target.formatted(encoded(query), nowSeconds - 7_200, nowSeconds));
  }

  private static JsonNode json(String target) throws IOException {
    Client.Reply reply =
        web().get(target, "X-Scope-OrgID", "grafana", "Accept", "application/json");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return MAPPER.readTree(reply.body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Client web() {
    return new Client(platform.address(ListenerName.WEB));
  }

  private static GrpcCalls.Reply call(String path, byte[] message) {
    return calls().call(path, message, "x-scope-orgid", "grafana");
  }

  private static GrpcCalls calls() {
    return new GrpcCalls(platform.address(ListenerName.WEB));
  }
}
