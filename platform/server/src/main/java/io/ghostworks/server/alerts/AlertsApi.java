package io.ghostworks.server.alerts;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.alertmanager.AlertmanagerApi;
import io.ghostworks.alertmanager.MatcherText;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import io.ghostworks.server.prometheus.PrometheusErrors;
import io.ghostworks.server.settings.ListenerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code alerts}, {@code alerts/groups}, {@code receivers} and {@code status}, for reading; and the
 * deliveries for the web application. Notifications are the operator's.
 */
public final class AlertsApi {

  private static final ErrorForm ERRORS =
      (request, status, message) ->
          Answer.json(status, Json.bytes(json -> json.writeString(message)));

  private final TenantId operator;
  private final Optional<AlertmanagerApi> alertmanager;
  private final String version;

  /**
   * @param alertmanager empty if no {@code alertmanager.yml} is named
   */
  public AlertsApi(TenantId operator, Optional<AlertmanagerApi> alertmanager, String version) {
    this.operator = operator;
    this.alertmanager = alertmanager;
    this.version = version;
  }

  public void addTo(Routes routes) {
    Routes.Api api = routes.api(ListenerName.ALERTMANAGER, "/alertmanager", ERRORS);
    api.refuseUnknown("/alertmanager");
    api.get(
        "/api/v2/alerts", Permission.READ, Route.Work.QUERY, e -> done(Views.answer(alerts(e))));
    api.get(
        "/api/v2/alerts/groups",
        Permission.READ,
        Route.Work.QUERY,
        e -> done(Views.answer(groups(e))));
    api.get(
        "/api/v2/receivers",
        Permission.READ,
        Route.Work.QUERY,
        e -> done(Views.answer(receivers(e))));
    api.get(
        "/api/v2/status", Permission.READ, Route.Work.QUERY, e -> done(Views.answer(status(e))));
    routes
        .api(ListenerName.WEB, "", new PrometheusErrors())
        .get(
            "/api/platform/notifications",
            Permission.READ,
            Route.Work.QUERY,
            e -> done(notifications(e)));
  }

  private static CompletionStage<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private Optional<AlertmanagerApi> of(Exchange exchange) {
    return exchange.tenant().equals(operator) ? alertmanager : Optional.empty();
  }

  private Object alerts(Exchange exchange) {
    return of(exchange).<Object>map(api -> api.alerts(filter(exchange))).orElse(List.of());
  }

  private Object groups(Exchange exchange) {
    return of(exchange).<Object>map(api -> api.groups(filter(exchange))).orElse(List.of());
  }

  private static AlertmanagerApi.Filter filter(Exchange exchange) {
    List<LabelMatcher> matchers = new ArrayList<>();
    try {
      exchange.parameters("filter").forEach(text -> matchers.addAll(MatcherText.parse(text)));
      return new AlertmanagerApi.Filter(
          !exchange.parameter("active").orElse("true").equals("false"),
          matchers,
          exchange.parameter("receiver").map(Pattern::compile).orElse(null));
    } catch (IllegalArgumentException | PatternSyntaxException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
  }

  private Object receivers(Exchange exchange) {
    return of(exchange).<Object>map(AlertmanagerApi::receivers).orElse(List.of());
  }

  private Object status(Exchange exchange) {
    return of(exchange)
        .<Object>map(api -> api.status(version))
        .orElseThrow(() ->
            new RequestException(
                404, "no alertmanager.yml is named in ghostworks.yml (files.alertmanager)"));
  }

  private record Notifications(List<AlertmanagerApi.NotificationView> notifications) {}

  private Answer notifications(Exchange exchange) {
    int limit;
    try {
      limit = exchange.parameter("limit").map(Integer::parseInt).orElse(100);
    } catch (NumberFormatException e) {
      throw new RequestException(400, "limit must be a number from 1 to 1000", e);
    }
    if (limit < 1 || limit > 1_000) {
      throw RequestException.bad("limit must be a number from 1 to 1000");
    }
    return Views.answer(
        new Notifications(of(exchange).map(api -> api.notifications(limit)).orElse(List.of())));
  }
}
