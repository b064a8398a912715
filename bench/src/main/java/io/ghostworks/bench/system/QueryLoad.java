package io.ghostworks.bench.system;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** PromQL over the series that were written before: one row of the table a query. */
final class QueryLoad {

  static final String TABLE_HEAD =
      """
      | range query, 20 minutes, a step every 15 s, over 10,000 series | p50 | max | CPU a query |
      | --- | --- | --- | --- |\
      """;

  private static final List<String> QUERIES =
      List.of(
          "sum(rate(bench_requests_total[5m]))",
          "sum by (path) (rate(bench_requests_total[5m]))",
          "topk(5, sum by (instance) (rate(bench_requests_total{method=\"GET\"}[1m])))",
          "bench_requests_total{path=\"/api/v1/resource/7\"}");
  private static final int REPETITIONS = 20;
  private static final int WARM_UP = 5;
  private static final int RANGE_SECONDS = 20 * 60;

  private final ServerProcess server;
  private final HttpClient client;

  QueryLoad(ServerProcess server, HttpClient client) {
    this.server = server;
    this.client = client;
  }

  /**
   * @param endMs the end of the range
   */
  void run(URI prometheus, long endMs) throws IOException, InterruptedException {
    for (String query : QUERIES) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(
                      "%s/api/v1/query_range?query=%s&start=%d&end=%d&step=15"
                          .formatted(
                              prometheus,
                              URLEncoder.encode(query, StandardCharsets.UTF_8),
                              endMs / 1000 - RANGE_SECONDS,
                              endMs / 1000)))
              .header("Cache-Control", "no-store") // each is evaluated
              .build();
      for (int i = 0; i < WARM_UP; i++) {
        ask(request);
      }
      measure(query, request);
    }
  }

  private void measure(String query, HttpRequest request) throws IOException, InterruptedException {
    long[] nanos = new long[REPETITIONS];
    double cpuBefore = server.cpuSeconds();
    for (int i = 0; i < REPETITIONS; i++) {
      long start = System.nanoTime();
      ask(request);
      nanos[i] = System.nanoTime() - start;
    }
    TimeUnit.MILLISECONDS.sleep(200);
    double cpu = server.cpuSeconds() - cpuBefore;
    Arrays.sort(nanos);
    System.out.printf(
        "| `%s` | %.1f ms | %.1f ms | %.1f ms |%n",
        query,
        nanos[REPETITIONS / 2] / 1e6,
        nanos[REPETITIONS - 1] / 1e6,
        cpu / REPETITIONS * 1000);
  }

  private void ask(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200 || !response.body().contains("\"values\":[[")) {
      throw new IllegalStateException(
          "%s gave status %d and no values: %.300s"
              .formatted(request.uri(), response.statusCode(), response.body()));
    }
  }
}
