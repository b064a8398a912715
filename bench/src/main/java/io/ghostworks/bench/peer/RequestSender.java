package io.ghostworks.bench.peer;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Sends the requests of a load by a few connections, each taking the next one. What is answered
 * with 429 or 503 is sent again, as senders do.
 */
public final class RequestSender implements AutoCloseable {
  private static final int CONNECTIONS = 4;
  private static final int RETRIES_MAX = 2_400;
  private static final int RETRY_MILLIS = 50;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
  private final URI uri;
  private final List<String> headers;
  private final Supplier<Requests> source;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLong sentAgain = new AtomicLong();
  private final AtomicLong rawBytes = new AtomicLong();
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong sentBytes = new AtomicLong();

  /**
   * @param headers names and values by turns
   * @param source makes the same requests for each connection
   */
  public RequestSender(URI uri, List<String> headers, Supplier<Requests> source) {
    this.uri = uri;
    this.headers = List.copyOf(headers);
    this.source = source;
  }

  /** How many requests were refused for now, and sent again. */
  public long sentAgain() {
    return sentAgain.get();
  }

  /** The raw bytes of all requests that were taken. */
  public long rawBytes() {
    return rawBytes.get();
  }

  /** The rows of all requests that were taken. */
  public long rows() {
    return rows.get();
  }

  /** The bodies of all requests that were taken, as they were sent. */
  public long sentBytes() {
    return sentBytes.get();
  }

  /** Sends all requests up to one. */
  public void sendUntil(int end) throws InterruptedException {
    List<Future<?>> shares = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      shares.add(
          threads.submit(() -> {
            Requests requests = source.get();
            for (int number = take(end); number >= 0; number = take(end)) {
              send(requests.request(number));
            }
            rawBytes.addAndGet(requests.rawBytes());
            rows.addAndGet(requests.rows());
            return null;
          }));
    }
    for (Future<?> share : shares) {
      try {
        share.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("the load failed: " + e.getCause(), e.getCause());
      }
    }
  }

  /** The next request, or -1 after the last. */
  private int take(int end) {
    int number = next.getAndUpdate(before -> Math.min(end, before + 1));
    return number < end ? number : -1;
  }

  private void send(byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .headers(headers.toArray(String[]::new))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    for (int i = 0; ; i++) {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() / 100 == 2) {
        sentBytes.addAndGet(body.length);
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
