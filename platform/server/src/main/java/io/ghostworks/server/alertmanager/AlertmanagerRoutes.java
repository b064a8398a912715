package io.ghostworks.server.alertmanager;

import io.ghostworks.alertmanager.api.AlertFilter;
import io.ghostworks.alertmanager.api.AlertmanagerApi;
import io.ghostworks.alertmanager.api.MalformedBodyException;
import io.ghostworks.alertmanager.api.PostedAlerts;
import io.ghostworks.alertmanager.api.PostedSilence;
import io.ghostworks.alertmanager.api.SilencesApi;
import io.ghostworks.alertmanager.silence.SilenceException;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Alertmanager's API v2, on its own port and under {@code /alertmanager}: alerts for senders and
 * readers, groups, receivers, status and silences, of the tenant of each request.
 */
public final class AlertmanagerRoutes {

  private static final String JSON = "application/json";

  /** Of the framework: a part of the path is no UUID. */
  private static final int WRONG_TYPE = 601;

  private final TenantAlertmanagers alertmanagers;
  private final Bodies bodies;
  private final Executor storing;
  private final String version;

  /**
   * @param storing runs what waits for the disk
   */
  public AlertmanagerRoutes(
      TenantAlertmanagers alertmanagers, Bodies bodies, Executor storing, String version) {
    this.alertmanagers = alertmanagers;
    this.bodies = bodies;
    this.storing = storing;
    this.version = version;
  }

  public void addTo(Routes routes) {
    Routes.Api api =
        routes.api(ListenerName.ALERTMANAGER, "/alertmanager", new AlertmanagerErrors());
    api.refuseUnknown("/alertmanager");
    read(api, "/api/v2/alerts", (view, e) -> view.alerts(filter(view, e)));
    read(api, "/api/v2/alerts/groups", (view, e) -> view.groups(filter(view, e)));
    read(api, "/api/v2/receivers", (view, e) -> view.receivers(filter(view, e)));
    read(api, "/api/v2/status", (view, e) -> view.status(version));
    write(api, "/api/v2/alerts", Permission.INGEST, this::postAlerts);
    api.get(
        "/api/v2/silences",
        Permission.READ,
        Route.Work.QUERY,
        e ->
            done(
                answer(() ->
                    silences(e).silences(e.parameters(), alertmanagers.api(e.tenant()).syntax()))));
    write(api, "/api/v2/silences", Permission.ADMIN, this::postSilence);
    api.get("/api/v2/silence/{id}", Permission.READ, Route.Work.QUERY, e -> done(silence(e)))
        .delete(
            "/api/v2/silence/{id}",
            Permission.ADMIN,
            Route.Work.QUERY,
            e -> CompletableFuture.supplyAsync(() -> expire(e), storing));
  }

  @FunctionalInterface
  private interface Reading {
    /**
     * @throws IllegalArgumentException if a parameter is wrong, in Alertmanager's words
     */
    Object view(AlertmanagerApi api, Exchange exchange);
  }

  private void read(Routes.Api api, String path, Reading reading) {
    api.get(
        path,
        Permission.READ,
        Route.Work.QUERY,
        e -> done(answer(() -> reading.view(alertmanagers.api(e.tenant()), e))));
  }

  @FunctionalInterface
  private interface Viewing {
    Object view();
  }

  private static Answer answer(Viewing viewing) {
    try {
      return AlertmanagerJson.escapedView(viewing.view());
    } catch (IllegalArgumentException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
  }

  private static AlertFilter filter(AlertmanagerApi view, Exchange exchange) {
    return AlertFilter.of(exchange.parameters(), view.syntax());
  }

  @FunctionalInterface
  private interface Writing {
    Answer write(Exchange exchange, byte[] body) throws MalformedBodyException, SilenceException;
  }

  private void write(Routes.Api api, String path, Permission permission, Writing writing) {
    api.post(
        path,
        permission,
        Route.Work.INGEST,
        e -> {
          String type = mediaType(e);
          return type.equals(JSON)
              ? CompletableFuture.supplyAsync(() -> written(e, writing), storing)
              : done(
                  AlertmanagerJson.coded(
                      415,
                      415,
                      "unsupported media type \"%s\", only [application/json] are allowed"
                          .formatted(type)));
        });
  }

  private Answer written(Exchange exchange, Writing writing) {
    try {
      return writing.write(exchange, bodies.decompressed(exchange));
    } catch (MalformedBodyException e) {
      return AlertmanagerJson.coded(e.status(), e.code(), String.valueOf(e.getMessage()));
    } catch (SilenceException e) {
      return AlertmanagerJson.text(e.isUnknown() ? 404 : 400, String.valueOf(e.getMessage()));
    }
  }

  private Answer postAlerts(Exchange exchange, byte[] body) throws MalformedBodyException {
    List<String> mistakes = alertmanagers.post(exchange.tenant(), PostedAlerts.read(body));
    return mistakes.isEmpty()
        ? AlertmanagerJson.empty(200)
        : AlertmanagerJson.text(400, String.join("\n", mistakes));
  }

  private SilencesApi silences(Exchange exchange) {
    return alertmanagers.silences(exchange.tenant());
  }

  private record Made(String silenceID) {}

  private Answer postSilence(Exchange exchange, byte[] body)
      throws MalformedBodyException, SilenceException {
    PostedSilence posted = PostedSilence.read(body);
    return AlertmanagerJson.view(
        new Made(alertmanagers.openSilences(exchange.tenant()).post(posted)));
  }

  private Answer silence(Exchange exchange) {
    return withId(
        exchange,
        id ->
            silences(exchange)
                .silence(id)
                .map(AlertmanagerJson::escapedView)
                .orElse(AlertmanagerJson.empty(404)));
  }

  private Answer expire(Exchange exchange) {
    return withId(
        exchange,
        id -> {
          try {
            silences(exchange).expire(id);
            return AlertmanagerJson.empty(200);
          } catch (SilenceException e) {
            return AlertmanagerJson.empty(404);
          }
        });
  }

  private static Answer withId(Exchange exchange, Function<String, Answer> answering) {
    String id = exchange.variable("id");
    try {
      return answering.apply(UUID.fromString(id).toString());
    } catch (IllegalArgumentException e) {
      return AlertmanagerJson.coded(
          422, WRONG_TYPE, "silenceID in path must be of type uuid: \"%s\"".formatted(id));
    }
  }

  private static CompletionStage<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private static String mediaType(Exchange exchange) {
    String type = exchange.header("content-type").orElse("application/octet-stream");
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }
}
