package io.ghostworks.alertmanager;

import io.ghostworks.model.TenantId;
import io.ghostworks.state.Outbox;
import io.ghostworks.state.State;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifications of a tenant that wait and those that ended lately, for the web application. A
 * view of the moment of each call. Thread-safe.
 */
public final class RecentNotifications {
  private static final Logger log = LoggerFactory.getLogger(RecentNotifications.class);

  private final TenantId tenant;
  private final AlertmanagerConfig config;
  private final State state;
  private final Dispatcher dispatcher;

  RecentNotifications(
      TenantId tenant, AlertmanagerConfig config, State state, Dispatcher dispatcher) {
    this.tenant = tenant;
    this.config = config;
    this.state = state;
    this.dispatcher = dispatcher;
  }

  /**
   * The newest notifications and how they went, newest first. One that a newer one of its group has
   * replaced before any try is left out.
   */
  public List<NotificationView> newest(int rowsMax) {
    List<Outbox.Row> rows = state.transaction(t -> t.outbox().recent(tenant, rowsMax));
    return rows.stream()
        .filter(row -> row.condition() != Outbox.Condition.REPLACED || row.attempts() > 0)
        .map(this::view)
        .toList();
  }

  private NotificationView view(Outbox.Row row) {
    Optional<Notification> content = Optional.empty();
    try {
      content = Optional.of(Notification.fromBytes(row.payload()));
    } catch (IOException e) {
      log.warn("the stored notification {} is damaged", row.id(), e);
    }
    OptionalLong next = dispatcher.nextAttemptNanos(row.id());
    String error = row.error();
    if (row.condition() == Outbox.Condition.REPLACED) {
      error = "replaced by a newer notification; the last try said: " + error;
    }
    return new NotificationView(
        Long.toString(row.id()),
        content.map(Notification::receiver).orElse(""),
        Integrations.kindOf(row.integration()),
        Integrations.target(config, row.integration()),
        switch (row.condition()) {
          case PENDING -> "pending";
          case DELIVERED -> "delivered";
          case FAILED, REPLACED -> "failed";
        },
        row.attempts(),
        content.map(notification -> notification.groupLabels().toMap()).orElse(Map.of()),
        content.map(notification -> notification.firing().length).orElse(0),
        content.map(notification -> notification.resolved().length).orElse(0),
        AlertmanagerApi.time(row.createdAtNanos()),
        row.attempts() == 0 ? null : AlertmanagerApi.time(row.updatedAtNanos()),
        next.isPresent() ? AlertmanagerApi.time(next.getAsLong()) : null,
        error.isEmpty() ? null : error);
  }

  /**
   * A notification and how it went.
   *
   * @param integration {@code webhook} or {@code email}
   * @param target where it goes, without secrets; null where the configuration no longer has it
   * @param status {@code pending}, {@code delivered} or {@code failed}
   * @param firing how many firing alerts it tells of
   * @param resolved how many resolved alerts it tells of
   * @param lastAttemptAt null before the first try
   * @param nextAttemptAt null unless it waits for another try
   * @param error of the last try; null if there is none
   */
  public record NotificationView(
      String id,
      String receiver,
      String integration,
      @Nullable String target,
      String status,
      int attempts,
      Map<String, String> groupLabels,
      int firing,
      int resolved,
      String createdAt,
      @Nullable String lastAttemptAt,
      @Nullable String nextAttemptAt,
      @Nullable String error) {}
}
