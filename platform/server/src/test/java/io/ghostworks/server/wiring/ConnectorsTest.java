package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Collector's connectors make metrics of spans, through the pipelines behind them. */
class ConnectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE =
      """
      receivers: {otlp: {protocols: {http: }}}
      processors:
        resource: {attributes: [{key: service.namespace, value: shop, action: upsert},
          {key: service.name, value: collector, action: upsert}]}
        attributes: {actions: [{key: region, value: eu, action: insert}]}
        attributes/spans: {actions: [{key: tier, value: gold, action: insert}]}
      exporters: {debug: }
      connectors:
        spanmetrics:
          namespace: traces.spanmetrics
          dimensions: [{name: http.method, default: GET}, {name: tier}]
          metrics_flush_interval: 1s
          exemplars: {enabled: true}
          events: {enabled: true, dimensions: [{name: exception.type}]}
        servicegraph: {metrics_flush_interval: 1s, store: {ttl: 1s}, dimensions: [tier]}
      service:
        pipelines:
          traces: {receivers: [otlp], processors: [], exporters: [debug]}
          traces/made: {receivers: [otlp], processors: [attributes/spans], exporters: [CONNECTORS]}
          metrics: {receivers: [CONNECTORS], processors: [resource, attributes], exporters: [debug]}
      """
          .replace("CONNECTORS", "spanmetrics, servicegraph");

  @TempDir private Path folder;

  @Test
  void metricsOfSpansPassTheirPipelineAndGoOnAfterARestart() throws IOException {
    try (Platform platform = start(FILE)) {
      send(platform, 1);
      String calls =
          "traces_spanmetrics_calls_total{job=\"shop/collector\",service_name=\"api\",region=\"eu\","
              + "tier=\"gold\",http_method=\"GET\",span_kind=\"SPAN_KIND_SERVER\",span_name=\"GET"
              + " /\",status_code=\"STATUS_CODE_UNSET\"}";
      await(platform, "sum(" + calls + ")", 1);
      await(platform, "count(traces_spanmetrics_calls_total{service=~\".+\"}) or vector(0)", 0);
      await(
          platform,
          "sum(traces_spanmetrics_duration_milliseconds_bucket{service_name=\"front\",le=\"50\"})",
          1);
      await(platform, "sum(traces_spanmetrics_events_total{exception_type=\"Oops\"})", 1);
      await(
          platform,
          "sum(traces_service_graph_request_total{client=\"front\",server=\"api\",failed=\"true\","
              + "client_tier=\"gold\",server_tier=\"gold\",region=\"eu\"})",
          1);
      await(platform, "count(traces_service_graph_request_total)", 1);
      await(
          platform, "sum(traces_service_graph_request_server_seconds_count{client=\"front\"})", 1);
      assertThat(
              get(
                  platform,
                  "/prometheus/api/v1/query_exemplars?query=traces_spanmetrics_calls_total&start=%d&end=%d"
                      .formatted(seconds() - 600, seconds() + 600)))
          .contains("\"trace_id\":\"%032x\"".formatted(1));
    }
    try (Platform platform = start(FILE)) {
      send(platform, 2);
      await(platform, "sum(increase(traces_service_graph_request_total[10m])) > bool 1.5", 1);
    }
  }

  @Test
  void aConnectorThatCannotGetItsSpansIsRefused() {
    String lost =
        FILE.replace(
            "traces: {receivers: [otlp], processors: []",
            "traces: {receivers: [otlp], processors: [attributes]");
    assertThatThrownBy(() -> start(lost).close())
        .isInstanceOf(StartException.class)
        .hasMessageContaining(
            "service.pipelines.traces/made: the connector \"spanmetrics\" reads stored spans, and"
                + " cannot get those of the receiver \"otlp\"");
  }

  private static long seconds() {
    return System.currentTimeMillis() / 1000;
  }

  private Platform start(String collector) throws IOException {
    List<String> ports = new ArrayList<>();
    for (ListenerName name : ListenerName.values()) {
      ports.add(name.word() + ": 0");
    }
    Files.writeString(folder.resolve("otelcol.yml"), collector);
    Path config =
        Files.writeString(
            folder.resolve("ghostworks.yml"),
            """
            listen: {ports: {%s}}
            files: {collector: otelcol.yml}
            metrics_generator: {collection_interval: 1s}
            """
                .formatted(String.join(", ", ports)));
    return Platform.start(
        new ServeOptions(
            Optional.of(config),
            folder.resolve("data"),
            0,
            "127.0.0.1",
            Optional.empty(),
            Optional.empty(),
            false));
  }

  private static void send(Platform platform, int trace) {
    String body =
        """
        {"resourceSpans":[
          {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"front"}}]},
           "scopeSpans":[{"spans":[%s]}]},
          {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"api"}}]},
           "scopeSpans":[{"spans":[%s]}]}]}
        """
            .formatted(span(trace, 2, 1, 3, "call", 2), span(trace, 3, 2, 2, "GET /", 0));
    Client.Reply reply =
        new Client(platform.address(ListenerName.OTLP_HTTP))
            .post("/v1/traces", "application/json", body.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  private static String span(int trace, int id, int parent, int kind, String name, int status) {
    long now = System.currentTimeMillis() * 1_000_000L;
    String events =
        kind == 3
            ? "{\"name\":\"exception\",\"attributes\":[{\"key\":\"exception.type\",\"value\":{\"stringValue\":\"Oops\"}}]}"
            : "";
    return """
    {"traceId":"%032x","spanId":"%016x","parentSpanId":"%016x","kind":%d,"name":"%s",
     "startTimeUnixNano":"%d","endTimeUnixNano":"%d","status":{"code":%d},"events":[%s]}
    """
        .formatted(trace, id, parent, kind, name, now - 50_000_000L, now, status, events);
  }

  /** Asks until a query gives a value; samples are made once a second. */
  private static void await(Platform platform, String query, double value) {
    String answer = "";
    long until = System.nanoTime() + 20_000_000_000L;
    while (System.nanoTime() < until) {
      answer =
          get(
              platform,
              "/prometheus/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
      if (json(answer).at("/data/result/0/value/1").asDouble(-1) == value) {
        return;
      }
    }
    assertThat(answer).as(query).contains("\"" + value + "\"");
  }

  private static String get(Platform platform, String target) {
    Client.Reply reply = new Client(platform.address(ListenerName.WEB)).get(target);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.text();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }
}
