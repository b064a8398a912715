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

/** The sums of OTLP's deltas go on after a restart where they ended. */
class DeltaRestartTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path folder;

  @Test
  void goesOnFromWhatTheJournalAndThePartsHold() throws IOException {
    long now = System.currentTimeMillis() / 1000 * SECOND;
    long[] times = {
      now - 40 * SECOND, now - 30 * SECOND, now - 20 * SECOND, now - 10 * SECOND, now
    };
    try (Platform platform = start()) {
      send(platform, times[0], times[1], 5);
    }
    try (Platform platform = start()) { // from the journal
      send(platform, times[1], times[2], 7);
      send(platform, times[1], times[2], 7); // what was not acknowledged comes again
      flush(platform);
    }
    try (Platform platform = start()) { // from a part
      send(platform, times[2], times[3], 1);
      send(platform, times[3], times[4], 2);
      assertThat(values(platform, "jobs_total")).isEqualTo("5 12 13 15");
      assertThat(values(platform, "took_seconds_count")).isEqualTo("5 12 13 15");
      assertThat(values(platform, "took_seconds_bucket{le=\"1\"}")).isEqualTo("4 10 11");
      assertThat(values(platform, "took_seconds_sum")).isEqualTo("2.5 6 6.5 7.5");
      assertThat(values(platform, "histogram_count(sizes)")).isEqualTo("5 12 13 15");
    }
  }

  private Platform start() throws IOException {
    List<String> ports = new ArrayList<>();
    for (ListenerName name : ListenerName.values()) {
      ports.add(name.word() + ": 0");
    }
    Path config =
        Files.writeString(
            folder.resolve("ghostworks.yml"),
            "listen: {ports: {%s}}\n".formatted(String.join(", ", ports)));
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

  private static void send(Platform platform, long start, long end, int delta) {
    String body =
        """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[
          {"name":"jobs","sum":{"aggregationTemporality":1,"isMonotonic":true,
            "dataPoints":[{"startTimeUnixNano":"%1$d","timeUnixNano":"%2$d","asInt":"%3$d"}]}},
          {"name":"took","unit":"s","histogram":{"aggregationTemporality":1,
            "dataPoints":[{"startTimeUnixNano":"%1$d","timeUnixNano":"%2$d","count":"%3$d","sum":%4$s,
              "explicitBounds":[1],"bucketCounts":["%5$d","1"]}]}},
          {"name":"sizes","exponentialHistogram":{"aggregationTemporality":1,
            "dataPoints":[{"startTimeUnixNano":"%1$d","timeUnixNano":"%2$d","count":"%3$d","sum":9,"scale":3,
              "positive":{"offset":2,"bucketCounts":["%3$d"]}}]}}]}]}]}
        """
            .formatted(start, end, delta, delta * 0.5, delta - 1);
    Client.Reply reply =
        new Client(platform.address(ListenerName.OTLP_HTTP))
            .post("/v1/metrics", "application/json", body.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.text()).doesNotContain("rejected");
  }

  private static void flush(Platform platform) {
    Client client = new Client(platform.address(ListenerName.WEB));
    assertThat(
            client
                .post("/api/platform/series/compaction", "application/json", new byte[0])
                .status())
        .isBetween(200, 299);
    JsonNode state;
    do {
      state = json(client.get("/api/platform/series/compaction").text());
    } while (state.toString().contains("true"));
  }

  /** What a query gives at the ends of the points. */
  private static String values(Platform platform, String query) {
    long now = System.currentTimeMillis() / 1000;
    String answer =
        new Client(platform.address(ListenerName.WEB))
            .get(
                "/prometheus/api/v1/query_range?step=1&start=%d&end=%d&query=%s"
                    .formatted(now - 60, now, URLEncoder.encode(query, StandardCharsets.UTF_8)))
            .text();
    List<String> values = new ArrayList<>();
    for (JsonNode sample : json(answer).at("/data/result/0/values")) {
      String value = sample.get(1).asText();
      if (values.isEmpty() || !values.getLast().equals(value)) {
        values.add(value);
      }
    }
    return String.join(" ", values);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }
}
