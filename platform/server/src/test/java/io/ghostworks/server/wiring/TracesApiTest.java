package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of traces beyond other systems' interfaces, over HTTP. */
class TracesApiTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String FAST = "0af7651916cd43dd8448eb211c80319c";
  private static final String SLOW = "1af7651916cd43dd8448eb211c80319c";

  @TempDir private static Path data;
  private static Platform platform;
  private static long now;

  @BeforeAll
  static void start() {
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
    now = System.currentTimeMillis() * 1_000_000L - 120_000_000_000L;
    spans(
        span(FAST, 1, 0, "GET /", 0, 100, "", "eu"),
        span(FAST, 2, 1, "select", 10, 30, "", "eu"),
        span(SLOW, 1, 0, "GET /", 0, 900, "\"status\":{\"code\":2},", "us"),
        span(
            SLOW,
            2,
            1,
            "select",
            10,
            800,
            "\"status\":{\"code\":2},\"events\":[{\"timeUnixNano\":\"%d\",\"name\":\"exception\",\"attributes\":[{\"key\":\"exception.type\",\"value\":{\"stringValue\":\"Deadlock\"}}]}],"
                .formatted(now + 799_000_000L),
            "us"));
    post(
        "/v1/logs",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"traceId\":\"%s\",\"spanId\":\"0000000000000002\",\"timeUnixNano\":\"%d\",\"body\":{\"stringValue\":\"it hangs\"}},{\"timeUnixNano\":\"%d\",\"body\":{\"stringValue\":\"of no trace\"}}]}]}]}"
            .formatted(SLOW, now + 5, now + 6));
  }

  private static String span(
      String trace,
      int id,
      int parent,
      String name,
      long startMs,
      long endMs,
      String more,
      String region) {
    return "{\"traceId\":\"%s\",\"spanId\":\"%016x\",%s\"name\":\"%s\",%s\"startTimeUnixNano\":\"%d\",\"endTimeUnixNano\":\"%d\",\"attributes\":[{\"key\":\"region\",\"value\":{\"stringValue\":\"%s\"}}]}"
        .formatted(
            trace,
            id,
            parent == 0 ? "" : "\"parentSpanId\":\"%016x\",".formatted(parent),
            name,
            more,
            now + startMs * 1_000_000,
            now + endMs * 1_000_000,
            region);
  }

  private static void spans(String... spans) {
    post(
        "/v1/traces",
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}}]},\"scopeSpans\":[{\"spans\":[%s]}]}]}"
            .formatted(String.join(",", spans)));
  }

  private static void post(String path, String body) {
    Client.Reply reply =
        new Client(platform.address(ListenerName.OTLP_HTTP))
            .post(path, "application/json", body.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void tellsCriticalPathOwnWorkAndTheFirstCause() throws IOException {
    JsonNode analysis = json("/api/platform/traces/%s/analysis".formatted(SLOW));
    assertThat(analysis.at("/rootName").asText()).isEqualTo("GET /");
    assertThat(analysis.at("/arrival/complete").asBoolean()).isTrue();
    assertThat(analysis.at("/criticalPath/1/name").asText()).isEqualTo("select");
    assertThat(analysis.at("/criticalPath/1/durationNanos").asLong()).isEqualTo(790_000_000);
    assertThat(analysis.at("/operations/0/name").asText()).isEqualTo("select");
    assertThat(analysis.at("/services/0/selfNanos").asLong()).isEqualTo(900_000_000);
    assertThat(analysis.at("/firstCause/exception/type").asText()).isEqualTo("Deadlock");
    assertThat(analysis.at("/firstCause/chainLength").asInt()).isEqualTo(2);
  }

  @Test
  void lateSpansCountInTheNextAnswer() throws IOException {
    String trace = "2af7651916cd43dd8448eb211c80319c";
    spans(span(trace, 2, 1, "select", 10, 30, "", "eu"));
    JsonNode before = json("/api/platform/traces/%s/analysis".formatted(trace));
    assertThat(before.at("/arrival/rootMissing").asBoolean()).isTrue();
    assertThat(before.at("/arrival/missingParents/0").asText()).isEqualTo("0000000000000001");
    assertThat(before.has("rootName")).isFalse();
    spans(span(trace, 1, 0, "POST /", 0, 50, "", "eu"));
    JsonNode after = json("/api/platform/traces/%s/analysis".formatted(trace));
    assertThat(after.at("/arrival/complete").asBoolean()).isTrue();
    assertThat(after.at("/rootName").asText()).isEqualTo("POST /");
    assertThat(after.at("/durationNanos").asLong()).isEqualTo(50_000_000);
  }

  @Test
  void findsTheLogRecordsOfATrace() throws IOException {
    JsonNode logs = json("/api/platform/traces/%s/logs".formatted(SLOW));
    assertThat(logs.at("/logs")).hasSize(1);
    assertThat(logs.at("/logs/0/line").asText()).isEqualTo("it hangs");
    assertThat(logs.at("/logs/0/spanId").asText()).isEqualTo("0000000000000002");
    assertThat(json("/api/platform/traces/%s/logs".formatted(FAST)).at("/logs")).isEmpty();
    assertThat(get("/api/platform/traces/%s/logs?margin=8d".formatted(SLOW)).status())
        .isEqualTo(400);
  }

  @Test
  void comparesTwoTraces() throws IOException {
    JsonNode compared = json("/api/platform/traces/compare?left=%s&right=%s".formatted(FAST, SLOW));
    assertThat(compared.at("/operations/0/name").asText()).isEqualTo("select");
    assertThat(compared.at("/operations/0/change").asText()).isEqualTo("slower");
    assertThat(compared.at("/operations/0/selfDifferenceNanos").asLong()).isEqualTo(770_000_000);
    assertThat(compared.at("/changes/slower").asInt()).isEqualTo(2);
  }

  @Test
  void tellsWhichAttributesDifferBetweenSlowAndNormalSpans() throws IOException {
    JsonNode sets =
        json(
            "/api/platform/traces/compare-sets?selection="
                + "%7B+traceDuration+%3E+500ms+%7D&baseline=%7B+traceDuration+%3C+200ms+%7D");
    assertThat(sets.at("/selection").asInt()).isEqualTo(2);
    assertThat(sets.at("/baseline").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(sets.at("/attributes")).anyMatch(each -> each.at("/key").asText().equals("region"));
    JsonNode region = sets.at("/attributes/0");
    for (JsonNode each : sets.at("/attributes")) {
      region = each.at("/key").asText().equals("region") ? each : region;
    }
    assertThat(region.at("/score").asDouble()).isEqualTo(1);
    assertThat(region.at("/values/0/value").asText()).isEqualTo("us");
    assertThat(get("/api/platform/traces/compare-sets?selection=%7B").text())
        .contains("the parameter 'selection' must be TraceQL");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(get("/api/platform/traces/xyz/analysis").status()).isEqualTo(400);
    Client.Reply missing = get("/api/platform/traces/4711/analysis");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.text())
        .contains("no span of trace 00000000000000000000000000004711 is here");
    assertThat(get("/api/platform/traces/compare?left=" + FAST).text())
        .contains("the parameter 'right' must be a trace id");
  }

  private static JsonNode json(String path) throws IOException {
    Client.Reply reply = get(path);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return MAPPER.readTree(reply.body());
  }

  private static Client.Reply get(String path) {
    return new Client(platform.address(ListenerName.WEB)).get(path);
  }
}
