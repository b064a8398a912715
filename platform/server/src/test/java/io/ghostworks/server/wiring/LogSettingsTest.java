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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ghostworks.yml says of log records, as their senders meet it. */
class LogSettingsTest {

  private static final String JSON = "application/json";

  @TempDir private static Path folder;
  private static Platform platform;

  @BeforeAll
  static void start() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("ghostworks.yml"),
            """
            limits:
              trace_context_patterns: ['<(?P<trace_id>[0-9a-f]{32})>']
              log_level_fields: [grade]
              discover_service_name: [team]
              otlp_config:
                resource_attributes:
                  attributes_config:
                    - {action: index_label, attributes: [host.name]}
                    - {action: drop, regex: 'secret.+'}
                log_attributes:
                  - {action: index_label, attributes: [zone]}
              tenants:
                quiet: {discover_log_levels: false, discover_service_name: []}
                small: {max_line_size: 60B, max_label_names_per_series: 2, reject_old_samples: true}
                single: {max_global_streams_per_user: 1}
                slow: {ingestion_rate_mb: 1, ingestion_burst_size_mb: 1}
            """);
    platform =
        Platform.start(
            new ServeOptions(
                Optional.of(file),
                Files.createDirectory(folder.resolve("data")),
                0,
                "127.0.0.1",
                Optional.empty(),
                Optional.empty(),
                true));
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static Client at(ListenerName name) {
    return new Client(platform.address(name));
  }

  private static Client.Reply post(ListenerName name, String path, String tenant, String body) {
    return at(name)
        .post(path, JSON, body.getBytes(StandardCharsets.UTF_8), "X-Scope-OrgID", tenant);
  }

  private static Client.Reply push(String tenant, String labels, String line, long agoMs) {
    return post(
        ListenerName.LOKI,
        "/loki/api/v1/push",
        tenant,
        "{\"streams\":[{\"stream\":%s,\"values\":[[\"%d\",\"%s\"]]}]}"
            .formatted(labels, (System.currentTimeMillis() - agoMs) * 1_000_000L, line));
  }

  private static String otlp(String line) {
    return """
    {"resourceLogs":[{"resource":{"attributes":[{"key":"host.name","value":{"stringValue":"h1"}},
      {"key":"secret.key","value":{"stringValue":"x"}}]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"%d",
      "body":{"stringValue":"%s"},"attributes":[{"key":"zone","value":{"stringValue":"z1"}}]}]}]}]}
    """
        .formatted(System.currentTimeMillis() * 1_000_000L, line);
  }

  private static String download(String tenant, String query) {
    return at(ListenerName.LOKI)
        .get(
            "/loki/api/v1/download?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8),
            "X-Scope-OrgID",
            tenant)
        .text();
  }

  @Test
  void levelsServiceNamesAndTraceContextAreLookedForWhereTheSettingsSay() {
    String id = "4bf92f3577b34da6a3ce929d0e0e4736";
    String line = "{\\\"grade\\\":\\\"warn\\\",\\\"at\\\":\\\"<%s>\\\"}".formatted(id);
    assertThat(push("one", "{\"app\":\"a\",\"team\":\"t\"}", line, 0).status()).isEqualTo(204);
    assertThat(download("one", "{service_name=\"t\"}")).contains("\"detected_level\":\"warn\"");
    assertThat(push("quiet", "{\"app\":\"a\"}", "an error", 0).status()).isEqualTo(204);
    assertThat(download("quiet", "{app=\"a\"}"))
        .contains("an error")
        .doesNotContain("detected_level")
        .doesNotContain("service_name");
    Client.Reply counted =
        at(ListenerName.LOKI)
            .get(
                "/loki/api/v1/query?query="
                    + URLEncoder.encode(
                        "sum by (detected_level) (count_over_time({app=\"a\"}[1h]))",
                        StandardCharsets.UTF_8),
                "X-Scope-OrgID",
                "quiet");
    assertThat(counted.text()).contains("\"result\":[{\"metric\":{},\"value\":[");
    assertThat(
            at(ListenerName.LOKI)
                .get("/loki/api/v1/drilldown-limits", "X-Scope-OrgID", "quiet")
                .text())
        .contains("\"discover_log_levels\":false,\"discover_service_name\":[]");
  }

  @Test
  void aBulkRequestBlamesTheDocumentsThatWereRefused() throws IOException {
    String old = Instant.now().minusSeconds(8 * 86_400L).toString();
    String older = Instant.now().minusSeconds(9 * 86_400L).toString();
    JsonNode bulk =
        new ObjectMapper()
            .readTree(
                post(
                        ListenerName.WEB,
                        "/elasticsearch/i/_bulk",
                        "small",
                        "{\"create\":{}}\n{\"log_type\":\"audit\",\"message\":\"one\"}\n"
                            + "{\"create\":{}}\n{\"@timestamp\":\"%s\",\"message\":\"two\"}\n"
                                .formatted(old)
                            + "{\"create\":{}}\n{\"message\":\"%s\"}\n".formatted("w".repeat(61))
                            + "{\"create\":{}}\n{\"message\":\"three\",\"padding\":\"%s\"}\n"
                                .formatted("p".repeat(500))
                            + "{\"create\":{}}\n{\"@timestamp\":\"%s\",\"message\":\"four\"}\n"
                                .formatted(older))
                    .body());
    List<Integer> statuses = new ArrayList<>();
    bulk.get("items").forEach(item -> statuses.add(item.at("/create/status").asInt()));
    assertThat(statuses).as(bulk.toString()).containsExactly(201, 400, 400, 201, 400);
    assertThat(bulk.at("/items/2/create/error/reason").asText()).contains("max entry size '60'");
    assertThat(bulk.at("/items/4/create/error/reason").asText()).contains("timestamp too old");
  }

  @ParameterizedTest
  @CsvSource({"OTLP_HTTP,/v1/logs,a", "LOKI,/otlp/v1/logs,b"})
  void otlpAttributesAreFiledAsTheSettingsSay(ListenerName name, String path, String tenant) {
    assertThat(post(name, path, tenant, otlp("hello")).status()).isBetween(200, 204);
    assertThat(download(tenant, "{host_name=\"h1\", zone=\"z1\"}"))
        .contains("hello")
        .doesNotContain("secret")
        .doesNotContain("_extracted");
  }

  @Test
  void pushesBeyondALimitAreRefusedInLokisWords() {
    String long70 = "x".repeat(70);
    refused(
        push("small", "{\"a\":\"b\"}", long70, 0),
        400,
        "max entry size '60' bytes exceeded for stream '{a=\"b\","
            + " service_name=\"unknown_service\"}' while adding an entry with length '70' bytes");
    refused(
        push("small", "{\"a\":\"b\",\"c\":\"d\",\"e\":\"f\"}", "x", 0),
        400,
        "has 3 label names; limit 2");
    refused(
        push("small", "{\"a\":\"b\"}", "x", 8L * 86_400_000),
        400,
        "entry for stream '{a=\"b\", service_name=\"unknown_service\"}' has timestamp too old: ");
    refused(push("small", "{\"a\":\"b\"}", "x", -3_600_000), 400, " has timestamp too new: ");
    assertThat(push("single", "{\"a\":\"b\"}", "x", 0).status()).isEqualTo(204);
    refused(
        push("single", "{\"a\":\"c\"}", "x", 0),
        429,
        "maximum active stream limit exceeded when trying to create stream {a=\"c\"");
    String mib = "x".repeat(1 << 20);
    assertThat(push("slow", "{\"a\":\"b\"}", mib.substring(1000), 0).status()).isEqualTo(204);
    refused(
        push("slow", "{\"a\":\"b\"}", mib, 0),
        429,
        "ingestion rate limit exceeded for user slow (limit: 1048576 bytes/sec) while attempting to"
            + " ingest '1' lines totaling '");
  }

  private static void refused(Client.Reply reply, int status, String message) {
    assertThat(reply.text()).contains(message);
    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void otherWaysInTellLimitsInTheirOwnForms() throws IOException {
    String long70 = "y".repeat(70);
    JsonNode bulk =
        new ObjectMapper()
            .readTree(
                post(
                        ListenerName.WEB,
                        "/elasticsearch/i/_bulk",
                        "small",
                        "{\"create\":{}}\n{\"message\":\"short\"}\n{\"create\":{}}\n{\"message\":\"%s\"}\n"
                            .formatted(long70))
                    .body());
    assertThat(bulk.at("/items/0/create/status").asInt()).as(bulk.toString()).isEqualTo(201);
    assertThat(bulk.at("/items/1/create/status").asInt()).isEqualTo(400);
    assertThat(bulk.at("/items/1/create/error/reason").asText()).contains("max entry size '60'");
    Client.Reply otlp = post(ListenerName.OTLP_HTTP, "/v1/logs", "small", otlp(long70));
    assertThat(otlp.status()).isEqualTo(200);
    assertThat(otlp.text())
        .contains("\"rejectedLogRecords\":\"1\"")
        .contains("1 line_too_long: max entry size '60'");
    String much = "z".repeat(2 << 20);
    Client.Reply fast = post(ListenerName.OTLP_HTTP, "/v1/logs", "slow", otlp(much));
    assertThat(fast.status()).isEqualTo(429);
    assertThat(fast.header("retry-after")).isEqualTo("1");
    Client.Reply busy =
        post(
            ListenerName.WEB,
            "/elasticsearch/i/_bulk",
            "slow",
            "{\"create\":{}}\n{\"message\":\"%s\"}\n".formatted(much));
    assertThat(busy.status()).isEqualTo(429);
    assertThat(busy.text()).contains("es_rejected_execution_exception");
  }
}
