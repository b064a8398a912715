package io.ghostworks.server.prometheus;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The pages of Prometheus lead to those of the web listener, with their parameters: links in
 * alerts, dashboards and bookmarks go on working.
 */
public final class PageRedirects {

  /** Reads the parameters of Prometheus's own pages for queries. */
  private static final String GRAPH = "/prometheus/graph";

  private static final Map<String, String> PAGES =
      Map.ofEntries(
          Map.entry("/", "/explore/metrics"),
          Map.entry("/graph", GRAPH),
          Map.entry("/query", GRAPH),
          Map.entry("/alerts", "/alerting/alerts"),
          Map.entry("/rules", "/alerting/rules"),
          Map.entry("/targets", "/targets"),
          Map.entry("/service-discovery", "/service-discovery"),
          Map.entry("/alertmanager-discovery", "/status"),
          Map.entry("/config", "/config"),
          Map.entry("/flags", "/flags"),
          Map.entry("/status", "/status"),
          Map.entry("/tsdb-status", "/tsdb-status"));

  private final String base;

  /**
   * @param externalUrl of the web listener
   */
  public PageRedirects(URI externalUrl) {
    this.base = externalUrl.toString().replaceAll("/+$", "");
  }

  public void addTo(Routes routes) {
    Routes.Api own = routes.api(ListenerName.PROMETHEUS, "", GoPages.ERRORS);
    Routes.Api web = routes.api(ListenerName.WEB, "", GoPages.ERRORS);
    PAGES.forEach((path, page) -> {
      own.local(path, Permission.PUBLIC, Route.Work.INSTANT, exchange -> to(page, exchange));
      String below = "/prometheus" + path;
      if (!below.equals(page)) { // which is a page itself
        web.get(below, Permission.PUBLIC, Route.Work.INSTANT, exchange -> to(page, exchange));
      }
    });
  }

  private CompletableFuture<Answer> to(String page, Exchange exchange) {
    String query =
        exchange.parameters().entrySet().stream()
            .flatMap(entry -> values(entry.getKey(), entry.getValue()).stream())
            .collect(Collectors.joining("&"));
    return CompletableFuture.completedFuture(
        Answer.redirect(base + page + (query.isEmpty() ? "" : "?" + query)));
  }

  private static List<String> values(String name, List<String> values) {
    return values.stream().map(value -> encoded(name) + "=" + encoded(value)).toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
