package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.config.ConfigException;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start refuses, and with which words. */
class StartTest {

  private static final int OFFSET_MAX = 50_000;

  @TempDir private Path folder;

  @Test
  void refusesADataDirectoryThatCannotBeWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("taken"), "a file");
    assertThat(refusal(options(Optional.empty(), file)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--data");
    assertThat(refusal(options(Optional.empty(), Path.of("/proc/ghostworks"))))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("/proc/ghostworks");
  }

  @Test
  void refusesADataDirectoryInUseAndFreesItAtTheEnd() {
    try (Platform first = Platform.start(options(Optional.empty(), data()))) {
      assertThat(first.address(ListenerName.WEB).getPort()).isPositive();
      assertThat(refusal(options(Optional.empty(), data())))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("in use")
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      assertThat(folder.resolve("data/run.json")).exists();
    }
    assertThat(folder.resolve("data/run.json")).doesNotExist();
    Platform.start(options(Optional.empty(), data())).close();
  }

  @Test
  void refusesADataDirectoryOfANewerVersion() throws Exception {
    Files.createDirectories(data());
    Files.writeString(data().resolve("version"), "99\n");
    assertThat(refusal(options(Optional.empty(), data())))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("99")
        .hasMessageContaining("newer release");
  }

  @Test
  void namesFileLineAndKeyOfAnUnknownKey() throws Exception {
    Path config = write("ghostworks.yml", "storage:\n  durability: fsync\n  speed: high\n");
    Throwable refused = refusal(options(Optional.of(config), data()));
    assertThat(refused).isInstanceOf(ConfigException.class);
    assertThat(refused.getMessage())
        .contains("ghostworks.yml")
        .contains("3")
        .contains("storage.speed");
    assertThat(data()).doesNotExist();
  }

  @Test
  void startsWithSectionsOfAPrometheusFileThatHaveNoEffectAndNamesEach() throws Exception {
    write(
        "prometheus.yml",
        """
        runtime: {gogc: 75}
        tracing: {endpoint: "localhost:4317"}
        remote_write:
          - url: http://elsewhere:9090/api/v1/write
        remote_read: [{url: "http://elsewhere:9090/api/v1/read"}]
        storage: {tsdb: {out_of_order_time_window: 30m}, exemplars: {max_exemplars: 5}}
        alerting:
          alertmanagers: [{static_configs: [{targets: ["elsewhere:9093", "localhost:9093"]}]}]
        scrape_configs:
          - job_name: a
            consul_sd_configs:
              - server: localhost:8500
        """);
    Path config = write("ghostworks.yml", "files:\n  prometheus: prometheus.yml\n");
    try (Platform platform = Platform.start(options(Optional.of(config), data()))) {
      String status =
          new Client(platform.address(ListenerName.WEB)).get("/api/platform/status").text();
      assertThat(status)
          .contains("prometheus.yml:4\",\"key\":\"remote_write[0]\",\"consequence\":\"samples are")
          .contains("\"key\":\"runtime\"", "\"key\":\"tracing\"", "\"key\":\"remote_read[0]\"")
          .contains("\"key\":\"scrape_configs[0].consul_sd_configs\"")
          .contains("alerts are not sent to elsewhere:9093")
          .doesNotContain("localhost:9093", "out_of_order_time_window", "max_exemplars");
    }
  }

  @Test
  void refusesComponentsOfTheCollectorByName() throws Exception {
    write(
        "otelcol.yml",
        """
        receivers:
          otlp:
            protocols:
              grpc:
        processors:
          tail_sampling:
        exporters:
          debug:
        service:
          pipelines:
            traces:
              receivers: [otlp]
              processors: [tail_sampling]
              exporters: [debug]
        """);
    Path config = write("ghostworks.yml", "files:\n  collector: otelcol.yml\n");
    Throwable refused = refusal(options(Optional.of(config), data()));
    assertThat(refused)
        .isInstanceOfAny(ConfigException.class, StartException.class)
        .hasMessageContaining("tail_sampling");
  }

  @Test
  void namesARequiredPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path config =
          ports("web: 0", "otlp_grpc: 0", "otlp_http: " + taken.getLocalPort(), "prometheus: 0");
      assertThat(refusal(onPorts(config)))
          .isInstanceOf(StartException.class)
          .hasMessageContaining(Integer.toString(taken.getLocalPort()))
          .hasMessageContaining("otlp_http")
          .hasMessageContaining("--port-offset");
    }
  }

  @Test
  void takesAPortThatAFileNamesForRequired() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path config =
          ports("web: 0", "otlp_grpc: 0", "otlp_http: 0", "loki: " + taken.getLocalPort());
      assertThat(refusal(onPorts(config)))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("loki");
    }
  }

  @Test
  void skipsACompatibilityPortThatIsTakenAndSaysSo() throws Exception {
    Path config = ports("web: 0", "otlp_grpc: 0", "otlp_http: 0");
    try (ServerSocket taken = portBelow(ListenerName.LOKI.defaultPort() + OFFSET_MAX);
        Platform platform =
            Platform.start(
                new ServeOptions(
                    Optional.of(config),
                    data(),
                    taken.getLocalPort() - ListenerName.LOKI.defaultPort(),
                    "127.0.0.1",
                    Optional.empty(),
                    Optional.empty(),
                    false))) {
      assertThat(taken.isBound()).isTrue();
      var status =
          new ObjectMapper()
              .readTree(
                  new Client(platform.address(ListenerName.WEB))
                      .get("/api/platform/status")
                      .body());
      boolean said = false;
      for (var listener : status.get("listeners")) {
        if (listener.get("name").asText().equals("loki")) {
          said = true;
          assertThat(listener.get("state").asText()).isEqualTo("skipped");
          assertThat(listener.get("address").asText()).endsWith(":" + taken.getLocalPort());
          assertThat(listener.get("reason").asText()).contains("loki");
        }
      }
      assertThat(said).isTrue();
    }
  }

  /** Takes a free port; those of other listeners, moved as far, must be ports too. */
  private static ServerSocket portBelow(int end) throws IOException {
    List<ServerSocket> unfit = new ArrayList<>();
    try {
      while (true) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        if (socket.getLocalPort() < end) {
          return socket;
        }
        unfit.add(socket);
      }
    } finally {
      for (ServerSocket socket : unfit) {
        socket.close();
      }
    }
  }

  @Test
  void refusesAnOffsetBeyondThePorts() {
    ServeOptions options =
        new ServeOptions(
            Optional.empty(),
            data(),
            62_000,
            "127.0.0.1",
            Optional.empty(),
            Optional.empty(),
            false);
    assertThat(refusal(options))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--port-offset 62000");
  }

  @Test
  void refusesAnAddressThatIsNotOfThisMachine() {
    ServeOptions options =
        new ServeOptions(
            Optional.empty(), data(), 0, "192.0.2.1", Optional.empty(), Optional.empty(), true);
    assertThat(refusal(options))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("192.0.2.1");
  }

  @Test
  void servesEverythingUnderThePrefixOfTheExternalUrl() throws IOException {
    ServeOptions options =
        new ServeOptions(
            Optional.empty(),
            data(),
            0,
            "127.0.0.1",
            Optional.empty(),
            Optional.of(URI.create("https://example.org/observe/")),
            true);
    try (Platform platform = Platform.start(options)) {
      Client web = new Client(platform.address(ListenerName.WEB));
      for (String path : new String[] {"/observe/", "/observe/explore/logs"}) {
        Client.Reply page = web.get(path);
        assertThat(page.status()).as(path).isEqualTo(200);
        assertThat(page.text()).as(path).contains("<base href=\"/observe/\">");
        assertThat(page.text()).as(path).doesNotContain("src=\"/").doesNotContain("href=\"/assets");
      }
      assertThat(web.get("/observe").header("location")).endsWith("observe/");
      assertThat(web.get("/observe/ready").status()).isEqualTo(200);
      String query = "/observe/prometheus/api/v1/query?query=1";
      assertThat(web.get(query).status()).isEqualTo(401);
      String token = "Bearer " + Files.readString(data().resolve("tokens/read")).strip();
      assertThat(web.get(query, "Authorization", token).status()).isEqualTo(200);
      assertThat(web.get("/observe/api/platform/status", "Authorization", token).status())
          .isEqualTo(200);
      assertThat(web.get("/observe/api/nothing").status()).isEqualTo(404);
      assertThat(web.get("/observe/prometheus/nothing").header("content-type"))
          .isEqualTo("text/plain; charset=utf-8");
    }
  }

  private Path ports(String... lines) throws IOException {
    return write("ghostworks.yml", "listen:\n  ports:\n    " + String.join("\n    ", lines) + "\n");
  }

  private ServeOptions onPorts(Path config) {
    return new ServeOptions(
        Optional.of(config), data(), 0, "127.0.0.1", Optional.empty(), Optional.empty(), false);
  }

  private ServeOptions options(Optional<Path> config, Path data) {
    return new ServeOptions(config, data, 0, "127.0.0.1", Optional.empty(), Optional.empty(), true);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static Throwable refusal(ServeOptions options) {
    return catchThrowable(() -> Platform.start(options).close());
  }
}
