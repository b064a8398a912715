package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.wire.compress.ContentCoding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** History goes in and comes out by a running platform. */
class ImportExportTest {

  @TempDir private static Path data;
  private static Platform platform;

  @BeforeAll
  static void start() {
    platform =
        Platform.start(
            new ServeOptions(
                Optional.empty(), data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true));
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static Client client() {
    return new Client(platform.address(ListenerName.PROMETHEUS));
  }

  private static Client.Reply take(String type, String text) {
    return client().post("/api/v1/import/prometheus", type, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String history(long newestMs) {
    return """
    history_total{a="1"} 1 %d
    history_total{a="1"} 0x7ff0000000000002 %d
    history_total{a="1"} -0 %d st@%d
    history_total{a="2"} {count:6,sum:12.5,schema:3,zero_threshold:0.001,zero_count:1,positive_spans:[-1:2],positive_buckets:[2,3]} %d
    """
        .formatted(
            newestMs - 86_400_000, newestMs - 80_000_000, newestMs, newestMs - 5, newestMs - 1);
  }

  @Test
  void whatWentInComesOutBitForBit() {
    String text = history(System.currentTimeMillis() - 3_600_000);
    assertThat(take("text/plain", text).status()).isEqualTo(204);
    assertThat(take("text/plain", text).status()).isEqualTo(204); // The same again.
    Client.Reply reply =
        client().get("/api/v1/export?match[]=history_total&match[]=%7Ba=%221%22%7D");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo(text);
    Client.Reply compressed =
        client().get("/api/v1/export?match[]=history_total", "Accept-Encoding", "gzip");
    assertThat(compressed.header("content-encoding")).isEqualTo("gzip");
    byte[] body = compressed.body();
    assertThat(
            new String(
                ContentCoding.GZIP.decode(body, 0, body.length, 1 << 20), StandardCharsets.UTF_8))
        .isEqualTo(text);
  }

  @Test
  void takesOpenMetricsWithMetadataAndExemplars() {
    long seconds = System.currentTimeMillis() / 1000 - 7200;
    String text =
        """
        # HELP om_requests helps
        # TYPE om_requests counter
        om_requests_total 5 %d # {trace_id="t"} 1
        # EOF
        """
            .formatted(seconds);
    assertThat(take("application/openmetrics-text; version=1.0.0", text).status()).isEqualTo(204);
    assertThat(client().get("/api/v1/export?match[]=om_requests_total").text())
        .isEqualTo("om_requests_total 5 %d000\n".formatted(seconds));
    assertThat(client().get("/api/v1/metadata?metric=om_requests").text()).contains("helps");
  }

  @Test
  void refusesOneValueAndKeepsTheOthers() {
    long time = System.currentTimeMillis() - 7_200_000;
    assertThat(take("text/plain", "twice 1 %d\n".formatted(time)).status()).isEqualTo(204);
    Client.Reply reply =
        take("text/plain", "twice 2 %d\ntwice 3 %d\n".formatted(time, time + 1000));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("duplicate_timestamp");
    assertThat(client().get("/api/v1/export?match[]=twice").text())
        .isEqualTo("twice 1 %d\ntwice 3 %d\n".formatted(time, time + 1000));
    assertThat(take("text/plain", "no text\n").status()).isEqualTo(400);
    assertThat(client().get("/api/v1/export").status()).isEqualTo(400);
  }
}
