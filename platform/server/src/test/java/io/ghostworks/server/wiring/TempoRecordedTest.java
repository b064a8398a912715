package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tempo's interface answers as Tempo 3.0 answered to the same requests over the same spans. {@code
 * src/test/tempo/record} asks a Tempo again; lists whose order Tempo leaves open are compared
 * sorted, and what an answer cost it is not compared.
 */
class TempoRecordedTest {

  private static final Path FOLDER = Path.of("src/test/tempo");

  /** Each a tenant of its own. */
  private static final List<String> SETS = List.of("shop", "odd");

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern RELATIVE = Pattern.compile("@(\\d+)@");
  private static final Pattern TIME = Pattern.compile("\"(\\d{10})(\\d{9}|\\d{3})?\"");

  /** Costs, and which spans are taken as examples. */
  private static final Set<String> OPEN = Set.of("metrics", "exemplars");

  @TempDir private static Path data;
  private static Platform platform;
  private static long start;

  @BeforeAll
  static void start() throws IOException {
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
    start = (System.currentTimeMillis() / 1000 - 100) / 60 * 60;
    for (String set : SETS) {
      Client.Reply reply =
          new Client(platform.address(ListenerName.OTLP_HTTP))
              .post(
                  "/v1/traces",
                  "application/json",
                  absolute(Files.readString(FOLDER.resolve(set).resolve("spans.json")))
                      .getBytes(StandardCharsets.UTF_8),
                  "X-Scope-OrgID",
                  set);
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @TestFactory
  Stream<DynamicTest> answersAsTempo() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String set : SETS) {
      Path answers = FOLDER.resolve(set).resolve("answers.json");
      for (JsonNode recorded : MAPPER.readTree(Files.readString(answers))) {
        tests.add(
            DynamicTest.dynamicTest(
                set + " " + recorded.get("target").asText() + " " + recorded.path("body"),
                () -> compare(set, recorded)));
      }
    }
    return tests.stream();
  }

  private static void compare(String set, JsonNode recorded) throws IOException {
    Client.Reply reply = reply(set, recorded);
    assertThat(reply.status()).as(reply.text()).isEqualTo(recorded.get("status").asInt());
    JsonNode expected = recorded.get("answer");
    if (expected.isTextual()) {
      assertThat(reply.text()).isEqualTo(expected.asText());
      return;
    }
    boolean byTags = recorded.get("target").asText().contains("tags=");
    JsonNode answer = MAPPER.readTree(relative(reply.text()));
    assertThat(normal(answer, byTags)).isEqualTo(normal(expected, byTags));
    boolean exemplars = expected.findParent("exemplars") != null;
    if (exemplars && recorded.get("target").asText().contains("count_over_time")) {
      assertThat(answer.findParent("exemplars")).as("exemplars").isNotNull();
    }
  }

  private static Client.Reply reply(String set, JsonNode recorded) {
    List<String> headers = new ArrayList<>(List.of("X-Scope-OrgID", set));
    recorded
        .path("headers")
        .properties()
        .forEach(header -> {
          headers.add(header.getKey());
          headers.add(header.getValue().asText());
        });
    String target = absolute(recorded.get("target").asText());
    String[] all = headers.toArray(String[]::new);
    Client client = new Client(platform.address(ListenerName.TEMPO));
    return recorded.has("body")
        ? client.post(
            target,
            "application/json",
            recorded.get("body").toString().getBytes(StandardCharsets.UTF_8),
            all)
        : client.get(target, all);
  }

  /**
   * Sorted, without what is open and what is empty; a search by tags without its spans, which Tempo
   * does not give there.
   */
  private static JsonNode normal(JsonNode node, boolean byTags) {
    if (node instanceof ObjectNode object) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      object
          .properties()
          .forEach(field -> {
            JsonNode value = normal(field.getValue(), byTags);
            boolean spans = byTags && field.getKey().matches("spanSets?|serviceStats");
            if (!OPEN.contains(field.getKey())
                && !spans
                && !(value.isObject() && value.isEmpty())) {
              sorted.put(field.getKey(), value);
            }
          });
      return MAPPER.createObjectNode().setAll(sorted);
    }
    if (node instanceof ArrayNode array) {
      List<JsonNode> sorted = new ArrayList<>();
      array.forEach(one -> sorted.add(normal(one, byTags)));
      boolean ordered = array.size() > 0 && array.get(0).has("traceID");
      if (!ordered) {
        sorted.sort(Comparator.comparing(JsonNode::toString));
      }
      return MAPPER.createArrayNode().addAll(sorted);
    }
    // The order of a sum may show in the last digits.
    return node.isNumber()
        ? MAPPER.getNodeFactory().textNode("%.13g".formatted(node.asDouble()))
        : node;
  }

  private static String absolute(String text) {
    Matcher matcher = RELATIVE.matcher(text);
    StringBuilder absolute = new StringBuilder();
    int from = 0;
    while (matcher.find(from)) {
      absolute.append(text, from, matcher.start()).append(start + Long.parseLong(matcher.group(1)));
      from = matcher.end();
    }
    return absolute.append(text, from, text.length()).toString();
  }

  private static String relative(String text) {
    Matcher matcher = TIME.matcher(text);
    StringBuilder relative = new StringBuilder();
    int from = 0;
    while (matcher.find(from)) {
      long offset = Long.parseLong(matcher.group(1)) - start;
      String rest = matcher.group(2) == null ? "" : matcher.group(2);
      relative.append(text, from, matcher.start());
      relative.append(
          offset >= 0 && offset <= 3600 ? "\"@%d@%s\"".formatted(offset, rest) : matcher.group());
      from = matcher.end();
    }
    return relative.append(text, from, text.length()).toString();
  }
}
