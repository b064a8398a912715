package io.ghostworks.bench.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that is measured, with what the kernel says of its process (Linux's /proc). */
public final class ServerProcess implements AutoCloseable {

  private static final int READY_TRIES_MAX = 4_800;
  private static final double TICKS_PER_SECOND = 100;

  private final long pid;
  private final @Nullable Process started;
  private final double readySeconds;

  private ServerProcess(long pid, @Nullable Process started, double readySeconds) {
    this.pid = pid;
    this.started = started;
    this.readySeconds = readySeconds;
  }

  /** One that runs already and goes on afterwards. */
  public static ServerProcess running(long pid) throws IOException {
    ServerProcess server = new ServerProcess(pid, null, Double.NaN);
    server.cpuSeconds();
    return server;
  }

  /**
   * Starts one and waits until its address of readiness answers 200.
   *
   * @param log gets what it prints
   */
  public static ServerProcess start(
      List<String> command, Map<String, String> environment, Path log, URI ready)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    try (HttpClient client = HttpClient.newHttpClient()) {
      if (isReady(client, ready)) {
        throw new IOException(
            "another server answers at %s already: end it before %s is measured"
                .formatted(ready, command.getFirst()));
      }
    }
    long start = System.nanoTime();
    Process process = builder.start();
    // A run that is broken off must not leave its server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < READY_TRIES_MAX; i++) {
        if (!process.isAlive()) {
          throw new IOException(
              "%s ended with status %d; it printed: %s"
                  .formatted(command.getFirst(), process.exitValue(), Files.readString(log)));
        }
        if (isReady(client, ready)) {
          return new ServerProcess(process.pid(), process, (System.nanoTime() - start) / 1e9);
        }
        TimeUnit.MILLISECONDS.sleep(25);
      }
    }
    process.destroyForcibly();
    throw new IOException("%s did not answer 200 at %s".formatted(command.getFirst(), ready));
  }

  private static boolean isReady(HttpClient client, URI ready) throws InterruptedException {
    try {
      return client
              .send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false; // not listening yet
    }
  }

  /** From exec to the first ready answer; NaN for one that ran already. */
  public double readySeconds() {
    return readySeconds;
  }

  /** CPU time of the process so far, user and system. */
  public double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Resident memory. */
  public double residentMib() throws IOException {
    return statusMib("VmRSS:");
  }

  /** The most that was resident at any time. */
  public double peakResidentMib() throws IOException {
    return statusMib("VmHWM:");
  }

  /** Ends one that was started here at once, as a crash would. */
  public void kill() throws InterruptedException {
    if (started == null) {
      throw new IllegalStateException("process %d was not started here".formatted(pid));
    }
    started.destroyForcibly().waitFor();
  }

  private double statusMib(String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/%d/status".formatted(pid)))) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException("the kernel does not tell the resident memory of %d".formatted(pid));
  }

  @Override
  public void close() {
    if (started != null) {
      started.destroy();
      started
          .onExit()
          .orTimeout(30, TimeUnit.SECONDS)
          .exceptionally(late -> started.destroyForcibly())
          .join();
    }
  }
}
