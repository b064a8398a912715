package io.ghostworks.server.rules;

import io.ghostworks.rules.RuleLanguage;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Where the ruler API is answered.
 *
 * <ul>
 *   <li>Mimir's paths, {@code /prometheus/config/v1/rules} on the web listener, which is {@code
 *       /config/v1/rules} on Prometheus's own; there also with the prefix, for clients that always
 *       send it.
 *   <li>Cortex's paths {@code /api/v1/rules} on the web listener, and below {@code /api/v1/rules/}
 *       on Prometheus's, where the path itself is Prometheus's list of rules; {@code
 *       /api/prom/rules} on Prometheus's.
 *   <li>Loki's paths {@code /loki/api/v1/rules} and {@code /api/prom/rules}.
 *   <li>{@code /tempo/config/v1/rules} on the web listener, which is {@code /config/v1/rules} on
 *       Tempo's own: Tempo has no ruler, so that the paths are Mimir's.
 * </ul>
 */
public final class RulerApi {

  private static final String IN_NAMESPACE = "/{" + RulerEndpoints.NAMESPACE + "}";
  private static final String IN_GROUP = IN_NAMESPACE + "/{" + RulerEndpoints.GROUP + "}";

  private final StoredRules rules;
  private final Bodies bodies;
  private final Executor storing;

  public RulerApi(StoredRules rules, Bodies bodies, Executor storing) {
    this.rules = rules;
    this.bodies = bodies;
    this.storing = storing;
  }

  public void addTo(Routes routes) {
    RulerEndpoints promql = endpoints(RuleLanguage.PROMQL);
    RulerEndpoints logql = endpoints(RuleLanguage.LOGQL);
    Routes.Api mimir = routes.api(ListenerName.PROMETHEUS, "/prometheus", new RulerErrors());
    addAll(mimir, "/config/v1/rules", promql);
    addLocal(mimir, "/prometheus/config/v1/rules", promql);
    addLocal(mimir, "/api/prom/rules", promql);
    Routes.Api cortex = routes.api(ListenerName.PROMETHEUS, "", new RulerErrors());
    addBelow(cortex, "/api/v1/rules", promql);
    Routes.Api web = routes.api(ListenerName.WEB, "", new RulerErrors());
    web.get("/api/v1/rules", Permission.READ, Route.Work.QUERY, promql::list);
    Routes.Api loki = routes.api(ListenerName.LOKI, "", new RulerErrors());
    for (String path : List.of("/loki/api/v1/rules", "/api/prom/rules")) {
      addAll(loki, path, logql);
    }
    Routes.Api tempo = routes.api(ListenerName.TEMPO, "/tempo", new RulerErrors());
    addAll(tempo, "/config/v1/rules", endpoints(RuleLanguage.TRACEQL));
  }

  private RulerEndpoints endpoints(RuleLanguage language) {
    return new RulerEndpoints(rules, language, bodies, storing);
  }

  private static void addAll(Routes.Api api, String path, RulerEndpoints endpoints) {
    api.get(path, Permission.READ, Route.Work.QUERY, endpoints::list);
    addBelow(api, path, endpoints);
  }

  private static void addBelow(Routes.Api api, String path, RulerEndpoints endpoints) {
    String namespace = path + IN_NAMESPACE;
    String group = path + IN_GROUP;
    api.get(namespace, Permission.READ, Route.Work.QUERY, endpoints::listNamespace)
        .post(namespace, Permission.ADMIN, Route.Work.INGEST, endpoints::set)
        .delete(namespace, Permission.ADMIN, Route.Work.INGEST, endpoints::deleteNamespace)
        .get(group, Permission.READ, Route.Work.QUERY, endpoints::get)
        .delete(group, Permission.ADMIN, Route.Work.INGEST, endpoints::delete);
  }

  private static void addLocal(Routes.Api api, String path, RulerEndpoints endpoints) {
    String namespace = path + IN_NAMESPACE;
    String group = path + IN_GROUP;
    api.local(path, Permission.READ, Route.Work.QUERY, endpoints::list)
        .local(namespace, Permission.READ, Route.Work.QUERY, endpoints::listNamespace)
        .localPost(namespace, Permission.ADMIN, Route.Work.INGEST, endpoints::set)
        .localDelete(namespace, Permission.ADMIN, Route.Work.INGEST, endpoints::deleteNamespace)
        .local(group, Permission.READ, Route.Work.QUERY, endpoints::get)
        .localDelete(group, Permission.ADMIN, Route.Work.INGEST, endpoints::delete);
  }
}
