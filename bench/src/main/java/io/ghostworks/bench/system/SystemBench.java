package io.ghostworks.bench.system;

import io.ghostworks.bench.payload.Payloads;
import io.ghostworks.bench.payload.RemoteWritePayloads;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * The figures of docs/benchmarks.md: start and idle cost, accepted rows per second of the
 * platform's CPU with fsync, and the latency of acknowledged writes at 1,000 requests a second. One
 * row a figure, on standard output.
 */
public final class SystemBench {

  private static final int PORT_OFFSET = 21_000;
  private static final int ROWS = 500;
  private static final int REQUESTS = 2_000;
  private static final int WARM_UP = 400;
  private static final int IN_FLIGHT = 16;
  private static final int LATENCY_REQUESTS = 15_000;
  private static final int LATENCY_PER_SECOND = 1_000;
  private static final int IDLE_SECONDS = 30;
  private static final int RETRIES_MAX = 400;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final AtomicInteger retries = new AtomicInteger();

  private SystemBench() {}

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(System.getProperty("ghostworks.root", "."));
    Path folder = Files.createDirectories(root.resolve("target/bench"));
    new SystemBench().run(root, Files.createTempDirectory(folder, "run"));
    System.exit(0);
  }

  private void run(Path root, Path folder) throws Exception {
    System.out.printf(
        "machine: %d cores; JDK %s; %s%n",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.runtime.version"),
        Instant.now());
    try (PlatformProcess platform =
        PlatformProcess.start(root, folder.resolve("data"), PORT_OFFSET)) {
      idle(platform);
      Payloads payloads =
          new Payloads(42, System.currentTimeMillis() * 1_000_000L - 60_000_000_000L);
      throughput(platform, "spans", platform.otlp("/v1/traces"), i -> payloads.spans(ROWS, i));
      throughput(platform, "log records", platform.otlp("/v1/logs"), i -> payloads.logs(ROWS, i));
      throughput(platform, "points", platform.otlp("/v1/metrics"), i -> payloads.points(ROWS, i));
      remoteWrite(platform);
      latency(platform, payloads);
      System.out.printf("resident after load: %.0f MiB%n", platform.residentMib());
    } finally {
      delete(folder);
    }
  }

  private static void idle(PlatformProcess platform) throws IOException, InterruptedException {
    System.out.printf("ready after: %.2f s%n", platform.readySeconds());
    TimeUnit.SECONDS.sleep(10);
    double before = platform.cpuSeconds();
    TimeUnit.SECONDS.sleep(IDLE_SECONDS);
    System.out.printf(
        "idle CPU: %.2f %% of a core%n", (platform.cpuSeconds() - before) / IDLE_SECONDS * 100);
    System.out.printf("idle resident: %.0f MiB%n", platform.residentMib());
  }

  private void throughput(
      PlatformProcess platform, String what, URI uri, IntFunction<byte[]> payload)
      throws Exception {
    byte[][] bodies = new byte[WARM_UP + REQUESTS][];
    long bytes = 0;
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = payload.apply(i);
      bytes += i < WARM_UP ? 0 : bodies[i].length;
    }
    send(uri, bodies, 0, WARM_UP);
    double cpuBefore = platform.cpuSeconds();
    long start = System.nanoTime();
    send(uri, bodies, WARM_UP, REQUESTS);
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpu = platform.cpuSeconds() - cpuBefore;
    double rows = (double) REQUESTS * ROWS;
    System.out.printf(
        "%s: %.0f per CPU-second (%.1f MB of OTLP), %.0f per second, %.2f CPU-seconds, %d requests sent again%n",
        what, rows / cpu, bytes / cpu / 1e6, rows / seconds, cpu, retries.getAndSet(0));
  }

  /** 10,000 series, scraped every 15 seconds of their own time, in requests of 2,000 samples. */
  private void remoteWrite(PlatformProcess platform) throws Exception {
    int series = 10_000;
    int scrapes = 100;
    int samples = 2_000;
    int perScrape = series / samples;
    RemoteWritePayloads payloads =
        new RemoteWritePayloads(42, System.currentTimeMillis() - (scrapes + 5) * 15_000L, series);
    byte[][] bodies = new byte[scrapes * perScrape][];
    for (int i = 0; i < bodies.length; i++) {
      bodies[i] = payloads.request(i % perScrape * samples, samples, i / perScrape);
    }
    int warmUp = 20 * perScrape;
    URI uri = platform.prometheus("/api/v1/write");
    for (int from = 0; from < warmUp; from += perScrape) {
      send(uri, bodies, from, perScrape);
    }
    double cpuBefore = platform.cpuSeconds();
    long start = System.nanoTime();
    for (int from = warmUp; from < bodies.length; from += perScrape) {
      send(uri, bodies, from, perScrape);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpu = platform.cpuSeconds() - cpuBefore;
    double rows = (double) (bodies.length - warmUp) * samples;
    System.out.printf(
        "remote write samples: %.0f per CPU-second, %.0f per second, %.2f CPU-seconds%n",
        rows / cpu, rows / seconds, cpu);
  }

  /**
   * Sends requests, several at once; those that are answered with 503 again after a moment, as SDKs
   * do.
   */
  private void send(URI uri, byte[][] bodies, int from, int count) throws InterruptedException {
    Semaphore slots = new Semaphore(IN_FLIGHT);
    AtomicInteger failures = new AtomicInteger();
    for (int i = from; i < from + count; i++) {
      slots.acquire();
      byte[] body = bodies[i];
      var _ =
          Thread.startVirtualThread(() -> {
            try {
              if (!isAccepted(uri, body)) {
                failures.incrementAndGet();
              }
            } finally {
              slots.release();
            }
          });
    }
    slots.acquire(IN_FLIGHT);
    if (failures.get() > 0) {
      throw new IllegalStateException(
          "%d of %d requests to %s were not accepted whole".formatted(failures.get(), count, uri));
    }
  }

  private boolean isAccepted(URI uri, byte[] body) {
    try {
      HttpResponse<byte[]> response =
          client.send(request(uri, body), HttpResponse.BodyHandlers.ofByteArray());
      for (int i = 0; i < RETRIES_MAX && response.statusCode() == 503; i++) {
        retries.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(50);
        response = client.send(request(uri, body), HttpResponse.BodyHandlers.ofByteArray());
      }
      return response.statusCode() / 100 == 2 && response.body().length == 0;
    } catch (IOException e) {
      return false; // counted as a failure
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void latency(PlatformProcess platform, Payloads payloads) throws InterruptedException {
    URI uri = platform.otlp("/v1/logs");
    long[] nanos = new long[LATENCY_REQUESTS];
    CountDownLatch done = new CountDownLatch(LATENCY_REQUESTS);
    long start = System.nanoTime();
    for (int i = 0; i < LATENCY_REQUESTS; i++) {
      int request = i;
      long due = start + i * (1_000_000_000L / LATENCY_PER_SECOND);
      byte[] body = payloads.logs(10, 10_000 + i);
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
      var _ =
          client
              .sendAsync(request(uri, body), HttpResponse.BodyHandlers.ofByteArray())
              .whenComplete((response, failure) -> {
                nanos[request] =
                    failure != null || response.statusCode() != 200
                        ? Long.MAX_VALUE
                        : System.nanoTime() - due;
                done.countDown();
              });
    }
    done.await();
    Arrays.sort(nanos);
    System.out.printf(
        "acknowledged write of 10 log records at %d requests/s: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
        LATENCY_PER_SECOND,
        nanos[LATENCY_REQUESTS / 2] / 1e6,
        nanos[LATENCY_REQUESTS * 99 / 100] / 1e6,
        nanos[LATENCY_REQUESTS - 1] / 1e6);
  }

  private static HttpRequest request(URI uri, byte[] body) {
    return HttpRequest.newBuilder(uri)
        .header("content-type", "application/x-protobuf")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
