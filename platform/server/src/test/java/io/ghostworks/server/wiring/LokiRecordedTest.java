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
 * Loki's API answers as Loki 3.5 answered to the same requests over the same records, those of
 * Grafana's data source among them. {@code src/test/loki/record} asks a Loki again; lists whose
 * order Loki leaves open are compared sorted.
 */
class LokiRecordedTest {

  private static final Path FOLDER = Path.of("src/test/loki");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern RELATIVE = Pattern.compile("@(\\d+)@");
  private static final Pattern TIME =
      Pattern.compile("([\\[,:])\"?(\\d{10})(\\d{9}|\\.\\d{1,3})?\"?([\\],}])");

  /** Loki tells what its chunks have, which are not flushed here. */
  private static final Pattern ESTIMATES = Pattern.compile("/index/(stats|volume|shards)");

  private static final Set<String> ESTIMATED =
      Set.of("value", "values", "stats", "bytes", "chunks", "streams", "entries");

  @TempDir private static Path data;
  private static Platform platform;
  private static long start;

  @BeforeAll
  static void start() throws IOException {
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
    start = (System.currentTimeMillis() / 1000 - 500) / 300 * 300;
    JsonNode pushes = MAPPER.readTree(Files.readString(FOLDER.resolve("pushes.json")));
    for (String tenant : List.of("recorded-1", "recorded-2")) {
      Client.Reply reply =
          client()
              .post(
                  "/loki/api/v1/push",
                  "application/json",
                  absolute(pushes.get(tenant).toString()).getBytes(StandardCharsets.UTF_8),
                  "X-Scope-OrgID",
                  tenant);
      assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    }
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @TestFactory
  Stream<DynamicTest> answersAsLoki() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode recorded : MAPPER.readTree(Files.readString(FOLDER.resolve("answers.json")))) {
      tests.add(
          DynamicTest.dynamicTest(
              recorded.get("target").asText() + " " + recorded.path("form").asText(),
              () -> compare(recorded)));
    }
    return tests.stream();
  }

  private static void compare(JsonNode recorded) throws IOException {
    Client.Reply reply = reply(recorded);
    assertThat(reply.status()).as(reply.text()).isEqualTo(recorded.get("status").asInt());
    JsonNode expected = recorded.get("body");
    if (expected.isTextual()) {
      assertThat(reply.text()).isEqualTo(expected.asText());
      return;
    }
    JsonNode given = MAPPER.readTree(relative(reply.text()));
    checkStatistics(given.path("data").path("stats"));
    if (given.path("data") instanceof ObjectNode answer) {
      answer.remove("stats");
    }
    ((ObjectNode) given).remove("statistics");
    boolean estimated = ESTIMATES.matcher(recorded.get("target").asText()).find();
    assertThat(normal(given, estimated)).isEqualTo(normal(expected, estimated));
  }

  private static Client.Reply reply(JsonNode recorded) {
    List<String> headers = new ArrayList<>();
    headers.add("X-Scope-OrgID");
    headers.add(recorded.path("tenant").asText("recorded-1"));
    recorded
        .path("headers")
        .properties()
        .forEach(header -> {
          headers.add(header.getKey());
          headers.add(header.getValue().asText());
        });
    String target = absolute(recorded.get("target").asText());
    String[] all = headers.toArray(String[]::new);
    return recorded.has("form")
        ? client()
            .post(
                target,
                "application/x-www-form-urlencoded",
                absolute(recorded.get("form").asText()).getBytes(StandardCharsets.UTF_8),
                all)
        : client().get(target, all);
  }

  private static void checkStatistics(JsonNode statistics) throws IOException {
    if (statistics.isObject()) {
      JsonNode names = MAPPER.readTree(Files.readString(FOLDER.resolve("statistics.json")));
      assertThat(shape(statistics)).isEqualTo(shape(names));
    }
  }

  /** The same objects with nothing but zeros. */
  private static JsonNode shape(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      return MAPPER.getNodeFactory().numberNode(0);
    }
    ObjectNode shape = MAPPER.createObjectNode();
    object.properties().forEach(field -> shape.set(field.getKey(), shape(field.getValue())));
    return shape;
  }

  /** Arrays of objects and of texts sorted; numbers that Loki estimates left out. */
  private static JsonNode normal(JsonNode node, boolean estimated) {
    if (node instanceof ObjectNode object) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      object
          .properties()
          .forEach(field ->
              sorted.put(
                  field.getKey(),
                  estimated && ESTIMATED.contains(field.getKey())
                      ? shape(field.getValue())
                      : normal(field.getValue(), estimated)));
      return MAPPER.createObjectNode().setAll(sorted);
    }
    if (node instanceof ArrayNode array && array.size() > 0 && !array.get(0).isArray()) {
      List<JsonNode> sorted = new ArrayList<>();
      array.forEach(one -> sorted.add(normal(one, estimated)));
      if (!array.get(0).asText().startsWith("@")) { // a line and its time stay as they are
        sorted.sort(Comparator.comparing(JsonNode::toString));
      }
      return MAPPER.createArrayNode().addAll(sorted);
    }
    return node;
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
      relative.append(text, from, matcher.start(2) - (quoted(text, matcher) ? 1 : 0));
      long offset = Long.parseLong(matcher.group(2)) - start;
      String rest = matcher.group(3) == null ? "" : matcher.group(3);
      relative.append(
          offset >= 0 && offset <= 3600
              ? "\"@%d@%s\"".formatted(offset, rest)
              : text.substring(
                  matcher.start(2) - (quoted(text, matcher) ? 1 : 0), matcher.start(4)));
      from = matcher.start(4);
    }
    return relative.append(text, from, text.length()).toString();
  }

  private static boolean quoted(String text, Matcher matcher) {
    return text.charAt(matcher.start(2) - 1) == '"';
  }

  private static Client client() {
    return new Client(platform.address(ListenerName.LOKI));
  }
}
