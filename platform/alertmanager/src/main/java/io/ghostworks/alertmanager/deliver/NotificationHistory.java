package io.ghostworks.alertmanager.deliver;

import io.ghostworks.alertmanager.alert.AlertLinks;
import io.ghostworks.alertmanager.alert.Alerts;
import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.Integrations;
import io.ghostworks.alertmanager.notify.Exchange;
import io.ghostworks.alertmanager.notify.Notification;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.Outbox;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifications of a tenant that wait and those that ended, with what was sent and answered.
 * Ended ones are kept for {@link Deliveries#HISTORY_AGE}, the newest {@link
 * Deliveries#HISTORY_MAX}. A view of the moment of each call; its components are named as the
 * fields of the API. Thread-safe.
 */
public final class NotificationHistory {
  private static final Logger log = LoggerFactory.getLogger(NotificationHistory.class);

  /** Rows that are read in one transaction, so that no other waits for long. */
  private static final int PAGE = 200;

  private static final int ALERTS_SHOWN_MAX = 1_000;

  private final TenantId tenant;
  private final AlertmanagerConfig config;
  private final State state;
  private final Deliveries deliveries;
  private final String externalUrl;

  /**
   * @param externalUrl where people reach this Alertmanager, without a slash at its end
   */
  public NotificationHistory(
      TenantId tenant,
      AlertmanagerConfig config,
      State state,
      Deliveries deliveries,
      String externalUrl) {
    this.tenant = tenant;
    this.config = config;
    this.state = state;
    this.deliveries = deliveries;
    this.externalUrl = externalUrl;
  }

  /**
   * Which notifications.
   *
   * @param alertMatchers what the labels of one of its alerts must fulfil, all of them
   */
  public record Query(Outbox.Selection selection, List<LabelMatcher> alertMatchers, int limit) {
    public Query {
      alertMatchers = List.copyOf(alertMatchers);
    }
  }

  /**
   * Some notifications, newest first.
   *
   * @param next where {@code before} goes on; null where there are no more
   */
  public record Page(List<NotificationView> notifications, @Nullable String next) {}

  /** The newest notifications that a query asks for. */
  public Page find(Query query) {
    List<NotificationView> found = new ArrayList<>();
    Outbox.Selection rest = query.selection;
    while (true) {
      List<Outbox.Row> rows = page(rest);
      for (Outbox.Row row : rows) {
        if (isWanted(row, query.alertMatchers)) {
          if (found.size() == query.limit) {
            return new Page(found, found.getLast().id);
          }
          found.add(view(row));
        }
      }
      if (rows.size() < PAGE) {
        return new Page(found, null);
      }
      rest = rest.before(rows.getLast().id());
    }
  }

  private List<Outbox.Row> page(Outbox.Selection selection) {
    return state.transaction(t -> t.outbox().newest(tenant, selection, PAGE));
  }

  private boolean isWanted(Outbox.Row row, List<LabelMatcher> matchers) {
    return matchers.isEmpty()
        || content(row).stream()
            .flatMap(content -> content.alerts().stream())
            .anyMatch(
                alert -> matchers.stream().allMatch(m -> m.matches(alert.labels().get(m.label()))));
  }

  /** One notification with all that is kept of it. */
  public Optional<Detail> find(long id) {
    Optional<Outbox.Row> found = state.transaction(t -> t.outbox().find(tenant, id));
    return found.map(row -> {
      long attempted = row.carrier() == 0 ? id : row.carrier();
      List<Outbox.Attempt> attempts = state.transaction(t -> t.outbox().attempts(attempted));
      List<ReceivedAlerts.Row> alerts = content(row).map(Notification::alerts).orElse(List.of());
      int shown = Math.min(ALERTS_SHOWN_MAX, alerts.size());
      return new Detail(
          view(row),
          row.idempotencyKey().isEmpty() ? null : row.idempotencyKey(),
          alerts.subList(0, shown).stream().map(this::alert).toList(),
          Math.max(0, row.firing() + row.resolved() - shown),
          attempts.stream().map(NotificationHistory::attempt).toList());
    });
  }

  private Optional<Notification> content(Outbox.Row row) {
    Map<Long, byte[]> payloads = state.transaction(t -> t.outbox().payloads(List.of(row.id())));
    byte[] payload = payloads.getOrDefault(row.id(), new byte[0]);
    if (payload.length == 0) {
      return Optional.empty(); // too long to be kept
    }
    try {
      return Optional.of(Notification.fromBytes(PackedText.unpack(payload)));
    } catch (IOException e) {
      log.warn("the stored notification {} is damaged", row.id(), e);
      return Optional.empty();
    }
  }

  private NotificationView view(Outbox.Row row) {
    Optional<ReceiverQueue.State> waiting =
        row.condition() == Outbox.Condition.PENDING ? deliveries.state(row) : Optional.empty();
    String receiver = row.receiver();
    if (receiver.isEmpty()) { // an earlier version wrote it
      receiver = row.integration().substring(0, Math.max(0, row.integration().lastIndexOf('/')));
    }
    return new NotificationView(
        Long.toString(row.id()),
        receiver,
        Integrations.kindOf(row.integration()),
        row.integration(),
        Integrations.target(config, row.integration()),
        row.condition().name().toLowerCase(Locale.ROOT),
        row.reason().isEmpty() ? null : row.reason(),
        row.attempts(),
        row.groupKey(),
        row.groupLabels().toMap(),
        row.firing(),
        row.resolved(),
        Alerts.time(row.createdAtNanos()),
        row.attempts() == 0 ? null : Alerts.time(row.updatedAtNanos()),
        waiting
            .filter(each -> each.waitNanos() >= 0)
            .map(each -> Alerts.time(deliveries.nowNanos() + each.waitNanos()))
            .orElse(null),
        waiting.map(ReceiverQueue.State::keptBackBy).filter(why -> !why.isEmpty()).orElse(null),
        row.carrier() == 0 ? null : Long.toString(row.carrier()),
        row.error().isEmpty() ? null : row.error());
  }

  private AlertView alert(ReceivedAlerts.Row alert) {
    Labels labels = alert.labels();
    boolean fires = alert.endsAtNanos() == 0;
    return new AlertView(
        fires ? "firing" : "resolved",
        labels.toMap(),
        alert.annotations().toMap(),
        Alerts.time(alert.startsAtNanos()),
        fires ? null : Alerts.time(alert.endsAtNanos()),
        AlertLinks.of(externalUrl, labels, alert.annotations(), alert.generatorUrl()));
  }

  private static AttemptView attempt(Outbox.Attempt attempt) {
    List<Exchange> exchanges = List.of();
    try {
      exchanges = StoredExchanges.read(PackedText.unpack(attempt.exchanges()));
    } catch (IOException e) {
      log.warn("a stored attempt is damaged", e);
    }
    return new AttemptView(
        attempt.number(),
        Alerts.time(attempt.atNanos()),
        Duration.ofNanos(attempt.durationNanos()).toMillis(),
        attempt.error().isEmpty() ? null : attempt.error(),
        attempt.status() == 0 ? null : attempt.status(),
        exchanges);
  }

  /**
   * A notification and how it went.
   *
   * @param integration its kind, such as {@code webhook}
   * @param name receiver, kind and number
   * @param target where it goes, without secrets; null where the configuration no longer has it
   * @param status {@code pending}, {@code delivered}, {@code replaced} or {@code failed}
   * @param reason why the receiver is told, in words
   * @param firing how many firing alerts it tells of
   * @param resolved how many resolved alerts it tells of
   * @param lastAttemptAt null before the first try
   * @param nextAttemptAt null unless it waits for another try
   * @param keptBackBy {@code rate} or {@code circuit}; null where neither holds it
   * @param digest the notification that has the attempts of the digest in which it was sent; null
   *     where it was sent by itself
   * @param error of the last try, or why it ended; null if there is none
   */
  public record NotificationView(
      String id,
      String receiver,
      String integration,
      String name,
      @Nullable String target,
      String status,
      @Nullable String reason,
      int attempts,
      String groupKey,
      Map<String, String> groupLabels,
      int firing,
      int resolved,
      String createdAt,
      @Nullable String lastAttemptAt,
      @Nullable String nextAttemptAt,
      @Nullable String keptBackBy,
      @Nullable String digest,
      @Nullable String error) {}

  /**
   * A notification with what is kept of it.
   *
   * @param idempotencyKey as webhooks get it
   * @param alertsLeftOut how many alerts are not kept or not shown
   * @param attempts oldest first; of the digest's carrier where it was sent in one
   */
  public record Detail(
      NotificationView notification,
      @Nullable String idempotencyKey,
      List<AlertView> alerts,
      int alertsLeftOut,
      List<AttemptView> attempts) {}

  /**
   * An alert as it was told.
   *
   * @param endsAt null while it fires
   */
  public record AlertView(
      String status,
      Map<String, String> labels,
      Map<String, String> annotations,
      String startsAt,
      @Nullable String endsAt,
      AlertLinks links) {}

  /**
   * One try.
   *
   * @param error null where it was delivered
   * @param status of the answer; null where there was none
   * @param exchanges what was sent and answered, without secrets, and cut where it is long
   */
  public record AttemptView(
      int number,
      String at,
      long durationMs,
      @Nullable String error,
      @Nullable Integer status,
      List<Exchange> exchanges) {}
}
