package io.ghostworks.bench.alerts;

import io.ghostworks.bench.peer.MemoryWatch;
import io.ghostworks.bench.system.Report;
import io.ghostworks.bench.system.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Many alerts at once: how many messages the receiver gets, whether one is lost, and what it costs.
 * The table goes to standard output, progress to standard error.
 */
public final class AlertsBench {
  private static final int PORT_OFFSET = 26_000;
  private static final Duration TOLD_MAX = Duration.ofMinutes(10);

  private final AlertsOptions options;
  private final ToldAlerts told;
  private final String load;
  private final Report report = new Report();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private AlertsBench(AlertsOptions options, ToldAlerts told) {
    this.options = options;
    this.told = told;
    this.load =
        "%d alerts in %d groups within %d s"
            .formatted(options.alerts(), options.groups(), options.seconds());
  }

  public static void main(String[] arguments) throws Exception {
    AlertsOptions options;
    try {
      options = AlertsOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.printf("%s%n%s", e.getMessage(), AlertsOptions.USAGE);
      System.exit(2);
      return;
    }
    try (ToldAlerts told = new ToldAlerts()) {
      new AlertsBench(options, told).run();
    }
    System.exit(0); // the client's threads are not daemons
  }

  private String name() {
    return options.alertmanager().isEmpty() ? "ghostworks" : "alertmanager";
  }

  private int port() {
    return 9093 + PORT_OFFSET;
  }

  private void run() throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("ghostworks.root", ".")).toAbsolutePath();
    Path folder =
        Files.createTempDirectory(Files.createDirectories(root.resolve("target/bench")), "alerts");
    Path config = folder.resolve("alertmanager.yml");
    Files.writeString(
        config,
        """
        route: {receiver: team, group_by: [service], group_wait: 10s, group_interval: 30s, repeat_interval: 4h}
        receivers:
          - name: team
            webhook_configs: [{url: "http://127.0.0.1:%d/hook"}]
        """
            .formatted(told.port()));
    Files.writeString(
        folder.resolve("ghostworks.yml"), "files: {alertmanager: alertmanager.yml}\n");
    try (ServerProcess server =
            ServerProcess.start(
                command(root, folder, config),
                Map.of("GHOSTWORKS_SKIP_BUILD", "1"),
                folder.resolve("output.txt"),
                URI.create("http://127.0.0.1:%d%s".formatted(port(), readyPath())));
        MemoryWatch memory = new MemoryWatch(server)) {
      double idle = server.cpuSeconds();
      long began = System.nanoTime();
      post(false);
      figure("posting, s", seconds(began));
      await(told::firing);
      figure("told as firing", told.firing());
      figure("lost", options.alerts() - told.firing());
      figure("messages", told.messages());
      figure("alerts of the largest message", told.largestMessage());
      figure("first post to last message, s", (told.lastNanos() - began) / 1e9);
      figure("CPU, s", server.cpuSeconds() - idle);
      long messages = told.messages();
      began = System.nanoTime();
      post(true);
      await(told::resolved);
      figure("ends told", told.resolved());
      figure("messages about ends", told.messages() - messages);
      figure("first end to last message, s", (told.lastNanos() - began) / 1e9);
      figure("CPU with ends, s", server.cpuSeconds() - idle);
      figure("MB to the receiver", told.bytes() / 1e6);
      figure("most resident memory, MiB", memory.mostMib());
      figure("resident at the end, MiB", server.residentMib());
    }
    report.print(load);
  }

  private String readyPath() {
    return options.alertmanager().isEmpty() ? "/ready" : "/-/ready";
  }

  private List<String> command(Path root, Path folder, Path config) {
    if (!options.alertmanager().isEmpty()) {
      return List.of(
          options.alertmanager(),
          "--config.file=" + config,
          "--storage.path=" + folder.resolve("data"),
          "--cluster.listen-address=",
          "--web.listen-address=127.0.0.1:" + port());
    }
    return List.of(
        root.resolve("ghostworks").toString(),
        "serve",
        "--config",
        folder.resolve("ghostworks.yml").toString(),
        "--data",
        folder.resolve("data").toString(),
        "--port-offset",
        Integer.toString(PORT_OFFSET));
  }

  private void figure(String name, double value) {
    report.add(load, name(), name, value);
  }

  private static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }

  /** Posts all alerts, evenly over the time. */
  private void post(boolean ended) throws IOException, InterruptedException {
    long began = System.nanoTime();
    int batches = (options.alerts() + options.batch() - 1) / options.batch();
    for (int batch = 0; batch < batches; batch++) {
      long due = began + (long) (options.seconds() * 1e9 * batch / batches);
      long early = due - System.nanoTime();
      if (early > 0) {
        TimeUnit.NANOSECONDS.sleep(early);
      }
      int from = batch * options.batch();
      send(body(from, Math.min(options.alerts(), from + options.batch()), ended));
    }
  }

  private String body(int from, int to, boolean ended) {
    Instant now = Instant.now();
    Instant end = ended ? now : now.plus(Duration.ofHours(1));
    StringBuilder body = new StringBuilder("[");
    for (int i = from; i < to; i++) {
      body.append(i == from ? "" : ",")
          .append(
              """
              {"labels":{"alertname":"HighErrorRate","service":"service-%d","instance":"10.0.%d.%d:8080","severity":"critical","number":"%d"},\
              "annotations":{"summary":"instance 10.0.%d.%d of service-%d has many errors","runbook_url":"https://runbooks.example.org/errors"},\
              "startsAt":"%s","endsAt":"%s","generatorURL":"http://prometheus:9090/graph?g0.expr=errors"}\
              """
                  .formatted(
                      i % options.groups(),
                      i >> 8 & 255,
                      i & 255,
                      i,
                      i >> 8 & 255,
                      i & 255,
                      i % options.groups(),
                      now.minusSeconds(ended ? 3600 : 1),
                      end));
    }
    return body.append(']').toString();
  }

  private void send(String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/v2/alerts".formatted(port())))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "posting alerts gave status %d: %.300s".formatted(answer.statusCode(), answer.body()));
    }
  }

  /** Waits until all are told, for a bounded time. */
  private void await(IntSupplier count) throws InterruptedException {
    long began = System.nanoTime();
    while (count.getAsInt() < options.alerts() && seconds(began) < TOLD_MAX.toSeconds()) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
