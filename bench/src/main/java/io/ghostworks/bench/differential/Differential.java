package io.ghostworks.bench.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.bench.differential.AnswerComparison.Verdict;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Writes the same random series to two servers that speak Prometheus's interfaces, asks both the
 * same random queries, and prints what differs. Ends with status 1 if something does.
 */
public final class Differential {
  private static final long STEP_MS = 15_000;
  private static final int REPORTED_DIFFERENCES_MAX = 4;
  private static final int SETTLE_SECONDS = 2;
  private static final int REPETITIONS = 12;

  /** Functions whose last digits depend on the mathematical library. */
  private static final Pattern IMPRECISE =
      Pattern.compile(
          "exp|ln\\(|log|sin|cos|tan|\\^|histogram_quantile|histogram_fraction|histogram_std|\\brad\\b|\\bdeg\\b");

  private static final Pattern SORTS = Pattern.compile("^sort(_desc|_by_label)?\\(");

  private final DifferentialOptions options;
  private final HttpClient client;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
  private int errors;
  private int empty;
  private int varying;

  private Differential(DifferentialOptions options, HttpClient client) {
    this.options = options;
    this.client = client;
  }

  public static void main(String[] arguments) throws Exception {
    DifferentialOptions options;
    try {
      options = DifferentialOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.printf("differential: %s%n%s", e.getMessage(), DifferentialOptions.USAGE);
      System.exit(2);
      return;
    }
    boolean equal;
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      equal = new Differential(options, client).run();
    }
    System.exit(equal ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException {
    long endMs = System.currentTimeMillis() / STEP_MS * STEP_MS - STEP_MS;
    long startMs = endMs - options.scrapes() * STEP_MS;
    RandomSeries series = new RandomSeries(options.seed());
    System.out.printf(
        "seed %d: %d series, %d scrapes, %d queries%n",
        options.seed(), series.size(), options.scrapes(), options.queries());
    for (long time = startMs; time < endMs; time += STEP_MS) {
      byte[] body = series.request(time);
      write(options.target(), body);
      write(options.peer(), body);
    }
    // Prometheus acknowledges before all of it can be seen.
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    RandomQueries queries = new RandomQueries(options.seed(), startMs, endMs);
    for (int i = 0; i < options.queries(); i++) {
      String query = queries.next();
      String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
      long at = startMs + (endMs - startMs) * (i % 97) / 96;
      String path =
          i % 2 == 0
              ? "/api/v1/query?query=%s&time=%s".formatted(encoded, at / 1000.0)
              : "/api/v1/query_range?query=%s&start=%s&end=%s&step=%d"
                  .formatted(encoded, (at - 600_000) / 1000.0, at / 1000.0, 10 + i % 90);
      compare(query, path);
    }
    System.out.printf(
        "%d equal (%d of them errors, %d empty), %d equal but for the last digits of functions that"
            + " are not exact, %d to which the peer itself gives several answers, %d different%n",
        counts.getOrDefault(Verdict.EQUAL, 0),
        errors,
        empty,
        counts.getOrDefault(Verdict.CLOSE, 0),
        varying,
        counts.getOrDefault(Verdict.DIFFERENT, 0));
    return counts.getOrDefault(Verdict.DIFFERENT, 0) == 0;
  }

  private void compare(String query, String path) throws IOException, InterruptedException {
    JsonNode ours = ask(options.target(), path);
    JsonNode theirs = ask(options.peer(), path);
    AnswerComparison comparison = new AnswerComparison();
    boolean inOrder = path.startsWith("/api/v1/query?") && SORTS.matcher(query).find();
    Verdict verdict = comparison.compare(ours, theirs, inOrder);
    List<String> differences = comparison.differences();
    if (verdict == Verdict.CLOSE && !IMPRECISE.matcher(query).find()) {
      verdict = Verdict.DIFFERENT;
      differences = List.of("last digits differ");
    }
    if (verdict == Verdict.DIFFERENT && varies(path, theirs, inOrder)) {
      varying++;
      return;
    }
    counts.merge(verdict, 1, Integer::sum);
    if (verdict == Verdict.DIFFERENT) {
      System.out.printf("DIFFERENT %s%n  %s%n", query, path);
      differences.stream()
          .limit(REPORTED_DIFFERENCES_MAX)
          .forEach(difference -> System.out.printf("  %.600s%n", difference));
    } else if (ours.path("status").asText().equals("error")) {
      errors++;
    } else if (ours.path("data").path("result").isEmpty()) {
      empty++;
    }
  }

  /** Whether the peer does not always give the same answer: some of its orders are random. */
  private boolean varies(String path, JsonNode first, boolean inOrder)
      throws IOException, InterruptedException {
    for (int i = 0; i < REPETITIONS; i++) {
      JsonNode again = ask(options.peer(), path);
      if (new AnswerComparison().compare(again, first, inOrder) != Verdict.EQUAL) {
        return true;
      }
    }
    return false;
  }

  private JsonNode ask(URI server, String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server + path)).build();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return json.readTree(response.body());
  }

  private void write(URI server, byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/api/v1/write"))
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .header("X-Prometheus-Remote-Write-Version", "0.1.0")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          "%s answered %d to a write: %s"
              .formatted(server, response.statusCode(), response.body()));
    }
  }
}
