package io.ghostworks.server.alerts;

import io.ghostworks.alertmanager.RecentNotifications;
import io.ghostworks.model.TenantId;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Views;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What was told and what waits to be, for the web application. */
public final class NotificationsEndpoint {

  private static final int DEFAULT_LIMIT = 100;
  private static final int LIMIT_MAX = 1_000;

  private final TenantId operator;
  private final Supplier<Optional<RecentNotifications>> recent;

  /**
   * @param recent those at the moment; empty if no {@code alertmanager.yml} is named
   */
  public NotificationsEndpoint(TenantId operator, Supplier<Optional<RecentNotifications>> recent) {
    this.operator = operator;
    this.recent = recent;
  }

  private record View(List<RecentNotifications.NotificationView> notifications) {}

  public CompletionStage<Answer> answer(Exchange exchange) {
    int limit = limit(exchange);
    List<RecentNotifications.NotificationView> newest =
        recent
            .get()
            .filter(all -> exchange.tenant().equals(operator))
            .map(all -> all.newest(limit))
            .orElse(List.of());
    return CompletableFuture.completedFuture(Views.answer(new View(newest)));
  }

  private static int limit(Exchange exchange) {
    int limit;
    try {
      limit = exchange.parameter("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
    } catch (NumberFormatException e) {
      throw new RequestException(400, "limit must be a number from 1 to 1000", e);
    }
    if (limit < 1 || limit > LIMIT_MAX) {
      throw RequestException.bad("limit must be a number from 1 to 1000");
    }
    return limit;
  }
}
