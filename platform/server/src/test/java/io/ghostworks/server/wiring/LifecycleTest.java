package io.ghostworks.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reload and end of the process over HTTP, and what it says of itself, as Prometheus. */
class LifecycleTest {

  @TempDir private Path folder;

  private Platform start(String ghostworks) throws IOException {
    Path config = folder.resolve("ghostworks.yml");
    Files.writeString(config, ghostworks);
    return Platform.start(
        new ServeOptions(
            Optional.of(config),
            folder.resolve("data"),
            0,
            "127.0.0.1",
            Optional.empty(),
            Optional.empty(),
            true));
  }

  private void write(String job, String group) throws IOException {
    Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {external_labels: {cluster: "c-%s"}}
        rule_files: [rules.yml]
        scrape_configs:
          - job_name: %s
            static_configs: [{targets: ["127.0.0.1:1"]}]
        """
            .formatted(job, job));
    Files.writeString(
        folder.resolve("rules.yml"),
        "groups: [{name: %s, rules: [{record: a, expr: up}]}]\n".formatted(group));
  }

  @Test
  void readsTheFilesAnewAndKeepsThemWhereTheyAreWrong() throws Exception {
    write("one", "g1");
    try (Platform platform =
        start("files: {prometheus: prometheus.yml}\nlisten: {lifecycle_api: true}\n")) {
      Client client = new Client(platform.address(ListenerName.PROMETHEUS));
      assertThat(pools(client)).isEqualTo("one");
      write("two", "g2");
      assertThat(client.send("POST", "/-/reload", new byte[0]).status()).isEqualTo(200);
      assertThat(pools(client)).isEqualTo("two");
      assertThat(client.get("/api/v1/rules").text()).contains("\"g2\"").doesNotContain("\"g1\"");
      assertThat(client.get("/api/v1/status/config").text()).contains("cluster: c-two");

      try (Socket live = new Socket()) {
        BufferedReader events = events(live, platform);
        Files.writeString(
            folder.resolve("rules.yml"), "groups: [{name: 1 2, rules: [{record: a}]}]");
        Client.Reply refused = client.send("PUT", "/-/reload", new byte[0]);
        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.text()).startsWith("failed to reload config: ").contains("rules.yml");
        String event = events.readLine();
        while (!event.startsWith("data: ")) {
          event = events.readLine();
        }
        assertThat(event)
            .startsWith("data: {\"text\":\"Configuration reload has failed.\"")
            .endsWith("\"active\":true}");
      }
      assertThat(client.get("/api/v1/rules").text()).contains("\"g2\"");
      assertThat(client.get("/api/v1/status/runtimeinfo").text())
          .contains("\"reloadConfigSuccess\":false");
      assertThat(client.get("/api/v1/notifications").text()).contains("reload has failed");
      assertThat(client.get("/metrics").text())
          .contains("prometheus_config_last_reload_successful 0");
      write("two", "g3");
      platform.reload();
      assertThat(client.get("/api/v1/rules").text()).contains("\"g3\"");
      assertThat(client.get("/api/v1/notifications").text())
          .isEqualTo("{\"status\":\"success\",\"data\":[]}");

      assertThat(client.send("POST", "/-/quit", new byte[0]).text())
          .isEqualTo("Requesting termination... Goodbye!");
      platform.awaitQuit();
      assertThat(client.send("POST", "/-/quit", new byte[0]).text())
          .isEqualTo("Termination already in progress.");
    }
  }

  @Test
  void logsQueriesWherePrometheusYmlSaysAndOpensTheFileAnewWithEachReload() throws Exception {
    write("one", "g1");
    Path log = folder.resolve("queries.log");
    Path config = folder.resolve("prometheus.yml");
    String text = Files.readString(config);
    Files.writeString(config, text.replace("global: {", "global: {query_log_file: queries.log, "));
    try (Platform platform =
        start("files: {prometheus: prometheus.yml}\nlisten: {lifecycle_api: true}\n")) {
      Client client = new Client(platform.address(ListenerName.PROMETHEUS));
      client.get("/api/v1/query?query=logged_one");
      assertThat(Files.readString(log))
          .contains("\"query\":\"logged_one\"")
          .contains("\"httpRequest\":{\"clientIP\":\"127.0.0.1\",\"method\":\"GET\",");
      assertThat(client.get("/api/v1/status/config").text()).contains("query_log_file: ");

      Files.move(log, folder.resolve("old.log"));
      assertThat(client.send("POST", "/-/reload", new byte[0]).status()).isEqualTo(200);
      client.get("/api/v1/query?query=logged_two");
      assertThat(Files.readString(log)).contains("logged_two").doesNotContain("logged_one");

      Files.writeString(config, text.replace("global: {", "global: {query_log_file: no/a.log, "));
      Client.Reply refused = client.send("POST", "/-/reload", new byte[0]);
      assertThat(refused.status()).isEqualTo(500);
      assertThat(refused.text()).contains("global.query_log_file must name a file");
      client.get("/api/v1/query?query=logged_three");
      assertThat(Files.readString(log)).contains("logged_three");

      Files.writeString(config, text);
      platform.reload();
      client.get("/api/v1/query?query=logged_four");
      assertThat(Files.readString(log)).doesNotContain("logged_four");
    }
  }

  @Test
  void aReloadTakesEveryFileThatItCanAndNamesWhatNeedsARestart() throws Exception {
    write("one", "g1");
    Path alertmanager = folder.resolve("alertmanager.yml");
    Files.writeString(alertmanager, "route: {receiver: first}\nreceivers: [{name: first}]\n");
    Path dashboard = folder.resolve("d.json");
    Files.writeString(dashboard, "{\"uid\": \"d1\", \"title\": \"Before\", \"panels\": []}");
    String settings =
        """
        files:
          prometheus: prometheus.yml
          alertmanager: alertmanager.yml
          dashboards: [d.json]
        listen: {lifecycle_api: true}
        """;
    try (Platform platform = start(settings)) {
      Client client = new Client(platform.address(ListenerName.PROMETHEUS));
      Client alerts = new Client(platform.address(ListenerName.ALERTMANAGER));
      Client web = new Client(platform.address(ListenerName.WEB));
      assertThat(alerts.get("/api/v2/receivers").text()).contains("first");
      Client.Reply unchanged = client.send("POST", "/-/reload", new byte[0]);
      assertThat(unchanged.status()).isEqualTo(200);
      assertThat(unchanged.text()).isEmpty();

      Files.writeString(alertmanager, "route: {receiver: second}\nreceivers: [{name: second}]\n");
      Files.writeString(dashboard, "{\"uid\": \"d1\", \"title\": \"After\", \"panels\": []}");
      write("two", "g2");
      Files.writeString(
          folder.resolve("ghostworks.yml"),
          settings
              + "limits: {active_series_max: 1, query_timeout: 7s}\n"
              + "storage: {durability: interval}\n");
      Client.Reply reloaded = client.send("POST", "/-/reload", new byte[0]);
      assertThat(reloaded.status()).isEqualTo(200);
      assertThat(reloaded.text().lines())
          .containsExactly(
              "restart needed: storage of ghostworks.yml changed and counts from the next start",
              "restart needed: limits.query_timeout changed and counts from the next start");
      assertThat(pools(client)).isEqualTo("two");
      assertThat(alerts.get("/api/v2/receivers").text()).contains("second").doesNotContain("first");
      assertThat(web.get("/api/search").text()).contains("After");
      assertThat(web.get("/api/platform/status").text()).contains("limits.query_timeout changed");

      Files.writeString(alertmanager, "route: {receiver: nobody}\nreceivers: [{name: second}]\n");
      write("three", "g3");
      assertThat(client.send("POST", "/-/reload", new byte[0]).text()).contains("alertmanager.yml");
      assertThat(pools(client)).isEqualTo("two");
      assertThat(alerts.get("/api/v2/receivers").text()).contains("second");
    }
  }

  private static String pools(Client client) {
    String text = client.get("/api/v1/scrape_pools").text();
    return text.replaceAll(".*\\[\"|\"\\].*", "");
  }

  private static BufferedReader events(Socket socket, Platform platform) throws IOException {
    socket.connect(platform.address(ListenerName.PROMETHEUS));
    socket.setSoTimeout(20_000);
    socket
        .getOutputStream()
        .write(
            "GET /api/v1/notifications/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .getBytes(StandardCharsets.UTF_8));
    BufferedReader events =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    assertThat(events.readLine()).contains("200");
    return events;
  }

  @Test
  void answersAsAPrometheusThatIsNotToBeSteered() throws Exception {
    try (Platform platform = start("{}\n")) {
      Client client = new Client(platform.address(ListenerName.PROMETHEUS));
      for (String path : new String[] {"/-/reload", "/-/quit"}) {
        Client.Reply refused = client.send("POST", path, new byte[0]);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).isEqualTo("Lifecycle API is not enabled.");
        assertThat(client.get(path).status()).isEqualTo(405);
        assertThat(client.get(path).text()).isEqualTo("Only POST or PUT requests allowed");
      }
      assertThat(client.get("/-/healthy").text()).isEqualTo("Prometheus Server is Healthy.\n");
      assertThat(client.get("/-/ready").text()).isEqualTo("Prometheus Server is Ready.\n");
      assertThat(client.get("/version").text()).startsWith("{\"version\":\"3.14.0\"");
      assertThat(client.get("/metrics").text())
          .contains("# TYPE process_cpu_seconds_total counter");
      assertThat(client.get("/api/v1/features").text())
          .contains("\"lifecycle\":false")
          .contains("\">=\":true");
      Client.Reply graph = client.get("/graph?g0.expr=up%20%3E%200&g0.tab=1");
      assertThat(graph.status()).isEqualTo(302);
      assertThat(graph.header("location"))
          .endsWith("/prometheus/graph?g0.expr=up%20%3E%200&g0.tab=1");
      assertThat(client.get("/alerts").header("location")).endsWith("/alerting/alerts");
      assertThat(client.get("/rules").header("location")).endsWith("/alerting/rules");
      Client web = new Client(platform.address(ListenerName.WEB));
      assertThat(web.get("/prometheus/query?g0.expr=a").header("location"))
          .endsWith("/prometheus/graph?g0.expr=a");
      assertThat(web.get("/prometheus/-/healthy").status()).isEqualTo(200);
    }
  }
}
