package io.ghostworks.bench.logs;

import io.ghostworks.bench.logs.LogsOptions.ServerSpec;
import io.ghostworks.bench.system.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server under measurement, started here with an empty data directory. */
final class LogServer implements AutoCloseable {
  private static final double QUIET_CPU_SECONDS = 0.4;
  private static final int QUIET_SECONDS = 10;
  private static final int QUIET_TRIES_MAX = 60;

  private final ServerSpec spec;
  private final Path root;
  private final Path folder;
  private ServerProcess process;

  private LogServer(ServerSpec spec, Path root, Path folder)
      throws IOException, InterruptedException {
    this.spec = spec;
    this.root = root;
    this.folder = folder;
    this.process = start();
  }

  static LogServer open(ServerSpec spec, Path root) throws IOException, InterruptedException {
    Path runs = Files.createDirectories(root.resolve("target/bench"));
    return new LogServer(spec, root, Files.createTempDirectory(runs, "logs").toAbsolutePath());
  }

  LogServerKind kind() {
    return spec.kind();
  }

  String name() {
    return spec.kind().option();
  }

  ServerProcess process() {
    return process;
  }

  /** Waits until it works no more than an idle server does; answers the CPU time until then. */
  double awaitQuiet() throws IOException, InterruptedException {
    double start = process.cpuSeconds();
    double before = start;
    for (int i = 0; i < QUIET_TRIES_MAX; i++) {
      TimeUnit.SECONDS.sleep(QUIET_SECONDS);
      double now = process.cpuSeconds();
      if (now - before < QUIET_CPU_SECONDS) {
        return now - start;
      }
      before = now;
    }
    throw new IOException("%s does not come to rest".formatted(name()));
  }

  /**
   * Makes it write everything into its files, ends it, starts it again and waits for its upkeep.
   *
   * @param seconds to wait at least, for merges that come by the clock
   */
  void settle(int seconds) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (URI uri : kind().settle()) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        HttpResponse<String> response =
            client.send(
                (kind() == LogServerKind.LOKI
                        ? request.POST(HttpRequest.BodyPublishers.noBody())
                        : request)
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
          throw new IOException(
              "%s gave status %d: %.300s".formatted(uri, response.statusCode(), response.body()));
        }
        awaitQuiet();
      }
    }
    process.close();
    process = start();
    TimeUnit.SECONDS.sleep(seconds);
    awaitQuiet();
  }

  /** The bytes of the files that hold lines and what leads to them. */
  long storedBytes() throws IOException {
    Path data = folder.resolve("data");
    long bytes = 0;
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += kind().isStore(data.relativize(file)) ? size(file) : 0;
      }
    }
    return bytes;
  }

  /** Nothing of a file that a merge has just removed. */
  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  @Override
  public void close() throws IOException {
    process.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private ServerProcess start() throws IOException, InterruptedException {
    List<String> command = kind().command(spec.command(), root, folder, folder.resolve("data"));
    return ServerProcess.start(
        command,
        Map.of("GHOSTWORKS_SKIP_BUILD", "1"),
        folder.resolve("server.log"),
        kind().ready());
  }
}
