package io.ghostworks.server.alerts;

import io.ghostworks.alertmanager.AlertFilter;
import io.ghostworks.alertmanager.AlertmanagerApi;
import io.ghostworks.alertmanager.PostedAlerts;
import io.ghostworks.model.TenantId;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import io.ghostworks.server.settings.ListenerName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Alertmanager's API v2: {@code alerts} for senders and readers, {@code alerts/groups}, {@code
 * receivers} and {@code status}; {@code silences} is refused. Notifications are the operator's.
 */
public final class AlertsApi {

  private static final ErrorForm ERRORS = (request, status, message) -> text(status, message);
  private static final String JSON = "application/json";

  private final TenantId operator;
  private final Supplier<Optional<AlertmanagerApi>> alertmanager;
  private final Poster poster;
  private final Bodies bodies;
  private final Executor storing;
  private final String version;

  /** Takes alerts, so that none is lost in a reload. */
  @FunctionalInterface
  public interface Poster {
    /**
     * @return what {@link AlertmanagerApi#post} does; empty if no {@code alertmanager.yml} is named
     */
    Optional<List<String>> post(List<PostedAlerts.Posted> alerts);
  }

  /**
   * @param alertmanager the one at the moment; empty if no {@code alertmanager.yml} is named
   * @param storing runs what waits for the disk
   */
  public AlertsApi(
      TenantId operator,
      Supplier<Optional<AlertmanagerApi>> alertmanager,
      Poster poster,
      Bodies bodies,
      Executor storing,
      String version) {
    this.operator = operator;
    this.alertmanager = alertmanager;
    this.poster = poster;
    this.bodies = bodies;
    this.storing = storing;
    this.version = version;
  }

  public void addTo(Routes routes) {
    Routes.Api api = routes.api(ListenerName.ALERTMANAGER, "/alertmanager", ERRORS);
    api.refuseUnknown("/alertmanager");
    get(api, "/api/v2/alerts", e -> read(e, AlertmanagerApi::alerts));
    api.post("/api/v2/alerts", Permission.INGEST, Route.Work.INGEST, this::post);
    get(api, "/api/v2/alerts/groups", e -> read(e, AlertmanagerApi::groups));
    get(api, "/api/v2/receivers", e -> read(e, AlertmanagerApi::receivers));
    get(api, "/api/v2/status", e -> Views.answer(routed(e).status(version)));
    for (String silences : List.of("/api/v2/silences", "/api/v2/silence/{name}")) {
      api.getOrForm(
          silences, Permission.READ, Route.Work.QUERY, e -> done(text(404, noSilences())));
    }
  }

  private static void get(Routes.Api api, String path, Reading reading) {
    api.get(path, Permission.READ, Route.Work.QUERY, e -> done(reading.answer(e)));
  }

  @FunctionalInterface
  private interface Reading {
    Answer answer(Exchange exchange);
  }

  private static CompletionStage<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private Answer read(Exchange exchange, BiFunction<AlertmanagerApi, AlertFilter, Object> view) {
    AlertFilter filter = filter(exchange);
    return Views.answer(
        alertmanager
            .get()
            .filter(api -> exchange.tenant().equals(operator))
            .map(api -> view.apply(api, filter))
            .orElse(List.of()));
  }

  private static AlertFilter filter(Exchange exchange) {
    try {
      return AlertFilter.of(exchange.parameters());
    } catch (IllegalArgumentException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
  }

  private CompletionStage<Answer> post(Exchange exchange) {
    var _ = routed(exchange);
    String type = mediaType(exchange);
    if (!type.equals(JSON)) {
      return done(
          coded(
              415,
              415,
              "unsupported media type \"%s\", only [application/json] are allowed"
                  .formatted(type)));
    }
    return CompletableFuture.supplyAsync(() -> stored(exchange), storing);
  }

  private Answer stored(Exchange exchange) {
    try {
      List<String> mistakes =
          poster
              .post(PostedAlerts.read(bodies.decompressed(exchange)))
              .orElseThrow(AlertsApi::nobodyIsTold);
      return mistakes.isEmpty() ? Answer.empty(200) : text(400, String.join("\n", mistakes));
    } catch (PostedAlerts.MalformedException e) {
      return coded(e.status(), e.code(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * @throws RequestException if nobody is told about this tenant's alerts
   */
  private AlertmanagerApi routed(Exchange exchange) {
    if (!exchange.tenant().equals(operator)) {
      throw new RequestException(
          404,
          "alerts are routed for the operator's tenant '%s' only, got a request of the tenant '%s'"
              .formatted(operator, exchange.tenant()));
    }
    return alertmanager.get().orElseThrow(AlertsApi::nobodyIsTold);
  }

  private static RequestException nobodyIsTold() {
    return new RequestException(
        404, "no alertmanager.yml is named in ghostworks.yml (files.alertmanager)");
  }

  private static String mediaType(Exchange exchange) {
    String type = exchange.header("content-type").orElse("application/octet-stream");
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }

  private static String noSilences() {
    return "this version has no silences: every alert is told; change the rule to quieten it";
  }

  private static Answer text(int status, String message) {
    return Answer.json(status, Json.bytes(json -> json.writeString(message)));
  }

  private static Answer coded(int status, int code, String message) {
    return Answer.json(
        status,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeNumberField("code", code);
          json.writeStringField("message", message);
          json.writeEndObject();
        }));
  }
}
