package io.ghostworks.bench.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of docs/benchmarks.md, of the platform or of any server that speaks one of the
 * protocols: start and idle cost, accepted rows per second of its CPU, queries over what was
 * written, the latency of acknowledged writes. On standard output, as lines and rows of tables.
 */
public final class SystemBench {

  private static final int PORT_OFFSET = 21_000;
  private static final int SETTLE_SECONDS = 10;
  private static final int MEMORY_SECONDS = 60;
  private static final List<Protocol> ROW_LOADS =
      List.of(Protocol.OTLP_TRACES, Protocol.OTLP_LOGS, Protocol.LOKI_PUSH, Protocol.OTLP_METRICS);

  private final BenchOptions options;
  private final ServerProcess server;
  private final HttpClient client;

  private SystemBench(BenchOptions options, ServerProcess server, HttpClient client) {
    this.options = options;
    this.server = server;
    this.client = client;
  }

  public static void main(String[] arguments) throws Exception {
    BenchOptions options;
    try {
      options = BenchOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.printf("bench: %s%n%s", e.getMessage(), BenchOptions.USAGE);
      System.exit(2);
      return;
    }
    Path root = Path.of(System.getProperty("ghostworks.root", "."));
    Path folder =
        Files.createTempDirectory(Files.createDirectories(root.resolve("target/bench")), "run");
    BenchOptions asked =
        options.targets().isEmpty()
            ? options.ofPlatform(root, folder.resolve("data"), PORT_OFFSET)
            : options;
    try (ServerProcess server = server(asked, folder);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      new SystemBench(asked, server, client).run();
    } finally {
      delete(folder);
    }
    System.exit(0);
  }

  private static ServerProcess server(BenchOptions options, Path folder) throws Exception {
    @Nullable URI ready = options.ready();
    return ready == null
        ? ServerProcess.running(options.pid())
        : ServerProcess.start(
            options.command(),
            Map.of("GHOSTWORKS_SKIP_BUILD", "1"),
            folder.resolve("server.log"),
            ready);
  }

  private void run() throws IOException, InterruptedException {
    System.out.printf(
        "machine: %d cores; %s; scale %s%n",
        Runtime.getRuntime().availableProcessors(), Instant.now(), options.scale());
    idle();
    System.out.println(WriteLoad.TABLE_HEAD);
    WriteLoad load = new WriteLoad(server, new Sender(client), options);
    for (Protocol protocol : ROW_LOADS) {
      URI uri = options.targets().get(protocol);
      if (uri != null) {
        load.send(protocol, uri);
      }
    }
    URI remoteWrite = options.targets().get(Protocol.REMOTE_WRITE);
    if (remoteWrite != null) {
      long endMs = load.remoteWrite(remoteWrite);
      URI prometheus = options.targets().get(Protocol.PROMETHEUS_QUERY);
      if (prometheus != null) {
        System.out.println(QueryLoad.TABLE_HEAD);
        new QueryLoad(server, client).run(prometheus, endMs);
      }
    }
    URI logs = options.targets().get(Protocol.OTLP_LOGS);
    if (logs != null) {
      new LatencyLoad(client, options).run(logs);
    }
    memory();
  }

  private void idle() throws IOException, InterruptedException {
    if (!Double.isNaN(server.readySeconds())) {
      System.out.printf("ready after: %.2f s%n", server.readySeconds());
    }
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    double before = server.cpuSeconds();
    TimeUnit.SECONDS.sleep(options.idleSeconds());
    System.out.printf(
        "idle CPU: %.2f %% of a core%n",
        (server.cpuSeconds() - before) / options.idleSeconds() * 100);
    System.out.printf("idle resident: %.0f MiB%n", server.residentMib());
  }

  private void memory() throws IOException, InterruptedException {
    System.out.printf("resident after load: %.0f MiB%n", server.residentMib());
    TimeUnit.SECONDS.sleep(MEMORY_SECONDS);
    System.out.printf("resident %d s later: %.0f MiB%n", MEMORY_SECONDS, server.residentMib());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
