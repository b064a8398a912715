package io.ghostworks.bench.peer;

import io.ghostworks.bench.system.ServerProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server under measurement, started here with an empty data directory. */
public final class PeerServer implements Peer {
  private final PeerSpec<?> spec;
  private final Path root;
  private final Path folder;
  private ServerProcess process;

  private PeerServer(PeerSpec<?> spec, Path root, Path folder)
      throws IOException, InterruptedException {
    this.spec = spec;
    this.root = root;
    this.folder = folder;
    this.process = start();
  }

  /** Starts one and waits until it is ready. */
  public static PeerServer open(PeerSpec<?> spec, Path root)
      throws IOException, InterruptedException {
    Path runs = Files.createDirectories(root.resolve("target/bench"));
    return new PeerServer(
        spec, root, Files.createTempDirectory(runs, spec.kind().option()).toAbsolutePath());
  }

  @Override
  public String name() {
    return spec.kind().option();
  }

  @Override
  public ServerProcess process() {
    return process;
  }

  /** It is ended and started again in between, so that its log is empty. */
  @Override
  public void settle(int seconds) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (HttpRequest request : spec.kind().settle()) {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
          throw new IOException(
              "%s gave status %d: %.300s"
                  .formatted(request.uri(), response.statusCode(), response.body()));
        }
        awaitQuiet();
      }
    }
    TimeUnit.SECONDS.sleep(spec.kind().writesAfterSeconds());
    awaitQuiet();
    process.close();
    process = start();
    TimeUnit.SECONDS.sleep(seconds);
    awaitQuiet();
  }

  @Override
  public OptionalLong storedBytes() throws IOException, InterruptedException {
    if (!spec.kind().isSizedEnded()) {
      return OptionalLong.of(fileBytes());
    }
    process.close();
    long bytes = fileBytes();
    process = start();
    return OptionalLong.of(bytes);
  }

  private long fileBytes() throws IOException {
    Path data = folder.resolve("data");
    long bytes = 0;
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += spec.kind().isStore(data.relativize(file)) ? size(file) : 0;
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
    List<String> command =
        spec.kind().command(spec.command(), root, folder, folder.resolve("data"));
    return ServerProcess.start(
        command,
        Map.of("GHOSTWORKS_SKIP_BUILD", "1"),
        folder.resolve("server.log"),
        spec.kind().ready());
  }
}
