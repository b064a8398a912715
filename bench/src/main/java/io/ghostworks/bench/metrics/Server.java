package io.ghostworks.bench.metrics;

import io.ghostworks.bench.metrics.MetricsOptions.ServerSpec;
import io.ghostworks.bench.system.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server under measurement: its process, its addresses, and its files if it was started here. */
final class Server implements AutoCloseable {
  private final ServerSpec spec;
  private final Path root;
  private final @Nullable Path folder;
  private ServerProcess process;

  private Server(ServerSpec spec, Path root, @Nullable Path folder, ServerProcess process) {
    this.spec = spec;
    this.root = root;
    this.folder = folder;
    this.process = process;
  }

  /** Starts it with an empty data directory, or takes the one that runs. */
  static Server open(ServerSpec spec, Path root) throws IOException, InterruptedException {
    return switch (spec) {
      case ServerSpec.Running running ->
          new Server(spec, root, null, ServerProcess.running(running.pid()));
      case ServerSpec.Started started -> {
        Path folder =
            Files.createTempDirectory(Files.createDirectories(root.resolve("target/bench")), "run");
        yield new Server(spec, root, folder, start(started, root, folder));
      }
    };
  }

  String name() {
    return spec.name();
  }

  ServerProcess process() {
    return process;
  }

  URI writeUri() {
    return URI.create(url() + "/api/v1/write");
  }

  /** The address before {@code /api/v1}. */
  URI url() {
    return switch (spec) {
      case ServerSpec.Running running -> running.url();
      case ServerSpec.Started started -> started.kind().url();
    };
  }

  /** What a query has in addition, so that no cache answers it. */
  String uncached() {
    return spec instanceof ServerSpec.Started started ? started.kind().uncached() : "";
  }

  ServerKind kind() {
    if (spec instanceof ServerSpec.Started started) {
      return started.kind();
    }
    throw new IllegalStateException(name() + " was not started here");
  }

  Path data() {
    return started().resolve("data");
  }

  /** Kills it as a crash would, and starts it again on the same files. */
  void crashAndStart() throws IOException, InterruptedException {
    process.kill();
    startAgain();
  }

  /** Ends it in good order, and starts it again on the same files. */
  void stopAndStart() throws IOException, InterruptedException {
    process.close();
    startAgain();
  }

  @Override
  public void close() throws IOException {
    process.close();
    if (folder != null) {
      delete(folder);
    }
  }

  private void startAgain() throws IOException, InterruptedException {
    if (spec instanceof ServerSpec.Started started) {
      process = start(started, root, started());
    }
  }

  private Path started() {
    if (folder == null) {
      throw new IllegalStateException(name() + " was not started here");
    }
    return folder;
  }

  private static ServerProcess start(ServerSpec.Started started, Path root, Path folder)
      throws IOException, InterruptedException {
    return ServerProcess.start(
        started.kind().command(started.command(), root, folder, folder.resolve("data")),
        Map.of("GHOSTWORKS_SKIP_BUILD", "1"),
        folder.resolve("server.log"),
        started.kind().ready());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
