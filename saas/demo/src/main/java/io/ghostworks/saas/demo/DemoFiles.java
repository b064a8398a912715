package io.ghostworks.saas.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The files of a running demo, all under {@code target/demo}: the platform's configuration and
 * data, the SaaS's database, the logs of the processes, and {@code run.json}, which tells others
 * where the demo is.
 *
 * <p>The configuration points to the files under {@code saas/demo/config}, which stay as they are,
 * apart from {@code alertmanager.yml}: the webhook's port moves with the others.
 */
final class DemoFiles {
  private static final String WEBHOOK = "127.0.0.1:8002";

  private final Path root;
  private final Path directory;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param root the directory of the project
   */
  DemoFiles(Path root) {
    this.root = root;
    this.directory = root.resolve("target").resolve("demo");
  }

  Path root() {
    return root;
  }

  Path configuration() {
    return directory.resolve("ghostworks.yml");
  }

  Path data() {
    return directory.resolve("data");
  }

  Path database() {
    return directory.resolve("saas").resolve("db");
  }

  Path log(String process) {
    return directory.resolve("logs").resolve(process + ".log");
  }

  /**
   * Removes what an earlier demo left and writes the configuration; refuses while that demo is
   * running.
   */
  void prepare(Ports ports) throws IOException {
    JsonNode run = readRun();
    if (run != null && ProcessHandle.of(run.path("pid").asLong()).isPresent()) {
      throw new IllegalStateException(
          "a demo is running already (process "
              + run.path("pid").asLong()
              + "); end it before another is started");
    }
    remove();
    Files.createDirectories(directory.resolve("logs"));
    Files.createDirectories(directory.resolve("saas"));
    Path config = root.resolve("saas").resolve("demo").resolve("config");
    Path alertmanager = directory.resolve("alertmanager.yml");
    Files.writeString(
        alertmanager,
        Files.readString(config.resolve("alertmanager.yml"))
            .replace(WEBHOOK, "127.0.0.1:" + ports.page()));
    Files.writeString(configuration(), ghostworksYaml(config, alertmanager, ports));
    Files.writeString(
        directory.resolve("run.json"),
        json.writeValueAsString(
            Map.of("pid", ProcessHandle.current().pid(), "portOffset", ports.offset())));
  }

  /** The port offset of the demo that is running, if one is. */
  OptionalInt findRunningOffset() throws IOException {
    JsonNode run = readRun();
    return run == null ? OptionalInt.empty() : OptionalInt.of(run.path("portOffset").asInt());
  }

  /** Removes everything under {@code target/demo}. */
  void remove() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // A process that is ending deletes files of its own.
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private @Nullable JsonNode readRun() throws IOException {
    Path run = directory.resolve("run.json");
    return Files.exists(run) ? json.readTree(run.toFile()) : null;
  }

  private String ghostworksYaml(Path config, Path alertmanager, Ports ports)
      throws JsonProcessingException {
    return """
    # Written by the demo for one run.
    files:
      prometheus: %s
      rules:
        - %s
        - %s
      alertmanager: %s
      collector: %s
      dashboards:
        - %s
    hosts:
      "api:8000": "127.0.0.1:%d"
      "worker:8001": "127.0.0.1:%d"
    """
        .formatted(
            quoted(config.resolve("prometheus.yml")),
            quoted(config.resolve("alert-rules.yml")),
            quoted(config.resolve("demo-rules.yml")),
            quoted(alertmanager),
            quoted(config.resolve("otelcol-config.yml")),
            quoted(config.resolve("dashboards")),
            ports.api(),
            ports.worker());
  }

  /** A JSON string is a YAML string. */
  private String quoted(Path path) throws JsonProcessingException {
    return json.writeValueAsString(path.toString());
  }
}
