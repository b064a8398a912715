package io.ghostworks.server.alerts;

import io.ghostworks.alertmanager.deliver.NotificationHistory;
import io.ghostworks.alertmanager.deliver.QueueViews;
import io.ghostworks.model.TenantId;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import io.ghostworks.state.Outbox;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code /api/platform/notifications}: what was told and what waits to be. */
public final class NotificationsEndpoint {

  private final Function<TenantId, NotificationHistory> histories;
  private final Function<TenantId, QueueViews.Queues> queues;

  /**
   * @param histories a tenant's at the moment
   * @param queues of a tenant's receivers at the moment
   */
  public NotificationsEndpoint(
      Function<TenantId, NotificationHistory> histories,
      Function<TenantId, QueueViews.Queues> queues) {
    this.histories = histories;
    this.queues = queues;
  }

  /** Adds the routes to those of the web listener. */
  public void addTo(Routes.Api api) {
    api.get("/api/platform/notifications", Permission.READ, Route.Work.QUERY, this::list)
        .get(
            "/api/platform/notifications/queues",
            Permission.READ,
            Route.Work.QUERY,
            exchange ->
                CompletableFuture.completedFuture(Views.answer(queues.apply(exchange.tenant()))))
        .get("/api/platform/notifications/{id}", Permission.READ, Route.Work.QUERY, this::one);
  }

  private CompletionStage<Answer> list(Exchange exchange) {
    ListParameters parameters = new ListParameters(exchange);
    NotificationHistory.Query query =
        new NotificationHistory.Query(
            new Outbox.Selection(
                parameters.before(),
                parameters.text("receiver"),
                parameters.text("group"),
                exchange.parameters("status").stream()
                    .filter(status -> !status.isEmpty())
                    .map(NotificationsEndpoint::condition)
                    .toList(),
                parameters.time("from", 0),
                parameters.time("to", Long.MAX_VALUE)),
            parameters.matchers(),
            parameters.limit());
    return CompletableFuture.completedFuture(
        Views.answer(histories.apply(exchange.tenant()).find(query)));
  }

  private CompletionStage<Answer> one(Exchange exchange) {
    long id = new ListParameters(exchange).id();
    NotificationHistory.Detail detail =
        histories
            .apply(exchange.tenant())
            .find(id)
            .orElseThrow(() ->
                new RequestException(404, "there is no notification %d, or no more".formatted(id)));
    return CompletableFuture.completedFuture(Views.answer(detail));
  }

  private static Outbox.Condition condition(String status) {
    return Arrays.stream(Outbox.Condition.values())
        .filter(condition -> condition.name().toLowerCase(Locale.ROOT).equals(status))
        .findFirst()
        .orElseThrow(() ->
            RequestException.bad(
                "status must be pending, delivered, replaced or failed, got '%s'"
                    .formatted(status)));
  }
}
