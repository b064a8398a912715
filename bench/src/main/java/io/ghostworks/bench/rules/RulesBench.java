package io.ghostworks.bench.rules;

import io.ghostworks.bench.system.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The CPU that evaluating rules takes: a server gets the samples of many series every 15 seconds,
 * first without rules, then with ten rules for every hundred series; the difference is what the
 * rules cost. Also tells how many evaluations failed or were missed.
 */
public final class RulesBench {

  private static final String USAGE =
      """
      usage: ./ghostworks bench rules [--server KIND[=COMMAND]] ... [--rules N] [--seed N] [--warmup SECONDS] [--seconds SECONDS]
      --server: ghostworks or prometheus, started on loopback with a fresh data directory; COMMAND is its binary
      --rules:  10000 unless told, over ten times as many series; --seed: 1 unless told
      --warmup: with rules before it counts, 60 unless told; --seconds: that count, without and with rules, 60 unless told
      """;
  private static final int PORT_OFFSET = 24_000;
  private static final long STEP_MS = 15_000;
  private static final int HISTORY_ROUNDS = 21;
  private static final int SERVICES_PER_SECOND_SLICE = 15;

  private final Options options;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private RulesBench(Options options) {
    this.options = options;
  }

  /** What the command line asks for. */
  private record Options(
      List<String> servers, int rules, long seed, int warmupSeconds, int seconds) {

    static Options parse(String[] arguments) {
      List<String> servers = new ArrayList<>();
      int rules = 10_000;
      long seed = 1;
      int warmup = 60;
      int seconds = 60;
      for (int i = 0; i < arguments.length; i += 2) {
        if (i + 1 == arguments.length) {
          throw new IllegalArgumentException("%s needs a value".formatted(arguments[i]));
        }
        String value = arguments[i + 1];
        switch (arguments[i]) {
          case "--server" -> servers.add(value);
          case "--rules" -> rules = Integer.parseInt(value);
          case "--seed" -> seed = Long.parseLong(value);
          case "--warmup" -> warmup = Integer.parseInt(value);
          case "--seconds" -> seconds = Integer.parseInt(value);
          default ->
              throw new IllegalArgumentException("unknown option '%s'".formatted(arguments[i]));
        }
      }
      return new Options(
          servers.isEmpty() ? List.of("ghostworks") : servers, rules, seed, warmup, seconds);
    }

    int services() {
      return Math.max(1, rules / ServiceRules.COUNT);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.printf("bench rules: %s%n%s", e.getMessage(), USAGE);
      System.exit(2);
      return;
    }
    Path root = Path.of(System.getProperty("ghostworks.root", "."));
    RulesBench bench = new RulesBench(options);
    for (String server : options.servers) {
      bench.run(server, root);
    }
    System.exit(0);
  }

  private void run(String server, Path root) throws IOException, InterruptedException {
    int equals = server.indexOf('=');
    String kind = equals < 0 ? server : server.substring(0, equals);
    String command = equals < 0 ? "" : server.substring(equals + 1);
    Path folder =
        Files.createTempDirectory(Files.createDirectories(root.resolve("target/bench")), "rules");
    Path rules = folder.resolve("rules.yml");
    Files.writeString(rules, "groups: []\n");
    try (ServerProcess process = start(kind, command, root, folder)) {
      System.err.printf("%s: ready after %.1f s%n", kind, process.readySeconds());
      Feed feed = new Feed(kind);
      feed.history();
      System.err.printf("%s: without rules%n", kind);
      feed.live(15);
      double without = measured(process, feed);
      Files.writeString(rules, ServiceRules.of(options.services()));
      post(url(kind, "/-/reload"));
      System.err.printf("%s: with %d rules%n", kind, options.services() * ServiceRules.COUNT);
      feed.live(options.warmupSeconds);
      Counts before = counts(kind);
      double with = measured(process, feed);
      Counts after = counts(kind);
      double share = (with - without) / options.seconds;
      double evaluations = after.evaluations - before.evaluations;
      System.out.printf(
          "%s: %d rules over %d series every 15 s: %.1f %% of a core (%.2f s of CPU in %d s, %.2f s"
              + " without rules), %.0f us a rule, %.0f evaluations, %.0f failed, %.0f iterations"
              + " missed, %.0f MiB resident%n",
          kind,
          options.services() * ServiceRules.COUNT,
          options.services() * ServiceSeries.COUNT,
          100 * share,
          with,
          options.seconds,
          without,
          1e6 * (with - without) / Math.max(1, evaluations),
          evaluations,
          after.failures - before.failures,
          after.missed - before.missed,
          process.residentMib());
    } finally {
      delete(folder);
    }
  }

