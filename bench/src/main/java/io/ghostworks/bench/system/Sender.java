package io.ghostworks.bench.system;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends requests, several at once; those that are answered with 429 or 503 again after a moment, as
 * SDKs and agents do.
 */
final class Sender {

  private static final int IN_FLIGHT = 16;
  private static final int RETRIES_MAX = 400;
  private static final int RETRY_MILLIS = 50;

  private final HttpClient client;
  private final AtomicInteger sentAgain = new AtomicInteger();

  Sender(HttpClient client) {
    this.client = client;
  }

  /** How many requests were sent again since this was asked last. */
  int takeSentAgain() {
    return sentAgain.getAndSet(0);
  }

  /**
   * Sends bodies {@code [from, from + count)} and waits for all answers.
   *
   * @throws IllegalStateException with the first answer that did not accept all rows
   */
  void send(Protocol protocol, URI uri, byte[][] bodies, int from, int count)
      throws InterruptedException {
    Semaphore slots = new Semaphore(IN_FLIGHT);
    AtomicInteger failures = new AtomicInteger();
    AtomicReference<String> first = new AtomicReference<>("");
    for (int i = from; i < from + count; i++) {
      slots.acquire();
      byte[] body = bodies[i];
      var _ =
          Thread.startVirtualThread(() -> {
            try {
              String failure = failure(protocol, uri, body);
              if (!failure.isEmpty()) {
                failures.incrementAndGet();
                first.compareAndSet("", failure);
              }
            } finally {
              slots.release();
            }
          });
    }
    slots.acquire(IN_FLIGHT);
    if (failures.get() > 0) {
      throw new IllegalStateException(
          "%d of %d requests to %s were not accepted whole; the first: %s"
              .formatted(failures.get(), count, uri, first.get()));
    }
  }

  /** What went wrong, or "". */
  private String failure(Protocol protocol, URI uri, byte[] body) {
    try {
      HttpResponse<byte[]> response = once(protocol, uri, body);
      for (int i = 0; i < RETRIES_MAX && isOverload(response); i++) {
        sentAgain.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        response = once(protocol, uri, body);
      }
      return isAcceptedWhole(protocol, response)
          ? ""
          : "status %d, %s"
              .formatted(
                  response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private HttpResponse<byte[]> once(Protocol protocol, URI uri, byte[] body)
      throws IOException, InterruptedException {
    return client.send(protocol.request(uri, body), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static boolean isOverload(HttpResponse<byte[]> response) {
    return response.statusCode() == 503 || response.statusCode() == 429;
  }

  private static boolean isAcceptedWhole(Protocol protocol, HttpResponse<byte[]> response)
      throws IOException {
    if (response.statusCode() / 100 != 2) {
      return false;
    }
    return switch (protocol) {
      // The answers for the three signals have the same fields.
      case OTLP_TRACES, OTLP_LOGS, OTLP_METRICS ->
          response.headers().firstValue("content-type").orElse("").contains("json")
              || ExportTraceServiceResponse.parseFrom(response.body())
                      .getPartialSuccess()
                      .getRejectedSpans()
                  == 0;
      case LOKI_PUSH, REMOTE_WRITE, PROMETHEUS_QUERY -> true;
    };
  }
}
