package io.ghostworks.bench.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Makes a server write and merge what it holds, by the way that it offers, and waits for it. */
final class Compaction implements AutoCloseable {
  private static final int POLLS_MAX = 3_600;

  /** How often in a row a server must say that it is done. */
  private static final int QUIET_POLLS = 5;

  /** Prometheus looks for work once a minute. */
  private static final int QUIET_POLLS_OF_PROMETHEUS = 70;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Server server;

  Compaction(Server server) {
    this.server = server;
  }

  /** Answers the folder with the files that hold everything now. */
  Path run() throws IOException, InterruptedException {
    return switch (server.kind()) {
      case GHOSTWORKS -> {
        URI uri = server.kind().ready().resolve("/api/platform/series/compaction");
        ask("POST", uri);
        for (int i = 0; json(ask("GET", uri)).path("running").asBoolean(); i++) {
          pause(i);
        }
        yield server.data().resolve("series");
      }
      case PROMETHEUS -> {
        quiet("prometheus_tsdb_compactions_total", QUIET_POLLS_OF_PROMETHEUS);
        String answer = ask("POST", URI.create(server.url() + "/api/v1/admin/tsdb/snapshot"));
        yield server
            .data()
            .resolve("snapshots")
            .resolve(json(answer).path("data").path("name").asText());
      }
      case VICTORIA_METRICS -> {
        ask("GET", URI.create(server.url() + "/internal/force_flush"));
        ask("GET", URI.create(server.url() + "/internal/force_merge"));
        idle("vm_active_force_merges", "vm_active_merges");
        ask("GET", URI.create(server.url() + "/internal/force_flush"));
        yield server.data();
      }
    };
  }

  @Override
  public void close() {
    client.close();
  }

  /** Waits until a counter stays. */
  private void quiet(String metric, int polls) throws IOException, InterruptedException {
    double last = metric(metric);
    for (int i = 0, same = 0; same < polls; i++) {
      pause(i);
      double now = metric(metric);
      same = now == last ? same + 1 : 0;
      last = now;
    }
  }

  /** Waits until gauges are 0. */
  private void idle(String... metrics) throws IOException, InterruptedException {
    for (int i = 0, same = 0; same < QUIET_POLLS; i++) {
      pause(i);
      double sum = 0;
      for (String metric : metrics) {
        sum += metric(metric);
      }
      same = sum == 0 ? same + 1 : 0;
    }
  }

  /** The sum of a metric's series. */
  private double metric(String name) throws IOException, InterruptedException {
    double sum = 0;
    for (String line : ask("GET", URI.create(server.url() + "/metrics")).split("\n", -1)) {
      if (line.startsWith(name + "{") || line.startsWith(name + " ")) {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return sum;
  }

  private static void pause(int polls) throws IOException, InterruptedException {
    if (polls == POLLS_MAX) {
      throw new IOException("the server was not done after %d s".formatted(POLLS_MAX));
    }
    TimeUnit.SECONDS.sleep(1);
  }

  private static JsonNode json(String answer) throws IOException {
    return new ObjectMapper().readTree(answer);
  }

  private String ask(String method, URI uri) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          "%s %s gave status %d: %.300s"
              .formatted(method, uri, response.statusCode(), response.body()));
    }
    return response.body();
  }
}
