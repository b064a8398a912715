package io.ghostworks.bench.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A platform in a process of its own, with what the kernel says of it. */
final class PlatformProcess implements AutoCloseable {

  private static final int READY_TRIES_MAX = 1_200;
  private static final double TICKS_PER_SECOND = 100;

  private final Process process;
  private final int portOffset;
  private final double readySeconds;

  private PlatformProcess(Process process, int portOffset, double readySeconds) {
    this.process = process;
    this.portOffset = portOffset;
    this.readySeconds = readySeconds;
  }

  static PlatformProcess start(Path root, Path data, int portOffset)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            root.resolve("ghostworks").toString(),
            "serve",
            "--data",
            data.toString(),
            "--port-offset",
            Integer.toString(portOffset));
    builder.environment().put("GHOSTWORKS_SKIP_BUILD", "1");
    builder
        .redirectErrorStream(true)
        .redirectOutput(data.resolveSibling(data.getFileName() + ".log").toFile());
    long start = System.nanoTime();
    Process process = builder.start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI ready = URI.create("http://127.0.0.1:%d/ready".formatted(3000 + portOffset));
      for (int i = 0; i < READY_TRIES_MAX; i++) {
        if (!process.isAlive()) {
          throw new IOException("the platform ended with status %d".formatted(process.exitValue()));
        }
        if (isReady(client, ready)) {
          return new PlatformProcess(process, portOffset, (System.nanoTime() - start) / 1e9);
        }
        TimeUnit.MILLISECONDS.sleep(25);
      }
    }
    process.destroyForcibly();
    throw new IOException("the platform was not ready in time");
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

  /** From exec to the first ready answer. */
  double readySeconds() {
    return readySeconds;
  }

  URI otlp(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(4318 + portOffset, path));
  }

  URI prometheus(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(9090 + portOffset, path));
  }

  /** CPU time of the process so far, user and system. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/%d/stat".formatted(process.pid())));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Resident memory. */
  double residentMib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/%d/status".formatted(process.pid())))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    throw new IOException("the kernel does not tell the resident memory");
  }

  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .orTimeout(30, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
  }
}
