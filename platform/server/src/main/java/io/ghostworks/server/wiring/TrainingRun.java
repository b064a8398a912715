package io.ghostworks.server.wiring;

import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.wire.compress.ContentCoding;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Work right after a start, so that a recording of it holds the classes that first requests need,
 * and profiles of the methods that most requests pass (JEP 515): later starts compile those at
 * once.
 */
public final class TrainingRun {

  private static final List<String> PATHS =
      List.of(
          "/ready",
          "/",
          "/prometheus/api/v1/query?query=up",
          "/prometheus/api/v1/query_range?query=sum(rate(up[5m]))&start=0&end=60&step=15",
          "/prometheus/api/v1/labels",
          "/loki/api/v1/labels",
          "/tempo/api/search?limit=1",
          "/api/platform/status");

  /** What dashboards ask: each operator that they use, over much and over little. */
  private static final List<String> QUERIES =
      List.of(
          "sum by (path) (rate(training_requests_total[5m]))",
          "histogram_quantile(0.99, sum by (le) (rate(training_seconds_bucket[5m])))",
          "histogram_quantile(0.95, sum by (le, path) (rate(training_seconds_bucket[5m])))",
          "topk(5, sum by (instance) (increase(training_requests_total{code=\"200\"}[1m])))",
          "sum by (instance) (rate(training_requests_total{code=~\"[45]..\"}[5m])) /"
              + " sum by (instance) (rate(training_requests_total[5m]))",
          "100 * (1 - avg by (instance)"
              + " (rate(training_requests_total{path=\"/api/v1/resource/1\"}[5m])))",
          "1 - training_requests_total{path=\"/api/v1/resource/2\"} /"
              + " training_requests_total{path=\"/api/v1/resource/2\"}",
          "max_over_time(training_requests_total{instance=~\"host-[1].*\"}[5m])",
          "avg by (instance) (avg_over_time(training_requests_total[10m]))",
          "training_requests_total{path=\"/api/v1/resource/3\"} > 5",
          "sum(training_requests_total) by (instance)");

  /**
   * So often that the compilers take what is hot to their last level, whose profile is what is
   * recorded.
   */
  private static final int ROUNDS = 100;

  private static final int REPEATS = 10_000;
  private static final int AT_ONCE = 4;

  private static final String VERSION_1 = "application/x-protobuf";
  private static final String VERSION_2 =
      "application/x-protobuf;proto=io.prometheus.write.v2.Request";

  private TrainingRun() {}

  /** Sends the requests; what they answer does not matter. */
  public static void of(Platform platform) throws IOException, InterruptedException {
    InetSocketAddress web = platform.address(ListenerName.WEB);
    String base = "http://127.0.0.1:%d".formatted(web.getPort());
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : PATHS) {
        get(client, base + path);
      }
      TrainingSamples samples = new TrainingSamples(System.currentTimeMillis());
      for (int scrape = 0; scrape < TrainingSamples.SCRAPES; scrape++) {
        send(client, writing(base, VERSION_1, samples.request(scrape)));
        if (scrape % 2 == 0) {
          send(client, writing(base, VERSION_2, samples.request2(scrape)));
        }
      }
      repeat(client, writing(base, VERSION_1, samples.small()));
      ask(client, base, samples.startMs()); // from memory
      send(
          client,
          HttpRequest.newBuilder(URI.create(base + "/api/platform/series/compaction"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build());
      ask(client, base, samples.startMs()); // from files
    }
  }

  private static void ask(HttpClient client, String base, long startMs)
      throws IOException, InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      for (String query : QUERIES) {
        get(client, base + range(query, startMs));
      }
    }
  }

  private static String range(String query, long startMs) {
    long startSeconds = startMs / 1000;
    return "/prometheus/api/v1/query_range?query=%s&start=%d&end=%d&step=15"
        .formatted(
            URLEncoder.encode(query, StandardCharsets.UTF_8),
            startSeconds,
            startSeconds + TrainingSamples.SCRAPES * TrainingSamples.STEP_MS / 1000);
  }

  private static void get(HttpClient client, String uri) throws IOException, InterruptedException {
    client.send(
        HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.discarding());
  }

  private static void send(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    client.send(request, HttpResponse.BodyHandlers.discarding());
  }

  /**
   * Sends a request as often as makes a method that every request passes once worth its best
   * compilation, several at a time: the way of a request is recorded as hot, not only its loops.
   */
  private static void repeat(HttpClient client, HttpRequest request) throws InterruptedException {
    Semaphore open = new Semaphore(AT_ONCE);
    for (int i = 0; i < REPEATS; i++) {
      open.acquire();
      var _ =
          client
              .sendAsync(request, HttpResponse.BodyHandlers.discarding())
              .whenComplete((answer, failure) -> open.release());
    }
    open.acquire(AT_ONCE);
  }

  private static HttpRequest writing(String base, String type, byte[] request) {
    return HttpRequest.newBuilder(URI.create(base + "/prometheus/api/v1/write"))
        .version(HttpClient.Version.HTTP_1_1)
        .header("Content-Type", type)
        .header("Content-Encoding", "snappy")
        .POST(HttpRequest.BodyPublishers.ofByteArray(ContentCoding.SNAPPY.encode(request)))
        .build();
  }
}
