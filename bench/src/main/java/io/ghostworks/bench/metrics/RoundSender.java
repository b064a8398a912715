package io.ghostworks.bench.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends rounds of requests by a few connections. Each request belongs to one of them in all rounds,
 * so that the samples of a series arrive in their order. What is answered with 429 or 503 is sent
 * again, as senders do.
 */
final class RoundSender implements AutoCloseable {
  static final int CONNECTIONS = 4;

  private static final int RETRIES_MAX = 1_200;
  private static final int RETRY_MILLIS = 50;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
  private final URI uri;
  private final AtomicLong sentAgain = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  RoundSender(URI uri) {
    this.uri = uri;
  }

  /** The work of one connection: sends what belongs to it in a round. */
  interface Share {
    void send(int connection, int round) throws IOException, InterruptedException;
  }

  /** How many requests were refused for now, and sent again. */
  long sentAgain() {
    return sentAgain.get();
  }

  /** The bytes of all bodies. */
  long bytes() {
    return bytes.get();
  }

  /** Sends rounds {@code [from, to)}; each connection goes on by itself. */
  void rounds(int from, int to, Share share) throws InterruptedException {
    List<Future<?>> shares = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      int connection = i;
      shares.add(
          threads.submit(() -> {
            for (int round = from; round < to; round++) {
              share.send(connection, round);
            }
            return null;
          }));
    }
    for (Future<?> each : shares) {
      try {
        each.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("the load failed: " + e.getCause(), e.getCause());
      }
    }
  }

  /**
   * Sends one request until it is taken.
   *
   * @throws IOException if it is refused for good
   */
  void send(byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("content-type", "application/x-protobuf")
            .header("content-encoding", "snappy")
            .header("x-prometheus-remote-write-version", "0.1.0")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    bytes.addAndGet(body.length);
    for (int i = 0; ; i++) {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() / 100 == 2) {
        return;
      }
      boolean overload = response.statusCode() == 429 || response.statusCode() == 503;
      if (!overload || i == RETRIES_MAX) {
        throw new IOException(
            "status %d, %.500s"
                .formatted(
                    response.statusCode(), new String(response.body(), StandardCharsets.UTF_8)));
      }
      sentAgain.incrementAndGet();
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.close();
  }
}
