package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.testing.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    TreeSet<String> documented = new TreeSet<>();
    document
        .get("paths")
        .properties()
        .forEach(path ->
            METHODS.stream()
                .filter(path.getValue()::has)
                .forEach(method -> documented.add(method + " " + path.getKey())));
    TreeSet<String> routed = new TreeSet<>();
    for (Route route : platform.routes().of(ListenerName.WEB)) {
      if (route.path().startsWith("/api/platform/")) {
        route
            .methods()
            .forEach(method -> routed.add(method.toLowerCase(Locale.ROOT) + " " + route.path()));
      }
    }
    assertThat(documented).isEqualTo(routed);
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
          if (!path.getValue().has("get")) {
            return;
          }
          String needed = path.getKey().endsWith("/explain") ? "?query=up&analyze=true" : "";
          Client.Reply reply = client().get(path.getKey() + needed);
          assertThat(reply.status()).as(path.getKey()).isEqualTo(200);
          compare(
              path.getKey(),
              path.getValue().at("/get/responses/200/content/application~1json/schema"),
              json(reply),
              mistakes);
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
      compare("refusal", document.at("/components/schemas/Refusal"), json(reply), mistakes);
    }
    assertThat(mistakes).isEmpty();
  }

  /** Required properties are there, unknown ones are not, and the types are the described ones. */
  private static void compare(
      String place, JsonNode described, JsonNode value, List<String> mistakes) {
    JsonNode schema = resolve(described);
    String type = schema.path("type").asText();
    boolean fits =
        switch (type) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isTextual();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          default -> false;
        };
    if (!fits) {
      mistakes.add("%s must be of type '%s', got %s".formatted(place, type, value));
      return;
    }
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      mistakes.add("%s must be one of %s, got %s".formatted(place, schema.get("enum"), value));
    }
    for (JsonNode item : value.isArray() ? value : MAPPER.createArrayNode()) {
      compare(place + "[]", schema.get("items"), item, mistakes);
    }
    if (value.isObject()) {
      schema
          .path("required")
          .forEach(name -> {
            if (!value.has(name.asText())) {
              mistakes.add("%s must have '%s'".formatted(place, name.asText()));
            }
          });
      value
          .properties()
          .forEach(property -> {
            JsonNode known = schema.path("properties").path(property.getKey());
            JsonNode of = known.isMissingNode() ? schema.path("additionalProperties") : known;
            if (of.isMissingNode()) {
              mistakes.add(
                  "%s has '%s', which is not described".formatted(place, property.getKey()));
            } else {
              compare(place + "." + property.getKey(), of, property.getValue(), mistakes);
            }
          });
    }
  }

  private static boolean contains(JsonNode array, JsonNode value) {
    for (JsonNode each : array) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode resolve(JsonNode schema) {
    return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
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
