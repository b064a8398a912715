package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What Grafana's service graph and span metrics ask for is there, made of what is sent. */
class SpanMetricsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void aServiceGraphIsMadeOfSpansAndGoesOnAfterARestart() throws IOException {
    try (Platform platform = start()) {
      send(platform, 1);
      send(platform, 2);
      await(
          platform, "sum(traces_service_graph_request_total{client=\"front\",server=\"api\"})", 2);
      await(
          platform,
          "sum by (client, server) (rate(traces_service_graph_request_total{server=\"api\"}[5m])) >"
              + " bool 0",
          1);
      await(platform, "sum(traces_service_graph_request_failed_total)", 2);
      await(
          platform,
          "histogram_quantile(.9, sum by (le)"
              + " (traces_service_graph_request_server_seconds_bucket{server=\"api\"})) < bool 1",
          1);
      await(
          platform,
          "sum(traces_spanmetrics_calls_total{span_kind=\"SPAN_KIND_SERVER\",span_name=\"GET /\"})",
          2);
      await(platform, "sum(traces_spanmetrics_latency_count{service=\"front\"})", 2);
      JsonNode dependencies = json(get(platform, "/api/platform/traces/dependencies"));
      JsonNode first = dependencies.at("/dependencies/0");
      assertThat(first.get("caller").asText()).isEqualTo("front");
      assertThat(first.get("callee").asText()).isEqualTo("api");
      assertThat(first.get("calls").asDouble()).isEqualTo(2);
      assertThat(first.get("errors").asDouble()).isEqualTo(2);
      assertThat(get(platform, "/api/platform/traces/dependencies?source=series"))
          .contains("\"caller\":\"front\",\"callee\":\"api\"");
      assertThat(
              get(
                  platform,
                  "/prometheus/api/v1/query_exemplars?query=traces_spanmetrics_latency_bucket&start=%d&end=%d"
                      .formatted(seconds() - 600, seconds() + 600)))
          .contains("traceID");
    }
    try (Platform platform = start()) {
      send(platform, 3);
      await(
          platform, "sum(traces_service_graph_request_total{client=\"front\",server=\"api\"})", 3);
      await(platform, "sum(traces_spanmetrics_calls_total{service=\"api\"})", 3);
    }
  }

  private static long seconds() {
    return System.currentTimeMillis() / 1000;
  }

  private Platform start() throws IOException {
    List<String> ports = new ArrayList<>();
    for (ListenerName name : ListenerName.values()) {
      ports.add(name.word() + ": 0");
    }
    Path config =
        Files.writeString(
            folder.resolve("ghostworks.yml"),
            """
            listen: {ports: {%s}}
            metrics_generator: {collection_interval: 1s, processor: {service_graphs: {wait: 1s}}}
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
    return """
    {"traceId":"%032x","spanId":"%016x","parentSpanId":"%016x","kind":%d,"name":"%s",
     "startTimeUnixNano":"%d","endTimeUnixNano":"%d","status":{"code":%d}}
    """
        .formatted(trace, id, parent, kind, name, now - 50_000_000L, now, status);
  }

  /** Asks until a query gives a value; the generator writes once a second. */
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
