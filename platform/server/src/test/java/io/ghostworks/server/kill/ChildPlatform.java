package io.ghostworks.server.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The platform in a process of its own, on free ports, over a data directory that outlives it. */
final class ChildPlatform implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration READY_MAX = Duration.ofSeconds(90);
  private static final long POLL_MS = 20;
  private static final String CONFIG =
      """
      listen:
        ports:
          web: 0
          otlp_grpc: 0
          otlp_http: 0
          prometheus: 0
          loki: 0
          tempo: 0
          alertmanager: 0
      """;

  private final Path data;
  private final Path output;
  private final HttpClient client;
  private final Process process;
  private JsonNode addresses = JSON.createObjectNode();

  private ChildPlatform(Path data, Path output, HttpClient client, Process process) {
    this.data = data;
    this.output = output;
    this.client = client;
    this.process = process;
  }

  /** Starts the process; it may not be ready yet. */
  static ChildPlatform start(Path folder, HttpClient client) throws IOException {
    return start(folder, client, "");
  }

  /**
   * Starts the process; it may not be ready yet.
   *
   * @param sections further ones of the configuration; paths are relative to the folder
   */
  static ChildPlatform start(Path folder, HttpClient client, String sections) throws IOException {
    Path config = folder.resolve("ghostworks.yml");
    Files.writeString(config, CONFIG + sections);
    Path data = folder.resolve("data");
    Path output = folder.resolve("output.txt");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "@" + Path.of("jvm.flags").toAbsolutePath(),
                    "-cp",
                    classPath,
                    "io.ghostworks.server.Main",
                    "serve",
                    "--config",
                    config.toString(),
                    "--data",
                    data.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()))
            .start();
    return new ChildPlatform(data, output, client, process);
  }

  /** Waits until it says that it is ready. */
  ChildPlatform awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + READY_MAX.toNanos();
    while (System.nanoTime() - deadline < 0) {
      if (readAddresses() && answersReady()) {
        return this;
      }
      if (process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the platform ended at its start:\n" + Files.readString(output));
      }
    }
    throw new AssertionError(
        "the platform must be ready after %s:\n%s".formatted(READY_MAX, Files.readString(output)));
  }

  private boolean readAddresses() throws IOException {
    Path file = data.resolve("run.json");
    if (!Files.exists(file)) {
      return false;
    }
    JsonNode run = JSON.readTree(file.toFile());
    addresses = run.path("addresses");
    // A killed process leaves its file behind.
    return run.path("pid").asLong() == process.pid();
  }

  private boolean answersReady() throws InterruptedException {
    try {
      return get("web", "/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  HttpResponse<String> get(String listener, String path) throws IOException, InterruptedException {
    return client.send(request(listener, path).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String listener, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    return client.send(
        request(listener, path)
            .headers(headers)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> delete(String listener, String path)
      throws IOException, InterruptedException {
    return client.send(
        request(listener, path).DELETE().build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String listener, String path) {
    return HttpRequest.newBuilder(URI.create("http://" + addresses.path(listener).asText() + path))
        .timeout(Duration.ofSeconds(30));
  }

  /** Lets it run so long, or until it ends by itself. */
  void run(long millis) throws InterruptedException {
    process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends it in good order. */
  void end() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the platform must end within a minute of SIGTERM");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
