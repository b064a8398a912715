package io.ghostworks.server.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.dashboards.document.DocumentDiff;
import io.ghostworks.dashboards.store.DashboardLibrary;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Authors;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The versions of dashboards: listed, read, compared, restored. */
final class VersionRoutes {

  private static final String PATH = "/api/dashboards/uid/{uid}/versions";
  private static final int VERSIONS_MAX = 1_000;
  private static final int SHOWN_CHARS_MAX = 2_000;

  private final DashboardLibrary library;
  private final Requests requests;
  private final Addresses addresses;

  VersionRoutes(DashboardLibrary library, Requests requests, Addresses addresses) {
    this.library = library;
    this.requests = requests;
    this.addresses = addresses;
  }

  void addTo(Routes.Api api) {
    Route.Work work = Route.Work.QUERY;
    api.get(PATH, Permission.READ, work, Requests.endpoint(this::list))
        .get(PATH + "/{id}", Permission.READ, work, Requests.endpoint(this::one))
        .post(
            "/api/dashboards/uid/{uid}/restore",
            Permission.ADMIN,
            work,
            Requests.endpoint(this::restore))
        .post(
            "/api/dashboards/calculate-diff",
            Permission.READ,
            work,
            Requests.endpoint(this::difference));
  }

  private record VersionView(
      long id,
      long dashboardId,
      String dashboardUID,
      String uid,
      int parentVersion,
      int restoredFrom,
      int version,
      String created,
      String createdBy,
      String message,
      @Nullable JsonNode data) {}

  private record VersionsView(String continueToken, List<VersionView> versions) {}

  private Answer list(Exchange exchange) {
    int limit = (int) Requests.number(exchange, "limit", VERSIONS_MAX, Integer.MAX_VALUE);
    int start = (int) Requests.number(exchange, "start", 0, Integer.MAX_VALUE);
    return Views.answer(
        new VersionsView(
            "",
            library
                .versions(
                    exchange.tenant(),
                    exchange.variable("uid"),
                    start,
                    limit == 0 ? VERSIONS_MAX : Math.min(limit, VERSIONS_MAX))
                .stream()
                .map(version -> view(version, null))
                .toList()));
  }

  private static VersionView view(DashboardLibrary.VersionOf of, @Nullable JsonNode data) {
    return new VersionView(
        of.version().id(),
        of.dashboardId(),
        of.uid(),
        of.uid(),
        of.version().parentVersion(),
        of.version().restoredFrom(),
        of.version().version(),
        Addresses.time(of.version().change().atMs()),
        of.version().change().author(),
        of.version().message(),
        data);
  }

  private Answer one(Exchange exchange) {
    int version = (int) Math.min(Integer.MAX_VALUE, Requests.number(exchange, "id"));
    String uid = exchange.variable("uid");
    return Views.answer(
        view(
            library.version(exchange.tenant(), uid, version),
            library.json(exchange.tenant(), uid, version)));
  }

  private Answer restore(Exchange exchange) {
    int version = requests.object(exchange).path("version").asInt(0);
    return DashboardRoutes.saved(
        addresses,
        library.restore(
            exchange.tenant(), exchange.variable("uid"), version, Authors.of(exchange)));
  }

  /** Lines for people, as HTML; programs take {@code /api/platform/dashboards/diff}. */
  private Answer difference(Exchange exchange) {
    ObjectNode body = requests.object(exchange);
    String type = Requests.string(body, "diffType");
    if (!Set.of("", "basic", "json").contains(type)) {
      throw RequestException.bad(
          "the diffType must be basic or json, got '%s': for a list of changes use".formatted(type)
              + " /api/platform/dashboards/UID/diff");
    }
    StringBuilder html = new StringBuilder("<ul class=\"diff-group\">\n");
    for (DocumentDiff.Change change :
        DashboardLibrary.diff(
            side(exchange, body.path("base")), side(exchange, body.path("new")))) {
      html.append("<li class=\"diff-item diff-")
          .append(change.op())
          .append("\"><code>")
          .append(escaped(change.path()))
          .append("</code> ")
          .append(escaped(words(change)))
          .append("</li>\n");
    }
    return new Answer(
        200,
        "text/html; charset=utf-8",
        html.append("</ul>\n").toString().getBytes(StandardCharsets.UTF_8),
        Map.of("content-security-policy", "default-src 'none'"));
  }

  private static String words(DocumentDiff.Change change) {
    return switch (change.op()) {
      case "add" -> "added " + change.value();
      case "remove" -> "removed " + change.before();
      case "move" -> "moved from " + change.from();
      default -> "changed from %s to %s".formatted(change.before(), change.value());
    };
  }

  private JsonNode side(Exchange exchange, JsonNode side) {
    if (side.path("unsavedDashboard").isObject()) {
      return side.get("unsavedDashboard");
    }
    String named = Requests.string(side, "dashboardUid");
    String uid =
        named.isEmpty()
            ? library
                .uidOf(exchange.tenant(), side.path("dashboardId").asLong(0))
                .orElseThrow(() -> new RequestException(404, "not-found", "Dashboard not found"))
            : named;
    return library.json(exchange.tenant(), uid, side.path("version").asInt(0));
  }

  private static String escaped(String text) {
    String shown =
        text.length() > SHOWN_CHARS_MAX ? text.substring(0, SHOWN_CHARS_MAX) + "…" : text;
    return shown
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
