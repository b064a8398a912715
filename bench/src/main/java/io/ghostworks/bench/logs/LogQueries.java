package io.ghostworks.bench.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.bench.logs.LogRequests.Protocol;
import io.ghostworks.bench.logs.LogRequests.Shape;
import io.ghostworks.bench.logs.LogsBench.Load;
import io.ghostworks.bench.peer.Peer;
import io.ghostworks.bench.peer.PeerOptions;
import io.ghostworks.bench.peer.RequestSender;
import io.ghostworks.bench.system.Report;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** The six questions over a day of lines that is written, merged and warm. */
final class LogQueries {
  private static final int WARM_UP = 3;

  private final PeerOptions<Load, LogServerKind> options;
  private final Report report;
  private final ObjectMapper json = new ObjectMapper();

  LogQueries(PeerOptions<Load, LogServerKind> options, Report report) {
    this.options = options;
    this.report = report;
  }

  void run(Peer server, LogServerKind kind, Shape shape) throws IOException, InterruptedException {
    try (RequestSender sender = LogRequests.sender(kind, Protocol.LOKI, shape)) {
      sender.sendUntil(shape.requests());
      add(server, "lines", shape.lines());
      add(server, "raw MB", sender.rawBytes() / 1e6);
      server.awaitQuiet();
      server.settle(options.settleSeconds());
      long stored = server.storedBytes().orElseThrow();
      add(server, "bytes in files a raw byte", stored / (double) sender.rawBytes());
    }
    long endSeconds = (shape.startNanos() + shape.spanNanos()) / 1_000_000_000 + 1;
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (LogQuestion question : LogQuestion.all()) {
        try {
          measure(server, kind, client, question, question.uri(kind, endSeconds));
        } catch (IOException e) {
          // Said in the place of its figures: the other questions have theirs.
          System.out.printf(
              "%s: %s: no answer: %s%n", server.name(), question.name(), e.getMessage());
        }
      }
    }
    add(server, "resident, MiB", server.process().residentMib());
  }

  private void measure(
      Peer server, LogServerKind kind, HttpClient client, LogQuestion question, URI uri)
      throws IOException, InterruptedException {
    String body = "";
    for (int i = 0; i < WARM_UP; i++) {
      body = get(client, uri);
    }
    add(server, question.name() + ": answered", answered(kind, question, body));
    long[] nanos = new long[options.runs()];
    double cpuBefore = server.process().cpuSeconds();
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      get(client, uri);
      nanos[i] = System.nanoTime() - start;
    }
    TimeUnit.MILLISECONDS.sleep(100);
    double cpu = server.process().cpuSeconds() - cpuBefore;
    Arrays.sort(nanos);
    add(server, question.name() + ": p50, ms", nanos[nanos.length / 2] / 1e6);
    add(server, question.name() + ": CPU, ms", cpu / nanos.length * 1000);
  }

  /** The lines of an answer, or the sum of its numbers. */
  private double answered(LogServerKind kind, LogQuestion question, String body)
      throws IOException {
    double sum = 0;
    if (kind == LogServerKind.VICTORIA_LOGS) {
      for (String line : body.lines().toList()) {
        sum += question.metric() ? json.readTree(line).path("lines").asDouble() : 1;
      }
      return sum;
    }
    for (JsonNode result : json.readTree(body).path("data").path("result")) {
      sum +=
          question.metric()
              ? result.path("value").path(1).asDouble()
              : result.path("values").size();
    }
    return sum;
  }

  private static String get(HttpClient client, URI uri) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(uri).build(),
            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    if (response.statusCode() != 200) {
      throw new IOException(
          "%s gave status %d: %.300s".formatted(uri, response.statusCode(), response.body()));
    }
    return response.body();
  }

  private void add(Peer server, String name, double value) {
    report.add(PeerOptions.option(Load.QUERIES), server.name(), name, value);
  }
}
