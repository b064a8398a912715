package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.DescribedShape;
import io.ghostworks.wire.compress.ContentCoding;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Prometheus's own description of its HTTP API ({@code
 * GHOSTWORKS_SHARED/conformance/prometheus-api/openapi-3.1.yaml}) against a running platform: each
 * operation is called with each example of each parameter, as query and as form.
 */
class PrometheusDescriptionTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Where Prometheus answers another status than its description says. */
  private static final Map<String, Integer> STATUS_AS_ANSWERED =
      Map.of(
          "/read", 200,
          "/otlp/v1/metrics", 200,
          "/admin/tsdb/delete_series", 204,
          "/admin/tsdb/clean_tombstones", 204);

  /** What Prometheus answers where dropped targets were not asked for. */
  private static final String NULL_AS_ANSWERED =
      ".data.droppedTargetCounts must be of type 'object', got null";

  /** What examples name that is not here: a scrape pool of another name. */
  private static final Map<String, String> EXAMPLES_HERE = Map.of("scrapePool", "prometheus");

  @TempDir private static Path data;
  private static JsonNode theirs;
  private static JsonNode ours;
  private static Platform platform;

  private record Call(String method, String path, String target, String form) {}

  @BeforeAll
  static void start() throws IOException {
    String shared = System.getenv("GHOSTWORKS_SHARED");
    assumeTrue(shared != null, "GHOSTWORKS_SHARED is not set");
    theirs = yaml(Path.of(shared, "conformance/prometheus-api/openapi-3.1.yaml"));
    ours = yaml(Path.of("../../docs/openapi.yaml"));
    Path config = data.resolve("ghostworks.yml");
    Files.writeString(
        data.resolve("rules.yml"),
        "groups: [{name: g, rules: [{record: 'a:b', expr: up}, {alert: A, expr: up == 0}]}]\n");
    Files.writeString(
        data.resolve("prometheus.yml"),
        """
        rule_files: [rules.yml]
        scrape_configs:
          - job_name: prometheus
            static_configs: [{targets: ['127.0.0.1:1']}]
        """);
    Files.writeString(config, "files: {prometheus: prometheus.yml}\nlisten: {admin_api: true}\n");
    platform =
        Platform.start(
            new ServeOptions(
                Optional.of(config),
                data.resolve("data"),
                0,
                "127.0.0.1",
                Optional.empty(),
                Optional.empty(),
                true));
  }

  @AfterAll
  static void stop() {
    if (platform != null) {
      platform.close();
    }
  }

  @Test
  void everyOperationAnswersAsDescribed() {
    DescribedShape shape = new DescribedShape(theirs);
    List<String> mistakes = new ArrayList<>();
    int calls = 0;
    for (Map.Entry<String, JsonNode> path : theirs.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        for (Call call : calls(path.getKey(), operation.getKey(), operation.getValue())) {
          calls++;
          check(call, path.getKey(), operation.getValue(), shape, mistakes);
        }
      }
    }
    mistakes.removeIf(mistake -> mistake.endsWith(NULL_AS_ANSWERED));
    assertThat(mistakes).isEmpty();
    assertThat(calls).isGreaterThan(100);
  }

  @Test
  void ourDescriptionHasEveryOperationAndParameter() {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : theirs.get("paths").properties()) {
      JsonNode here = ours.get("paths").path("/api/v1" + path.getKey());
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        String place = operation.getKey() + " " + path.getKey();
        JsonNode described = here.path(operation.getKey());
        if (described.isMissingNode()) {
          missing.add(place);
          continue;
        }
        for (JsonNode parameter : operation.getValue().path("parameters")) {
          boolean there =
              stream(described.path("parameters"))
                  .anyMatch(own -> own.get("name").equals(parameter.get("name")));
          if (!there) {
            missing.add(place + " " + parameter.get("name").asText());
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void theRouterAnswersAsPrometheussDoes() {
    Client client = new Client(platform.address(ListenerName.PROMETHEUS));
    Client.Reply unknown = client.get("/api/v1/nothing");
    assertThat(unknown.status() + " " + unknown.text()).isEqualTo("404 404 page not found\n");
    Client.Reply wrong = client.send("DELETE", "/api/v1/query", new byte[0]);
    assertThat(wrong.status() + " " + wrong.text()).isEqualTo("405 Method Not Allowed\n");
    assertThat(wrong.header("allow")).isEqualTo("GET, OPTIONS, POST");
    assertThat(client.send("OPTIONS", "/api/v1/nothing", new byte[0]).status()).isEqualTo(204);
    assertThat(client.send("OPTIONS", "/nothing", new byte[0]).status()).isEqualTo(404);
    Client.Reply slash = client.get("/api/v1/query/?query=1");
    assertThat(slash.status() + " " + slash.header("location"))
        .isEqualTo("301 /api/v1/query?query=1");
    assertThat(client.post("/api/v1/query/", FORM, new byte[0]).status()).isEqualTo(308);
    Client.Reply unreadable = client.get("/api/v1/label/%00/values");
    assertThat(unreadable.status() + " " + unreadable.header("content-type"))
        .isEqualTo("400 application/json");
  }

  @Test
  void itsOwnMetricsAreAnsweredAsProtobufWritesThem() {
    Client client = new Client(platform.address(ListenerName.PROMETHEUS));
    JsonNode families =
        json(client.get("/api/v1/status/self_metrics?metric_name_pattern=ghostworks_quer.*max"))
            .get("data");
    assertThat(families.toString())
        .isEqualTo(
            "[{\"name\":\"ghostworks_queries_running_max\",\"help\":\"Evaluations that may run at"
                + " once.\",\"type\":\"GAUGE\",\"metric\":[{\"gauge\":{\"value\":20}}]}]");
    JsonNode all = json(client.get("/api/v1/status/self_metrics")).get("data");
    JsonNode histogram =
        stream(all)
            .filter(family -> family.get("type").asText().equals("HISTOGRAM"))
            .findFirst()
            .orElseThrow()
            .at("/metric/0/histogram");
    assertThat(histogram.get("sampleCount").asText()).matches("\\d+");
    assertThat(histogram.at("/bucket/0/cumulativeCount").isTextual()).isTrue();
    for (String refused : List.of("(", "((a%7B1000%7D)%7B1000%7D)%7B1000%7D")) {
      assertThat(client.get("/api/v1/status/self_metrics?metric_name_pattern=" + refused).status())
          .isEqualTo(400);
    }
  }

  @Test
  void theDescriptionIsServed() throws IOException {
    Client.Reply reply =
        new Client(platform.address(ListenerName.PROMETHEUS)).get("/api/v1/openapi.yaml");
    assertThat(reply.header("content-type")).isEqualTo("application/yaml; charset=utf-8");
    assertThat(reply.text()).isEqualTo(Files.readString(Path.of("../../docs/openapi.yaml")));
  }

  /** One for each example, with those parameters beside it that are required; one with all. */
  private static List<Call> calls(String path, String method, JsonNode operation) {
    JsonNode form = operation.at("/requestBody/content/application~1x-www-form-urlencoded");
    if (!form.isMissingNode()) {
      return stream(form.path("examples"))
          .map(example -> {
            List<String> pairs = new ArrayList<>();
            example
                .get("value")
                .properties()
                .forEach(pair -> pairs.addAll(encoded(pair.getKey(), pair.getValue())));
            return new Call("POST", path, path, String.join("&", pairs));
          })
          .toList();
    }
    List<Call> calls = new ArrayList<>();
    List<JsonNode> parameters =
        stream(operation.path("parameters"))
            .filter(parameter -> parameter.get("in").asText().equals("query"))
            .toList();
    String target = path.replace("{name}", "job");
    for (JsonNode parameter : parameters) {
      for (JsonNode example : examples(parameter)) {
        List<String> pairs = encoded(parameter.get("name").asText(), example);
        calls.add(call(method, path, target, pairs, parameters, parameter, false));
        calls.add(call(method, path, target, pairs, parameters, parameter, true));
      }
    }
    if (calls.isEmpty()) {
      calls.add(new Call(method.toUpperCase(java.util.Locale.ROOT), path, target, ""));
    }
    return calls;
  }

  private static Call call(
      String method,
      String path,
      String target,
      List<String> pairs,
      List<JsonNode> parameters,
      JsonNode but,
      boolean optionalOnes) {
    List<String> all = new ArrayList<>(pairs);
    for (JsonNode other : parameters) {
      List<JsonNode> examples = examples(other);
      // A page cannot be continued whose beginning was never asked for.
      // Searches begin an hour ago by default, which is after the examples' end.
      boolean needed =
          other.path("required").asBoolean()
              || (path.startsWith("/search/") && other.get("name").asText().equals("start"));
      boolean wanted =
          (optionalOnes && !other.get("name").asText().equals("group_next_token")) || needed;
      if (!other.equals(but) && wanted && !examples.isEmpty()) {
        all.addAll(encoded(other.get("name").asText(), examples.getFirst()));
      }
    }
    return new Call(
        method.toUpperCase(java.util.Locale.ROOT), path, target + "?" + String.join("&", all), "");
  }

  private static List<JsonNode> examples(JsonNode parameter) {
    return stream(parameter.path("examples")).map(example -> example.get("value")).toList();
  }

  private static List<String> encoded(String name, JsonNode value) {
    if (value.isArray()) {
      return stream(value).flatMap(one -> encoded(name, one).stream()).toList();
    }
    String text = EXAMPLES_HERE.getOrDefault(name, value.asText());
    return List.of(
        URLEncoder.encode(name, StandardCharsets.UTF_8)
            + "="
            + URLEncoder.encode(text, StandardCharsets.UTF_8));
  }

  private static void check(
      Call call, String path, JsonNode operation, DescribedShape shape, List<String> mistakes) {
    Client.Reply reply = send(call);
    String place = call.method + " " + call.target + " " + call.form;
    Map.Entry<String, JsonNode> described =
        operation.get("responses").properties().iterator().next();
    int wanted = STATUS_AS_ANSWERED.getOrDefault(path, Integer.parseInt(described.getKey()));
    if (call.target.contains("group_next_token")) {
      wanted = 400; // there is no such page
    }
    if (reply.status() != wanted) {
      mistakes.add(
          "%s: %d instead of %d: %s".formatted(place, reply.status(), wanted, reply.text()));
      return;
    }
    JsonNode contents =
        wanted < 300
            ? described.getValue().path("content")
            : operation.at("/responses/default/content");
    String type = reply.header("content-type").replaceAll(";.*", "");
    if (contents.isEmpty() || reply.body().length == 0) {
      return;
    }
    if (!contents.has(type)) {
      mistakes.add("%s: the content type '%s' is not described".formatted(place, type));
    } else if (type.equals("application/json")) {
      mistakes.addAll(shape.mistakes(place, contents.get(type).get("schema"), json(reply)));
    }
  }

  private static Client.Reply send(Call call) {
    Client client = new Client(platform.address(ListenerName.PROMETHEUS));
    String target = "/api/v1" + call.target;
    if (!call.form.isEmpty()) {
      return client.post(target, FORM, call.form.getBytes(StandardCharsets.UTF_8));
    }
    return switch (call.path) {
      case "/write", "/read" ->
          client.post(
              target,
              "application/x-protobuf",
              ContentCoding.SNAPPY.encode(new byte[0]),
              "Content-Encoding",
              "snappy");
      case "/otlp/v1/metrics" -> client.post(target, "application/x-protobuf", new byte[0]);
      default -> client.send(call.method, target, new byte[0]);
    };
  }

  private static Stream<JsonNode> stream(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false);
  }

  private static JsonNode json(Client.Reply reply) {
    try {
      return MAPPER.readTree(reply.body());
    } catch (IOException e) {
      throw new AssertionError(reply.text(), e);
    }
  }

  private static JsonNode yaml(Path file) throws IOException {
    return MAPPER.valueToTree(
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
  }
}
