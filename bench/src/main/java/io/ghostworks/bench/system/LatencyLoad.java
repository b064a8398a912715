package io.ghostworks.bench.system;

import io.ghostworks.bench.payload.Payloads;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How long small writes wait for their answer at 1,000 requests a second, from the time at which
 * each was due.
 */
final class LatencyLoad {

  private static final int REQUESTS = 15_000;
  private static final int PER_SECOND = 1_000;
  private static final int ROWS = 10;

  private final HttpClient client;
  private final BenchOptions options;

  LatencyLoad(HttpClient client, BenchOptions options) {
    this.client = client;
    this.options = options;
  }

  void run(URI otlpLogs) throws InterruptedException {
    Payloads payloads = new Payloads(43, System.currentTimeMillis() * 1_000_000L);
    int requests = options.scaled(REQUESTS);
    long[] nanos = new long[requests];
    CountDownLatch done = new CountDownLatch(requests);
    byte[][] bodies = new byte[requests][];
    for (int i = 0; i < requests; i++) {
      bodies[i] = payloads.logs(ROWS, i);
    }
    long start = System.nanoTime();
    for (int i = 0; i < requests; i++) {
      int request = i;
      long due = start + i * (1_000_000_000L / PER_SECOND);
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
      var _ =
          client
              .sendAsync(
                  Protocol.OTLP_LOGS.request(otlpLogs, bodies[i]),
                  HttpResponse.BodyHandlers.ofByteArray())
              .whenComplete((response, failure) -> {
                nanos[request] =
                    failure != null || response.statusCode() / 100 != 2
                        ? Long.MAX_VALUE
                        : System.nanoTime() - due;
                done.countDown();
              });
    }
    done.await();
    Arrays.sort(nanos);
    System.out.printf(
        "acknowledged write of %d log records at %d requests/s: p50 %.1f ms, p99 %.1f ms, max %.1f ms, %d refused%n",
        ROWS,
        PER_SECOND,
        nanos[requests / 2] / 1e6,
        nanos[requests * 99 / 100] / 1e6,
        nanos[requests - 1] / 1e6,
        Arrays.stream(nanos).filter(each -> each == Long.MAX_VALUE).count());
  }
}
