package io.ghostworks.bench.metrics;

import io.ghostworks.bench.fleet.Fleet;
import io.ghostworks.bench.system.Report;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The ten queries of dashboards over 50,000 series of the mix: an hour at 15 s, and the 24 hours
 * before it, sampled each 60 s, at 60 s. Answers are compared with those of the first server.
 */
final class QueriesLoad {
  private static final String NAME = "queries";
  private static final int APPLICATIONS = 11;
  private static final long DAY_STEP_MS = 60_000;
  private static final int DAY_ROUNDS = 1_440;
  private static final long HOUR_STEP_MS = 15_000;
  private static final int HOUR_ROUNDS = 240;
  private static final long DAY_MS = 86_400_000;
  private static final int WARM_UP = 10;

  private final MetricsOptions options;
  private final Report report;
  private final Map<String, MatrixAnswer> references = new LinkedHashMap<>();

  QueriesLoad(MetricsOptions options, Report report) {
    this.options = options;
    this.report = report;
  }

  void run(Server server) throws IOException, InterruptedException {
    Fleet fleet = Fleet.of(options.seed(), options.scaled(APPLICATIONS, 1));
    // The same times of the same day for all servers of a run.
    long endMs = DiskLoad.dayThatIsOver(System.currentTimeMillis()) + DAY_MS;
    long hourMs = endMs - HOUR_ROUNDS * HOUR_STEP_MS;
    long dayMs = hourMs - DAY_ROUNDS * DAY_STEP_MS;
    try (RoundSender sender = new RoundSender(server.writeUri())) {
      FleetSender fleetSender = new FleetSender(fleet, sender);
      long samples = fleetSender.send(dayMs, DAY_STEP_MS, DAY_ROUNDS);
      samples += fleetSender.send(hourMs, HOUR_STEP_MS, HOUR_ROUNDS);
      add(server, "series", fleet.series());
      add(server, "samples", samples);
    }
    TimeUnit.SECONDS.sleep(10);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      double hours = ask(server, client, "1 h", hourMs, endMs, HOUR_STEP_MS);
      double days = ask(server, client, "24 h", endMs - DAY_MS, endMs, DAY_STEP_MS);
      int queries = DashboardQueries.ALL.size();
      add(server, "geometric mean of p50, 1 h, ms", Math.exp(hours / queries));
      add(server, "geometric mean of p50, 24 h, ms", Math.exp(days / queries));
    }
    add(server, "resident, MiB", server.process().residentMib());
  }

  /** Answers the sum of the logarithms of the medians. */
  private double ask(
      Server server, HttpClient client, String range, long startMs, long endMs, long stepMs)
      throws IOException, InterruptedException {
    double logs = 0;
    for (Map.Entry<String, String> query : DashboardQueries.ALL.entrySet()) {
      URI uri =
          URI.create(
              "%s/api/v1/query_range?query=%s&start=%d&end=%d&step=%d%s"
                  .formatted(
                      server.url(),
                      URLEncoder.encode(query.getValue(), StandardCharsets.UTF_8),
                      startMs / 1000,
                      endMs / 1000,
                      stepMs / 1000,
                      server.uncached()));
      logs += Math.log(measure(server, client, "%s, %s".formatted(query.getKey(), range), uri));
    }
    return logs;
  }

  private double measure(Server server, HttpClient client, String name, URI uri)
      throws IOException, InterruptedException {
    byte[] body = {};
    for (int i = 0; i < WARM_UP; i++) {
      body = get(client, uri);
    }
    compare(server, name, MatrixAnswer.parse(body));
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
    double median = nanos[nanos.length / 2] / 1e6;
    add(server, name + ": p50, ms", median);
    add(server, name + ": CPU, ms", cpu / nanos.length * 1000);
    return median;
  }

  private void compare(Server server, String name, MatrixAnswer answer) {
    MatrixAnswer reference = references.putIfAbsent(name, answer);
    if (reference == null) {
      if (answer.points() == 0) {
        throw new IllegalStateException("the query '%s' gave nothing".formatted(name));
      }
      add(server, name + ": points", answer.points());
      return;
    }
    MatrixAnswer.Difference difference = answer.against(reference);
    add(server, name + ": points", answer.points());
    if (difference.same() != answer.points() || difference.missing() > 0) {
      System.out.printf(
          "%s: %s: %d points are the same, %d within 4 ulp, %d differ (by at most %.3g of the"
              + " value), %d missing, %d more%n",
          server.name(),
          name,
          difference.same(),
          difference.near(),
          difference.other(),
          difference.worst(),
          difference.missing(),
          difference.extra());
    }
  }

  private static byte[] get(HttpClient client, URI uri) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(
            HttpRequest.newBuilder(uri).header("Cache-Control", "no-store").build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(
          "%s gave status %d: %.300s"
              .formatted(
                  uri, response.statusCode(), new String(response.body(), StandardCharsets.UTF_8)));
    }
    return response.body();
  }

  private void add(Server server, String name, double value) {
    report.add(NAME, server.name(), name, value);
  }
}
