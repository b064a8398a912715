package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each type of OpenMetrics from a target to metadata and queries. What is expected are the answers
 * of Prometheus 3.14 to the same requests.
 */
class ExpositionTypesTest {
  private static final long WAIT_NANOS = 60_000_000_000L;
  private static final String FIRST =
      """
      # HELP build Build facts.
      # TYPE build info
      build_info{version="1"} 1
      # TYPE lat_seconds summary
      # UNIT lat_seconds seconds
      # HELP lat_seconds Latency.
      lat_seconds{quantile="0.5"} 0.1
      lat_seconds{quantile="1"} 0.3
      lat_seconds_count 10
      lat_seconds_sum 2
      lat_seconds_created 1700000001
      # TYPE st stateset
      st{st="on"} 1
      st{st="off"} 0
      # TYPE gh gaugehistogram
      gh_bucket{le="1"} 2
      gh_bucket{le="+Inf"} 4
      gh_gcount 4
      gh_gsum 7
      # HELP changing A \\"counter\\".
      # TYPE changing counter
      changing_total 5
      # TYPE unk unknown
      unk 3
      # EOF
      """;

  @TempDir private Path folder;
  private HttpServer target;
  private volatile String body = FIRST;

  @BeforeEach
  void open() throws IOException {
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.createContext(
        "/",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange
              .getResponseHeaders()
              .set("Content-Type", "application/openmetrics-text; version=1.0.0");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    target.start();
  }

  @AfterEach
  void close() {
    target.stop(0);
  }

  @Test
  void everyTypeKeepsItsMeaningAndAChangedOneIsToldAnew() throws Exception {
    Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {external_labels: {region: eu}}
        scrape_configs:
          - job_name: j
            scrape_interval: 100ms
            static_configs: [{targets: ["127.0.0.1:%d"]}]
            relabel_configs: [{target_label: instance, replacement: t}]
        """
            .formatted(target.getAddress().getPort()));
    Path config =
        Files.writeString(
            folder.resolve("ghostworks.yml"), "files: {prometheus: prometheus.yml}\n");
    ServeOptions options =
        new ServeOptions(
            Optional.of(config),
            folder.resolve("data"),
            0,
            "127.0.0.1",
            Optional.empty(),
            Optional.empty(),
            true);
    try (Platform platform = Platform.start(options)) {
      Client client = new Client(platform.address(ListenerName.PROMETHEUS));
      await(client, "/api/v1/query?query=unk", "\"3\"");
      String ofTarget = "{\"target\":{\"instance\":\"t\",\"job\":\"j\"},";
      for (String[] family :
          new String[][] {
            {"build", "info", "Build facts.", ""},
            {"lat_seconds", "summary", "Latency.", "seconds"},
            {"st", "stateset", "", ""},
            {"gh", "gaugehistogram", "", ""},
            {"changing", "counter", "A \\\"counter\\\".", ""},
            {"unk", "unknown", "", ""}
          }) {
        assertThat(client.get("/api/v1/metadata?metric=" + family[0]).text())
            .isEqualTo(
                "{\"status\":\"success\",\"data\":{\"%s\":[{\"type\":\"%s\",\"unit\":\"%s\",\"help\":\"%s\"}]}}"
                    .formatted(family[0], family[1], family[3], family[2]));
        assertThat(client.get("/api/v1/targets/metadata?metric=" + family[0]).text())
            .isEqualTo(
                "{\"status\":\"success\",\"data\":[%s\"type\":\"%s\",\"help\":\"%s\",\"unit\":\"%s\"}]}"
                    .formatted(ofTarget, family[1], family[2], family[3]));
      }
      assertThat(value(client, "lat_seconds{quantile=\"1.0\"}")).isEqualTo("0.3");
      assertThat(value(client, "lat_seconds_created")).isEqualTo("1700000001");
      assertThat(value(client, "histogram_quantile(0.5, gh_bucket)")).isEqualTo("1");
      assertThat(value(client, "count(st)")).isEqualTo("2");
      assertThat(client.get("/federate?match[]=unk").text()).contains("region=\"eu\"");

      body = "# HELP changing Now less.\n# TYPE changing gauge\nchanging 6\nfresh 1\n# EOF\n";
      await(
          client,
          "/api/v1/metadata?metric=changing",
          "{\"changing\":[{\"type\":\"gauge\",\"unit\":\"\",\"help\":\"Now less.\"}]}");
      await(client, "/api/v1/query?query=changing", "\"6\"");
    }
  }

  private static String value(Client client, String query) {
    String text =
        client
            .get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
            .text();
    return text.replaceAll(".*\"value\":\\[[0-9.]+,\"([^\"]*)\"\\].*", "$1");
  }

  /** Scrapes go on by themselves, so that only waiting tells. */
  private static void await(Client client, String path, String expected) {
    long until = System.nanoTime() + WAIT_NANOS;
    String text = client.get(path).text();
    while (!text.contains(expected) && System.nanoTime() < until) {
      Thread.onSpinWait();
      text = client.get(path).text();
    }
    assertThat(text).contains(expected);
  }
}
