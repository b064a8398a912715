package io.ghostworks.server.wiring;

import io.ghostworks.server.settings.ListenerName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/**
 * A little work right after a start, so that a recording of it holds the classes that first
 * requests need.
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

  private TrainingRun() {}

  /** Sends the requests; what they answer does not matter. */
  public static void of(Platform platform) throws IOException, InterruptedException {
    InetSocketAddress web = platform.address(ListenerName.WEB);
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : PATHS) {
        URI uri = URI.create("http://127.0.0.1:%d%s".formatted(web.getPort(), path));
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
      }
    }
  }
}
