package io.ghostworks.server.grafana;

import io.ghostworks.dashboards.Dashboards;
import io.ghostworks.model.TenantId;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import io.ghostworks.server.settings.ListenerName;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * {@code /api/search}, {@code /api/folders}, {@code /api/dashboards/uid/UID}, {@code /api/health}.
 * Dashboards are the operator's.
 */
public final class DashboardsApi {

  private static final ErrorForm ERRORS =
      (request, status, message) ->
          Answer.json(
              status,
              Json.bytes(json -> {
                json.writeStartObject();
                json.writeStringField("message", message);
                json.writeEndObject();
              }));

  private final Supplier<Dashboards> dashboards;
  private final TenantId operator;

  /**
   * @param dashboards those that hold at the moment
   */
  public DashboardsApi(Supplier<Dashboards> dashboards, TenantId operator) {
    this.dashboards = dashboards;
    this.operator = operator;
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.WEB, "", ERRORS)
        .refuseUnknown("/api")
        .get("/api/health", Permission.PUBLIC, Route.Work.INSTANT, exchange -> done(health()))
        .get("/api/search", Permission.READ, Route.Work.QUERY, exchange -> done(search(exchange)))
        .get("/api/folders", Permission.READ, Route.Work.QUERY, exchange -> done(folders(exchange)))
        .get(
            "/api/dashboards/uid/{uid}",
            Permission.READ,
            Route.Work.QUERY,
            exchange -> done(dashboard(exchange)));
  }

  private static CompletionStage<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private static Answer health() {
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("database", "ok");
          json.writeEndObject();
        }));
  }

  private Answer search(Exchange exchange) {
    if (!exchange.tenant().equals(operator)) {
      return Views.answer(List.of());
    }
    return Views.answer(
        dashboards
            .get()
            .search(
                new Dashboards.Search(
                    exchange.parameter("query").orElse(""),
                    exchange.parameters("tag"),
                    exchange.parameter("type").orElse(""),
                    Set.copyOf(exchange.parameters("dashboardUIDs")),
                    Set.copyOf(exchange.parameters("folderUIDs")),
                    number(exchange, "limit", 0),
                    number(exchange, "page", 1))));
  }

  private Answer folders(Exchange exchange) {
    return Views.answer(
        exchange.tenant().equals(operator) ? dashboards.get().folders() : List.of());
  }

  private Answer dashboard(Exchange exchange) {
    if (!exchange.tenant().equals(operator)) {
      throw new RequestException(404, "Dashboard not found");
    }
    return Views.answer(
        dashboards
            .get()
            .dashboard(exchange.variable("uid"))
            .orElseThrow(() -> new RequestException(404, "Dashboard not found")));
  }

  private static int number(Exchange exchange, String name, int absent) {
    try {
      int value = exchange.parameter(name).map(Integer::parseInt).orElse(absent);
      if (value >= 0 && value <= 5_000) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new RequestException(400, "%s must be a number".formatted(name), e);
    }
    throw RequestException.bad("%s must be from 0 to 5000".formatted(name));
  }
}
