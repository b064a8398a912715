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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the section otlp of a prometheus.yml makes of metrics that come over OTLP. */
class OtlpNamingTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "UnderscoreEscapingWithSuffixes, http_server_duration_seconds, jobs_done_total, http_route",
    "UnderscoreEscapingWithoutSuffixes, http_server_duration, jobs_done, http_route",
    "NoUTF8EscapingWithSuffixes, http.server.duration_seconds, jobs.done_total, http.route",
    "NoTranslation, http.server.duration, jobs.done, http.route"
  })
  void namesMetricsByTheStrategy(String strategy, String gauge, String counter, String label)
      throws IOException {
    try (Platform platform = start("otlp: {translation_strategy: %s}\n".formatted(strategy))) {
      send(platform);
      Map<String, String> duration = series(platform, gauge).getFirst();
      assertThat(duration).containsEntry(label, "/a").containsEntry("job", "shop/api");
      assertThat(duration).containsEntry("otel_scope_name", "lib");
      assertThat(duration).containsValue("eleven").doesNotContainValue("linux");
      assertThat(series(platform, counter)).hasSize(1);
      assertThat(series(platform, "target_info").getFirst()).containsValue("linux");
    }
  }

  @Test
  void promotesTheAttributesThatAreNamed() throws IOException {
    String file =
        """
        otlp:
          promote_resource_attributes: [os.type]
          promote_scope_metadata: false
          keep_identifying_resource_attributes: true
        """;
    try (Platform platform = start(file)) {
      send(platform);
      assertThat(series(platform, "http_server_duration_seconds").getFirst())
          .containsOnlyKeys("__name__", "http_route", "instance", "job", "os_type");
      assertThat(series(platform, "target_info").getFirst())
          .containsEntry("service_name", "api")
          .containsEntry("tenant_id", "eleven");
    }
  }

  @Test
  void histogramsBecomeNativeAndSeriesTellTypeAndUnitWhereWanted() throws IOException {
    try (Platform platform =
        start(
            "otlp: {convert_histograms_to_nhcb: true}\n",
            "ingest: {type_and_unit_labels: true}\n")) {
      send(platform);
      assertThat(series(platform, "http_server_duration_seconds").getFirst())
          .containsEntry("__type__", "gauge")
          .containsEntry("__unit__", "seconds");
      String sizes =
          new Client(platform.address(ListenerName.PROMETHEUS))
              .get("/api/v1/query?query=sizes_bytes")
              .text();
      assertThat(sizes)
          .contains("\"__type__\":\"histogram\"", "\"count\":\"6\"", "\"sum\":\"30\"")
          .contains("\"5\",\"10\",\"3\"");
      assertThat(
              new Client(platform.address(ListenerName.PROMETHEUS)).get("/api/v1/features").text())
          .contains("\"type_and_unit_labels\":true");
    }
  }

  private Platform start(String prometheus) throws IOException {
    return start(prometheus, "");
  }

  private Platform start(String prometheus, String more) throws IOException {
    Files.writeString(folder.resolve("prometheus.yml"), prometheus);
    Path config =
        Files.writeString(
            folder.resolve("ghostworks.yml"),
            "files: {prometheus: prometheus.yml}\nlisten: {ports: {%s}}\n%s"
                .formatted(freePorts(), more));
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

  private static String freePorts() {
    List<String> ports = new ArrayList<>();
    for (ListenerName name : ListenerName.values()) {
      ports.add(name.word() + ": 0");
    }
    return String.join(", ", ports);
  }

  private static void send(Platform platform) {
    long nanos = System.currentTimeMillis() * 1_000_000L;
    String body =
        """
        {"resourceMetrics":[{"resource":{"attributes":[
          {"key":"service.name","value":{"stringValue":"api"}},
          {"key":"service.namespace","value":{"stringValue":"shop"}},
          {"key":"service.instance.id","value":{"stringValue":"i-1"}},
          {"key":"tenant.id","value":{"stringValue":"eleven"}},
          {"key":"os.type","value":{"stringValue":"linux"}}]},
        "scopeMetrics":[{"scope":{"name":"lib"},"metrics":[
          {"name":"http.server.duration","unit":"s","gauge":{"dataPoints":[{"timeUnixNano":"%1$d","asDouble":1.5,
            "attributes":[{"key":"http.route","value":{"stringValue":"/a"}}]}]}},
          {"name":"jobs.done","sum":{"aggregationTemporality":2,"isMonotonic":true,
            "dataPoints":[{"timeUnixNano":"%1$d","asInt":"3"}]}},
          {"name":"sizes","unit":"By","histogram":{"aggregationTemporality":2,
            "dataPoints":[{"timeUnixNano":"%1$d","count":"6","sum":30,
              "explicitBounds":[5,10],"bucketCounts":["2","3","1"]}]}}]}]}]}
        """
            .formatted(nanos);
    Client.Reply reply =
        new Client(platform.address(ListenerName.OTLP_HTTP))
            .post("/v1/metrics", "application/json", body.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("{}");
  }

  private static List<Map<String, String>> series(Platform platform, String name)
      throws IOException {
    String query = URLEncoder.encode("{\"%s\"}".formatted(name), StandardCharsets.UTF_8);
    JsonNode answer =
        JSON.readTree(
            new Client(platform.address(ListenerName.PROMETHEUS))
                .get("/api/v1/query?query=" + query)
                .body());
    List<Map<String, String>> found = new ArrayList<>();
    for (JsonNode element : answer.at("/data/result")) {
      Map<String, String> labels = new TreeMap<>();
      element
          .get("metric")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      found.add(labels);
    }
    assertThat(found).as(name).isNotEmpty();
    return found;
  }
}
