package io.ghostworks.bench.traces;

import io.ghostworks.bench.peer.Peer;
import io.ghostworks.bench.peer.PeerOptions;
import io.ghostworks.bench.peer.RequestSender;
import io.ghostworks.bench.system.Report;
import io.ghostworks.bench.traces.TracesBench.Load;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The five questions over a day of spans that is written and merged: each for the first time since
 * the start, then again and again. Answers are compared with those of the server that was asked
 * first.
 */
final class TraceQueries {
  private static final int WARM_UP = 3;

  private final PeerOptions<Load, TraceServerKind> options;
  private final Report report;
  private final TraceIngest ingest;
  private final Map<String, TraceAnswer> firstAnswers = new HashMap<>();

  TraceQueries(PeerOptions<Load, TraceServerKind> options, Report report, TraceIngest ingest) {
    this.options = options;
    this.report = report;
    this.ingest = ingest;
  }

  void run(Peer server, TraceEndpoint endpoint, TraceRequests.Shape shape)
      throws IOException, InterruptedException {
    try (RequestSender sender = TraceIngest.sender(endpoint, shape, false)) {
      sender.sendUntil(shape.requests());
      add(server, "spans", sender.rows());
      server.awaitQuiet();
      ingest.stored(Load.QUERIES, server, sender.rows());
    }
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (TraceQuestion question : TraceQuestion.all(shape)) {
        List<URI> uris = question.uris(endpoint);
        if (uris.isEmpty()) {
          System.out.printf("%s: %s: cannot be asked%n", server.name(), question.name());
          continue;
        }
        try {
          measure(server, endpoint, client, question, uris);
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
      Peer server,
      TraceEndpoint endpoint,
      HttpClient client,
      TraceQuestion question,
      List<URI> uris)
      throws IOException, InterruptedException {
    long first = System.nanoTime();
    List<String> bodies = ask(client, uris);
    double firstMs = (System.nanoTime() - first) / 1e6;
    compare(server, question, TraceAnswer.of(question, endpoint.api(), bodies));
    add(server, question.name() + ": first, ms", firstMs);
    for (int i = 0; i < WARM_UP; i++) {
      ask(client, uris);
    }
    long[] nanos = new long[options.runs()];
    double cpuBefore = server.process().cpuSeconds();
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      ask(client, uris);
      nanos[i] = System.nanoTime() - start;
    }
    TimeUnit.MILLISECONDS.sleep(100);
    double cpu = server.process().cpuSeconds() - cpuBefore;
    Arrays.sort(nanos);
    add(server, question.name() + ": repeated, p50, ms", nanos[nanos.length / 2] / 1e6);
    add(server, question.name() + ": repeated, CPU, ms", cpu / nanos.length * 1000);
  }

  private void compare(Peer server, TraceQuestion question, TraceAnswer answer) {
    add(server, question.name() + ": answered", answer.number());
    TraceAnswer known = firstAnswers.putIfAbsent(question.name(), answer);
    if (known != null && !known.isSame(answer)) {
      System.out.printf(
          "%s: %s: another answer than the first server's: %,.0f, not %,.0f%n",
          server.name(), question.name(), answer.number(), known.number());
    }
  }

  private static List<String> ask(HttpClient client, List<URI> uris)
      throws IOException, InterruptedException {
    List<String> bodies = new ArrayList<>();
    for (URI uri : uris) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(uri).header("accept", "application/json").build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() != 200) {
        throw new IOException(
            "%s gave status %d: %.300s".formatted(uri, response.statusCode(), response.body()));
      }
      bodies.add(response.body());
    }
    return bodies;
  }

  private void add(Peer server, String name, double value) {
    report.add(PeerOptions.option(Load.QUERIES), server.name(), name, value);
  }
}
