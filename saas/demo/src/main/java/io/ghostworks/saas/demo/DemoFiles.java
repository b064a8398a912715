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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a running demo, all in a directory under {@code target/demo} that is named after its
 * port offset: the platform's configuration and data, the SaaS's database, the logs of the
 * processes, and {@code run.json}, which tells others which process the demo is. Demos with
 * different offsets run side by side.
 *
 * <p>The configuration points to the files under {@code saas/demo/config}, which stay as they are,
 * apart from {@code alertmanager.yml}: the webhook's port moves with the others.
 */
final class DemoFiles {
  private static final String WEBHOOK = "127.0.0.1:8002";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  private final Path demos;
  private final Ports ports;
  private final Path directory;

  /**
   * @param root the directory of the project
   */
  DemoFiles(Path root, Ports ports) {
    this.root = root;
    this.demos = demosOf(root);
    this.ports = ports;
    this.directory = demos.resolve(Integer.toString(ports.offset()));
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

  /** Refuses while a demo with the same ports is running. */
  void requireNotRunning() throws IOException {
    OptionalLong pid = findProcess(directory);
    if (pid.isPresent()) {
      throw new IllegalStateException(
          "a demo with port offset %d is running already (process %d); end it, or start another one with another --port-offset"
              .formatted(ports.offset(), pid.getAsLong()));
    }
  }

  /** Removes what earlier demos left that were killed, and writes the configuration. */
  void prepare() throws IOException {
    requireNotRunning();
    for (Path left : children(demos)) {
      if (findProcess(left).isEmpty()) {
        remove(left);
      }
    }
    Files.createDirectories(directory.resolve("logs"));
    Files.createDirectories(directory.resolve("saas"));
    Path config = root.resolve("saas").resolve("demo").resolve("config");
    Path alertmanager = directory.resolve("alertmanager.yml");
    Files.writeString(
        alertmanager,
        Files.readString(config.resolve("alertmanager.yml"))
            .replace(WEBHOOK, "127.0.0.1:" + ports.page()));
    Files.writeString(configuration(), ghostworksYaml(config, alertmanager));
    Files.writeString(
        directory.resolve("run.json"),
        JSON.writeValueAsString(
            Map.of(
                "pid",
                ProcessHandle.current().pid(),
                "startedAt",
                startOf(ProcessHandle.current()))));
  }

  /** The port offsets of the demos of a project that are running, in order. */
  static List<Integer> findRunningOffsets(Path root) throws IOException {
    List<Integer> offsets = new ArrayList<>();
    for (Path directory : children(demosOf(root))) {
      if (findProcess(directory).isPresent()) {
        offsets.add(Integer.valueOf(directory.getFileName().toString()));
      }
    }
    offsets.sort(null);
    return offsets;
  }

  /** Removes everything of this demo; the files of others stay. */
  void remove() throws IOException {
    remove(directory);
    if (children(demos).isEmpty()) {
      Files.deleteIfExists(demos);
    }
  }

  private static void remove(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
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

  private static Path demosOf(Path root) {
    return root.resolve("target").resolve("demo");
  }

  private static List<Path> children(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  /**
   * The process of the demo in a directory, if it is running: the start time tells it from a later
   * process that got the same id.
   */
  private static OptionalLong findProcess(Path directory) throws IOException {
    Path file = directory.resolve("run.json");
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    JsonNode run = JSON.readTree(file.toFile());
    return ProcessHandle.of(run.path("pid").asLong())
        .filter(process -> startOf(process).equals(run.path("startedAt").asText()))
        .map(process -> OptionalLong.of(process.pid()))
        .orElseGet(OptionalLong::empty);
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private String ghostworksYaml(Path config, Path alertmanager) throws JsonProcessingException {
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
    return JSON.writeValueAsString(path.toString());
  }
}