  private double measured(ServerProcess process, Feed feed)
      throws IOException, InterruptedException {
    double before = process.cpuSeconds();
    feed.live(options.seconds);
    return process.cpuSeconds() - before;
  }

  private static ServerProcess start(String kind, String command, Path root, Path folder)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    switch (kind) {
      case "ghostworks" -> {
        Path config = folder.resolve("ghostworks.yml");
        Files.writeString(
            config,
            """
            files: {rules: [rules.yml]}
            listen: {lifecycle_api: true}
            limits: {active_series_max: 20000000}
            """);
        all.add(command.isEmpty() ? root.resolve("ghostworks").toString() : command);
        all.addAll(
            List.of(
                "serve",
                "--config",
                config.toString(),
                "--data",
                folder.resolve("data").toString(),
                "--port-offset",
                Integer.toString(PORT_OFFSET)));
      }
      case "prometheus" -> {
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(config, "rule_files: [rules.yml]\n");
        all.addAll(
            List.of(
                command.isEmpty() ? "prometheus" : command,
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + (9190 + PORT_OFFSET),
                "--web.enable-remote-write-receiver",
                "--web.enable-lifecycle"));
      }
      default ->
          throw new IllegalArgumentException(
              "a server must be ghostworks or prometheus, got '%s'".formatted(kind));
    }
    return ServerProcess.start(
        all,
        Map.of("GHOSTWORKS_SKIP_BUILD", "1"),
        folder.resolve("server.log"),
        kind.equals("prometheus")
            ? url(kind, "/-/ready")
            : URI.create("http://127.0.0.1:%d/ready".formatted(3000 + PORT_OFFSET)));
  }

  private static URI url(String kind, String path) {
    int port = (kind.equals("prometheus") ? 9190 : 9090) + PORT_OFFSET;
    return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
  }

  private void post(URI uri) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(
          "%s answered %d: %s".formatted(uri, response.statusCode(), response.body()));
    }
  }

  /** What the server counts of itself. */
  private record Counts(double evaluations, double failures, double missed) {}

  private Counts counts(String kind) throws IOException, InterruptedException {
    String text =
        client
            .send(
                HttpRequest.newBuilder(url(kind, "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return new Counts(
        sum(text, "prometheus_rule_evaluations_total"),
        sum(text, "prometheus_rule_evaluation_failures_total"),
        sum(text, "prometheus_rule_group_iterations_missed_total"));
  }

  private static double sum(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Sends the samples of all services, spread over each 15 seconds. */
  private final class Feed {
    private final URI write;
    private final List<ServiceSeries> services = new ArrayList<>();

    Feed(String kind) {
      this.write = url(kind, "/api/v1/write");
      for (int i = 0; i < options.services(); i++) {
        services.add(new ServiceSeries(i, options.seed));
      }
    }

    void history() throws IOException, InterruptedException {
      long start = System.currentTimeMillis() - HISTORY_ROUNDS * STEP_MS;
      for (int round = 0; round < HISTORY_ROUNDS - 1; round++) {
        for (ServiceSeries service : services) {
          send(service.next(start + round * STEP_MS));
        }
      }
    }

    void live(int seconds) throws IOException, InterruptedException {
      long start = System.nanoTime();
      int perSlice = (services.size() + SERVICES_PER_SECOND_SLICE - 1) / SERVICES_PER_SECOND_SLICE;
      for (int second = 0; second < seconds; second++) {
        int from = second % SERVICES_PER_SECOND_SLICE * perSlice;
        for (int i = from; i < Math.min(services.size(), from + perSlice); i++) {
          send(services.get(i).next(System.currentTimeMillis()));
        }
        long left = start + (second + 1) * 1_000_000_000L - System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
      }
    }

    private void send(byte[] body) throws IOException, InterruptedException {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(write)
                  .header("content-type", "application/x-protobuf")
                  .header("content-encoding", "snappy")
                  .header("x-prometheus-remote-write-version", "0.1.0")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IOException(
            "%s answered %d: %s".formatted(write, response.statusCode(), response.body()));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
