package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.DescribedShape;
import io.ghostworks.server.testing.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** docs/openapi.yaml against the routes and the answers of a running platform. */
class OpenApiTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch");

  @TempDir private static Path data;
  private static Platform platform;
  private static JsonNode document;

  @BeforeAll
  static void start() throws IOException {
    String text = Files.readString(Path.of("../../docs/openapi.yaml"));
    document = MAPPER.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void namesExactlyTheRoutesThatAreOurOwn() {
    assertThat(documented("/api/platform/")).isEqualTo(routed(ListenerName.WEB, "/api/platform/"));
  }

  @Test
  void namesExactlyTheRoutesOfPrometheussInterface() {
    assertThat(documented("/api/v1/")).isEqualTo(routed(ListenerName.PROMETHEUS, "/api/v1/"));
  }

  @Test
  void namesExactlyTheRoutesOfTheInterfacesOfTraces() {
    for (String below : List.of("/tempo/", "/jaeger/", "/zipkin/")) {
      Set<String> routed = routed(ListenerName.WEB, below);
      routed.removeIf(route -> route.endsWith(" /tempo/api/overrides")); // Always refused.
      assertThat(documented(below)).as(below).isEqualTo(routed);
    }
  }

  @Test
  void namesExactlyTheRoutesOfAlertmanagersInterface() {
    assertThat(documented("/alertmanager/")).isEqualTo(routed(ListenerName.WEB, "/alertmanager/"));
  }

  @Test
  void namesExactlyTheRoutesOfGrafanasInterface() {
    for (String below :
        List.of(
            "/api/dashboards/",
            "/api/folders",
            "/api/search",
            "/api/annotations",
            "/api/datasources",
            "/api/ds/",
            "/api/user",
            "/api/library-elements",
            "/api/frontend/")) {
      assertThat(documented(below)).as(below).isEqualTo(routed(ListenerName.WEB, below));
    }
  }

  private static Set<String> documented(String below) {
    Set<String> documented = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      if (path.getKey().startsWith(below)) {
        METHODS.stream()
            .filter(path.getValue()::has)
            .forEach(method -> documented.add(method + " " + path.getKey()));
      }
    }
    return documented;
  }

  private static Set<String> routed(ListenerName listener, String below) {
    Set<String> routed = new TreeSet<>();
    for (Route route : platform.routes().of(listener)) {
      if (route.path().startsWith(below)) {
        route
            .methods()
            .forEach(method ->
                routed.add(
                    method.toLowerCase(Locale.ROOT) + " " + route.path().replace("{*", "{")));
      }
    }
    return routed;
  }

  @Test
  void describesTheAnswers() throws IOException {
    Telemetry telemetry = new Telemetry("documented", System.currentTimeMillis());
    assertThat(
            new Client(platform.address(ListenerName.OTLP_HTTP))
                .post("/v1/traces", "application/json", telemetry.traces())
                .status())
        .isEqualTo(200);
    List<String> mistakes = new ArrayList<>();
    document
        .get("paths")
        .properties()
        .forEach(path -> {
          // Under {id} stands what has to be made first, which its own tests do.
          if (!path.getValue().has("get")
              || !path.getKey().startsWith("/api/platform/")
              || path.getKey().contains("{id}")
              || path.getKey().contains("{uid}")) {
            return;
          }
          String needed =
              switch (path.getKey().substring(path.getKey().lastIndexOf('/'))) {
                case "/why" -> "?label=alertname=Down";
                case "/explain" -> "?query=up&analyze=true";
                case "/context" -> "?time=1&query=%7Ba=%22b%22%7D";
                case "/search" ->
                    "?query=%7Bservice_name=~%22.%2B%22%7D&facets=true&top=service_name";
                case "/compare" -> "?left=%1$s&right=%1$s".formatted(Telemetry.TRACE_ID);
                case "/compare-sets" -> "?selection=%7B%7D&baseline=%7B%7D";
                default -> "";
              };
          Client.Reply reply =
              client().get(path.getKey().replace("{traceId}", Telemetry.TRACE_ID) + needed);
          assertThat(reply.status()).as(path.getKey()).isEqualTo(200);
          mistakes.addAll(
              new DescribedShape(document)
                  .mistakes(
                      path.getKey(),
                      path.getValue().at("/get/responses/200/content/application~1json/schema"),
                      json(reply)));
        });
    assertThat(mistakes).isEmpty();
    assertThat(json(client().get("/api/platform/services")).at("/services/0/name").asText())
        .isEqualTo("documented-service");
  }

  @Test
  void describesTheRefusals() {
    List<String> mistakes = new ArrayList<>();
    List<Client.Reply> refused =
        List.of(
            client().get("/api/platform/notifications?limit=0"),
            client().get("/api/platform/notifications?limit=x"),
            client().get("/api/platform/services?windowSeconds=1"),
            client().get("/api/platform/status", "X-Scope-OrgID", "team-b"),
            client().get("/api/platform/status", "Host", "ghostworks.example"));
    for (Client.Reply reply : refused) {
      assertThat(reply.status()).isIn(400, 401, 403);
      mistakes.addAll(
          new DescribedShape(document)
              .mistakes("refusal", document.at("/components/schemas/Refusal"), json(reply)));
    }
    assertThat(mistakes).isEmpty();
  }

  private static JsonNode json(Client.Reply reply) {
    try {
      return MAPPER.readTree(reply.body());
    } catch (IOException e) {
      throw new AssertionError(reply.text(), e);
    }
  }

  private static Client client() {
    return new Client(platform.address(ListenerName.WEB));
  }
}
