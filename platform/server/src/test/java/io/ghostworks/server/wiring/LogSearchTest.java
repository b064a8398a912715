package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be asked of lines beyond LogQL, over HTTP. */
class LogSearchTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String QUERY = "{service_name=\"shop\"} | logfmt";

  @TempDir private static Path data;
  private static Platform platform;

  @BeforeAll
  static void start() {
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
    long now = System.currentTimeMillis() * 1_000_000L;
    String resource =
        "\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}}]}";
    String span =
        """
        {"traceId":"%s","spanId":"%s","parentSpanId":"%s","name":"%s","startTimeUnixNano":"%d",
         "endTimeUnixNano":"%d","status":{"code":%d}}
        """;
    post(
        "/v1/traces",
        "{\"resourceSpans\":[{%s,\"scopeSpans\":[{\"spans\":[%s,%s]}]}]}"
            .formatted(
                resource,
                span.formatted(
                    TRACE, "00000000000000aa", "", "GET /", now, now + 2_000_000_000L, 0),
                span.formatted(
                    TRACE,
                    "00000000000000bb",
                    "00000000000000aa",
                    "query",
                    now,
                    now + 5_000_000,
                    2)));
    String[] lines = {
      "user=ann took=9 Msg=Timeout",
      "user=bob took=10 msg=timeout",
      "user=ann took=2 msg=fine",
      "user=cid took=1.5s msg=fine",
      "nothing at all"
    };
    String[] ids = {
      "\"traceId\":\"%s\",\"spanId\":\"00000000000000bb\",".formatted(TRACE),
      "\"traceId\":\"%s\",".formatted(TRACE),
      "\"traceId\":\"11111111111111111111111111111111\",",
      "",
      ""
    };
    List<String> records = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      records.add(
          "{%s\"timeUnixNano\":\"%d\",\"body\":{\"stringValue\":\"%s\"}}"
              .formatted(ids[i], now - 1_000_000_000L + i, lines[i]));
    }
    post(
        "/v1/logs",
        "{\"resourceLogs\":[{%s,\"scopeLogs\":[{\"logRecords\":[%s]}]}]}"
            .formatted(resource, String.join(",", records)));
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

  private static Client.Reply reply(String... parameters) {
    StringBuilder target = new StringBuilder("/api/platform/logs/search?since=10m");
    for (int i = 0; i < parameters.length; i += 2) {
      target.append('&').append(parameters[i]).append('=');
      target.append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return new Client(platform.address(ListenerName.WEB)).get(target.toString());
  }

  private static JsonNode search(String... parameters) throws IOException {
    Client.Reply reply = reply(parameters);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return MAPPER.readTree(reply.body());
  }

  /** The values of a parsed field in the order of the lines, "" for none. */
  private static List<String> of(JsonNode answer, String field) {
    List<String> values = new ArrayList<>();
    answer.get("lines").forEach(line -> values.add(line.get("parsed").path(field).asText()));
    return values;
  }

  @Test
  void givesWhatTheQueryGivesWithoutMore() throws IOException {
    JsonNode answer = search("query", QUERY, "direction", "forward", "limit", "2");
    assertThat(of(answer, "took")).containsExactly("9", "10");
    assertThat(answer.has("found")).isFalse();
    assertThat(search("query", QUERY).get("found").asInt()).isEqualTo(5);
  }

  @Test
  void sortsNumbersAsNumbersAndWhatHasNoneLast() throws IOException {
    assertThat(of(search("query", QUERY, "sort", "took"), "took"))
        .containsExactly("1.5s", "2", "9", "10", "");
    assertThat(of(search("query", QUERY, "sort", "took", "order", "desc", "limit", "4"), "took"))
        .containsExactly("10", "9", "2", "1.5s");
    assertThat(of(search("query", QUERY, "sort", "user", "direction", "forward"), "took"))
        .containsExactly("9", "2", "10", "1.5s", "");
    JsonNode byTime = search("query", QUERY, "sort", "__timestamp__", "limit", "1");
    assertThat(of(byTime, "took")).containsExactly("9");
    assertThat(byTime.get("found").asInt()).isEqualTo(5);
  }

  @Test
  void keepsTheFirstLineOfEachDistinctValue() throws IOException {
    assertThat(of(search("query", QUERY, "distinct", "user"), "took"))
        .containsExactly("1.5s", "2", "10");
    assertThat(of(search("query", QUERY, "distinct", "user", "distinct", "msg"), "took"))
        .containsExactlyInAnyOrder("1.5s", "2", "10", "9");
  }

  @Test
  void countsTheCommonestValues() throws IOException {
    JsonNode top = search("query", QUERY, "top", "user", "limit", "0", "values", "2");
    assertThat(top.get("lines")).isEmpty();
    assertThat(top.get("top"))
        .isEqualTo(
            MAPPER.readTree(
                "{\"field\":\"user\",\"lines\":4,\"distinct\":3,\"values\":"
                    + "[{\"value\":\"ann\",\"lines\":2},{\"value\":\"bob\",\"lines\":1}]}"));
  }

  @Test
  void tellsTheFieldsOfAResult() throws IOException {
    JsonNode answer = search("query", QUERY, "facets", "true", "limit", "0");
    List<String> names = new ArrayList<>();
    answer.get("facets").forEach(facet -> names.add(facet.get("field").asText()));
    assertThat(names).contains("msg", "service_name", "took", "trace_id", "user").isSorted();
    assertThat(answer.get("moreFields").asBoolean()).isFalse();
    assertThat(answer.get("found").asInt()).isEqualTo(5);
  }

  @Test
  void findsTextsOfEitherCase() throws IOException {
    JsonNode answer =
        search("query", "{service_name=\"shop\"}", "contains_ignoring_case", "tIMEOUT");
    assertThat(answer.get("found").asInt()).isEqualTo(2);
    assertThat(
            search(
                    "query",
                    "{service_name=\"shop\"}",
                    "contains_ignoring_case",
                    "TIMEOUT",
                    "contains_ignoring_case",
                    "BOB")
                .get("found")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void joinsTheSpanOfALineElseTheRootOfItsTrace() throws IOException {
    JsonNode lines = search("query", QUERY, "join", "spans", "direction", "forward").get("lines");
    assertThat(lines.get(0).get("span"))
        .isEqualTo(
            MAPPER.readTree(
                "{\"span_service\":\"shop\",\"span_name\":\"query\",\"span_status\":\"error\","
                    + "\"span_duration\":\"5ms\"}"));
    assertThat(lines.get(1).get("span").get("span_name").asText()).isEqualTo("GET /");
    assertThat(lines.get(2).has("span")).isFalse();
    assertThat(lines.get(3).has("span")).isFalse();
    assertThat(of(search("query", QUERY, "join", "spans", "where", "span_duration > 1s"), "user"))
        .containsExactly("bob");
    assertThat(of(search("query", QUERY, "join", "spans", "sort", "span_duration"), "user").get(0))
        .isEqualTo("ann");
    assertThat(search("query", QUERY, "where", "took > 5").get("found").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "query;{;parse error",
        "query;rate({a=\"b\"}[1m]);",
        "order;desc;the parameter 'order' needs 'sort'",
        "join;logs;the parameter 'join' must be spans, got 'logs'",
        "where;json;must be a label filter of LogQL",
        "where;|;must be a label filter of LogQL",
        "facets;yes;the parameter 'facets' must be true or false, got 'yes'",
        "values;0;the parameter 'values' must be from 1 to 1000, got 0",
        "limit;100000;max entries limit per query exceeded",
        "distinct;'';the parameter 'distinct' must not be empty"
      })
  void refusesWhatItCannotAnswer(String name, String value, String message) throws IOException {
    Client.Reply reply =
        name.equals("query") ? reply(name, value) : reply("query", QUERY, name, value);
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    JsonNode error = MAPPER.readTree(reply.body());
    assertThat(error.get("status").asText()).isEqualTo("error");
    assertThat(error.get("error").asText()).contains(message == null ? "" : message);
  }
}
