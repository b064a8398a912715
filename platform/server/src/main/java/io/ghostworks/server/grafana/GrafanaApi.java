package io.ghostworks.server.grafana;

import io.ghostworks.dashboards.Dashboard;
import io.ghostworks.dashboards.store.Annotations;
import io.ghostworks.dashboards.store.DashboardLibrary;
import io.ghostworks.dashboards.store.DashboardSearch;
import io.ghostworks.dashboards.store.Folders;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.state.State;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Function;

/** Grafana's HTTP API over the dashboards, folders and annotations of each tenant. */
public final class GrafanaApi {

  private final State state;
  private final Function<TenantId, List<Dashboard>> files;
  private final DerivedAnnotations incidents;
  private final DerivedAnnotations deployments;
  private final Bodies bodies;
  private final Clock clock;
  private final String version;
  private final String pathPrefix;

  /**
   * @param files the dashboards of a tenant that come from files
   * @param pathPrefix under which people reach the platform, "" or without a slash at its end
   */
  public GrafanaApi(
      State state,
      Function<TenantId, List<Dashboard>> files,
      DerivedAnnotations incidents,
      DerivedAnnotations deployments,
      Bodies bodies,
      Clock clock,
      String version,
      String pathPrefix) {
    this.state = state;
    this.files = files;
    this.incidents = incidents;
    this.deployments = deployments;
    this.bodies = bodies;
    this.clock = clock;
    this.version = version;
    this.pathPrefix = pathPrefix;
  }

  public void addTo(Routes routes) {
    SecureRandom random = new SecureRandom();
    DashboardLibrary library = new DashboardLibrary(state, files, clock, random::nextInt);
    Folders folders = new Folders(state, files, clock, random::nextInt);
    Requests requests = new Requests(bodies);
    Addresses addresses = new Addresses(pathPrefix);
    Routes.Api api = routes.api(ListenerName.WEB, "", new GrafanaErrors()).refuseUnknown("/api");
    new FactRoutes(version, addresses).addTo(api);
    new DashboardRoutes(library, folders, requests, addresses).addTo(api);
    new VersionRoutes(library, requests, addresses).addTo(api);
    new FolderRoutes(folders, requests, addresses).addTo(api);
    new SearchRoutes(new DashboardSearch(state, files), addresses).addTo(api);
    new AnnotationRoutes(new Annotations(state, clock), library, incidents, deployments, requests)
        .addTo(api);
    ForwardedCalls calls = new ForwardedCalls(routes);
    new DataSourceRoutes(addresses, calls).addTo(api);
    new DataQueryRoutes(calls, requests, clock).addTo(api);
    new OwnRoutes(library, folders, requests, addresses).addTo(api);
  }
}
