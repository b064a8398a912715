package io.ghostworks.server.grafana;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.access.Role;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What programs ask Grafana about itself before they begin: health, organisation, user, settings;
 * and what it keeps that is not kept here.
 */
final class FactRoutes {

  private static final List<String> ABSENT =
      List.of("/api/playlists", "/api/snapshots", "/api/dashboard/snapshots", "/api/teams/search");

  private final String version;
  private final Addresses addresses;

  FactRoutes(String version, Addresses addresses) {
    this.version = version;
    this.addresses = addresses;
  }

  void addTo(Routes.Api api) {
    Route.Work work = Route.Work.INSTANT;
    api.get("/api/health", Permission.PUBLIC, work, Requests.endpoint(this::health))
        .get("/api/org", Permission.READ, work, Requests.endpoint(FactRoutes::org))
        .get(
            "/api/orgs",
            Permission.READ,
            work,
            Requests.endpoint(e -> Views.answer(List.of(orgView(e)))))
        .get("/api/user", Permission.READ, work, Requests.endpoint(FactRoutes::user))
        .get("/api/frontend/settings", Permission.READ, work, Requests.endpoint(this::settings))
        .get(
            "/api/library-elements",
            Permission.READ,
            work,
            Requests.endpoint(exchange -> Views.answer(new LibraryElements(Elements.NONE))));
    for (String path : ABSENT) {
      api.get(path, Permission.READ, work, Requests.endpoint(exchange -> absent(path)));
    }
  }

  private static Answer absent(String path) {
    throw new RequestException(
        404,
        "not-supported",
        "%s is not supported here: playlists, snapshots and teams are not kept".formatted(path));
  }

  private record Health(String commit, String database, String version) {}

  private Answer health(Exchange exchange) {
    return Views.answer(new Health("", "ok", version));
  }

  private record Org(int id, String name) {}

  private static Org orgView(Exchange exchange) {
    return new Org(1, exchange.tenant().value());
  }

  private static Answer org(Exchange exchange) {
    return Views.answer(orgView(exchange));
  }

  private record User(
      int id,
      String uid,
      String email,
      String name,
      String login,
      String theme,
      int orgId,
      boolean isGrafanaAdmin,
      boolean isDisabled,
      boolean isExternal) {}

  /** There are no accounts: the credential is the user. */
  private static Answer user(Exchange exchange) {
    String role = exchange.role().word();
    return Views.answer(
        new User(1, role, "", role, role, "", 1, exchange.role() == Role.ADMIN, false, false));
  }

  private record Elements(int totalCount, int page, int perPage, List<String> elements) {
    static final Elements NONE = new Elements(0, 1, 100, List.of());
  }

  private record LibraryElements(Elements result) {}

  private record Build(String version, String commit, String env, String edition) {}

  private record Settings(
      String defaultDatasource,
      Map<String, DataSource.View> datasources,
      Build buildInfo,
      String appSubUrl,
      boolean anonymousEnabled,
      boolean alertingEnabled,
      boolean exploreEnabled,
      boolean annotationsEnabled) {}

  private Answer settings(Exchange exchange) {
    Map<String, DataSource.View> sources = new LinkedHashMap<>();
    for (DataSource source : DataSource.values()) {
      sources.put(source.title(), source.view(addresses));
    }
    return Views.answer(
        new Settings(
            DataSource.PROMETHEUS.title(),
            sources,
            new Build(version, "", "production", "Ghostworks"),
            addresses.pathPrefix(),
            false,
            true,
            true,
            true));
  }
}
