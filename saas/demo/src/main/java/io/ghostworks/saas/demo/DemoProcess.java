package io.ghostworks.saas.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One process of the demo. It can be stopped and started again; what it writes is appended to its
 * log. Thread-safe.
 */
final class DemoProcess {
  private static final Duration STOP = Duration.ofSeconds(15);
  private static final int LAST_LINES = 20;
  private static final int LINE_LENGTH_MAX = 400;

  private final String name;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path directory;
  private final Path log;
  private final @Nullable Probe ready;
  private @Nullable Process process;
  private boolean wanted;

  /**
   * @param directory where the process runs
   * @param ready whether the process is ready, or null where nothing is asked
   */
  DemoProcess(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Path log,
      @Nullable Probe ready) {
    this.name = name;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.directory = directory;
    this.log = log;
    this.ready = ready;
  }

  String name() {
    return name;
  }

  @Nullable Probe ready() {
    return ready;
  }

  synchronized void start() throws IOException {
    if (process != null && process.isAlive()) {
      return;
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process = builder.start();
    wanted = true;
  }

  /** Asks the process to end, and ends it after {@link #STOP}. */
  synchronized void stop() {
    wanted = false;
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroy();
    try {
      if (!running.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the process runs. */
  synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Whether the process has ended though nobody asked it to. */
  synchronized boolean hasFailed() {
    return wanted && process != null && !process.isAlive();
  }

  /** How the process ended, for a person; an exit code above 128 is a signal. */
  synchronized String ending() {
    if (process == null || process.isAlive()) {
      return "";
    }
    int code = process.exitValue();
    return code > 128 ? "by signal " + (code - 128) : "by itself with exit code " + code;
  }

  /** What the process wrote last, each line cut to a length that a person reads. */
  String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.isEmpty()
          ? "(nothing)"
          : lines.stream()
              .skip(Math.max(0, lines.size() - LAST_LINES))
              .map(line -> line.substring(0, Math.min(line.length(), LINE_LENGTH_MAX)))
              .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return "(" + log + " cannot be read: " + e.getMessage() + ")";
    }
  }
}
