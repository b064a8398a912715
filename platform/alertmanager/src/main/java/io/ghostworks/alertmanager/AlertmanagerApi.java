package io.ghostworks.alertmanager;

import com.google.re2j.Pattern;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.Outbox;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.template.GoTime;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Alertmanager's API v2 as plain objects, whose components are named as the JSON fields; times are
 * RFC 3339 texts. A view of the moment of each call. Thread-safe.
 */
public final class AlertmanagerApi {
  private static final Logger log = LoggerFactory.getLogger(AlertmanagerApi.class);

  private final TenantId tenant;
  private final AlertmanagerConfig config;
  private final Alertmanager.Parts parts;
  private final Dispatcher dispatcher;
  private final long startedNanos;

  AlertmanagerApi(
      TenantId tenant,
      AlertmanagerConfig config,
      Alertmanager.Parts parts,
      Dispatcher dispatcher,
      long startedNanos) {
    this.tenant = tenant;
    this.config = config;
    this.parts = parts;
    this.dispatcher = dispatcher;
    this.startedNanos = startedNanos;
  }

  /**
   * {@code POST /alerts}: stores and takes the alerts that are good, on disk when it returns.
   *
   * @return what is wrong with the others, in Alertmanager's words; empty if nothing is
   */
  public List<String> post(List<PostableAlert> posted) {
    long now = parts.clock().epochNanos();
    List<ReceivedAlerts.Row> good = new ArrayList<>();
    List<String> mistakes = new ArrayList<>();
    for (PostableAlert alert : posted) {
      ReceivedAlerts.Row row = row(alert, now);
      Optional<String> mistake = Alerts.mistake(row);
      if (mistake.isPresent()) {
        mistakes.add(mistake.get());
      } else {
        good.add(row);
      }
    }
    if (!good.isEmpty()) {
      parts.state().write(tables -> dispatcher.store(tables, good));
      dispatcher.accept(good);
    }
    return mistakes;
  }

  private ReceivedAlerts.Row row(PostableAlert alert, long nowNanos) {
    long endsAt = nanos(alert.endsAt);
    long startsAt = nanos(alert.startsAt);
    if (startsAt == 0) {
      startsAt = endsAt == 0 ? nowNanos : endsAt;
    }
    boolean timeout = endsAt == 0;
    if (timeout) {
      endsAt = nowNanos + config.resolveTimeout().toNanos();
    }
    return new ReceivedAlerts.Row(
        Labels.of(alert.labels),
        Labels.of(alert.annotations),
        startsAt,
        endsAt,
        nowNanos,
        timeout,
        alert.generatorUrl);
  }

  private static long nanos(@Nullable Instant time) {
    return time == null || time.getEpochSecond() <= 0
        ? 0
        : ChronoUnit.NANOS.between(Instant.EPOCH, time);
  }

  /** {@code GET /alerts}. */
  public List<GettableAlert> alerts(Filter filter) {
    if (!filter.active || !filter.takesReceiver(config.route().receiver())) {
      return List.of();
    }
    long now = parts.clock().epochNanos();
    return dispatcher.alerts().stream()
        .filter(alert -> !Alerts.isResolved(alert, now) && filter.takes(alert.labels()))
        .map(this::view)
        .sorted(java.util.Comparator.comparing(GettableAlert::fingerprint))
        .toList();
  }

  /** {@code GET /alerts/groups}. */
  public List<AlertGroupView> groups(Filter filter) {
    String receiver = config.route().receiver();
    if (!filter.active || !filter.takesReceiver(receiver)) {
      return List.of();
    }
    long now = parts.clock().epochNanos();
    List<AlertGroupView> groups = new ArrayList<>();
    dispatcher
        .groups()
        .forEach((labels, alerts) -> {
          List<GettableAlert> shown =
              alerts.stream()
                  .filter(a -> !Alerts.isResolved(a, now) && filter.takes(a.labels()))
                  .map(this::view)
                  .toList();
          if (!shown.isEmpty()) {
            groups.add(
                new AlertGroupView(shown, labels.toMap(), new ReceiverName(receiver), Map.of()));
          }
        });
    return groups;
  }

  /** {@code GET /receivers}. */
  public List<ReceiverView> receivers() {
    return config.receivers().stream()
        .map(receiver -> new ReceiverView(receiver.name(), receiver.labels()))
        .toList();
  }

  /**
   * {@code GET /status}.
   *
   * @param version of this program
   */
  public Status status(String version) {
    return new Status(
        new Cluster("disabled"),
        new VersionInfo("", "", "", "", "", version),
        new Original(SecretMask.masked(config.original())),
        time(startedNanos));
  }

  /**
   * The newest notifications and how they went, newest first. One that a newer one of its group has
   * replaced before any try is left out.
   */
  public List<NotificationView> notifications(int rowsMax) {
    List<Outbox.Row> rows = parts.state().transaction(t -> t.outbox().recent(tenant, rowsMax));
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
        time(row.createdAtNanos()),
        row.attempts() == 0 ? null : time(row.updatedAtNanos()),
        next.isPresent() ? time(next.getAsLong()) : null,
        error.isEmpty() ? null : error);
  }

  private GettableAlert view(ReceivedAlerts.Row alert) {
    return new GettableAlert(
        alert.annotations().toMap(),
        time(alert.endsAtNanos()),
        Fingerprint.of(alert.labels()),
        List.of(new ReceiverName(config.route().receiver())),
        time(alert.startsAtNanos()),
        new AlertStatus(List.of(), List.of(), List.of(), "active"),
        time(alert.updatedAtNanos()),
        alert.generatorUrl(),
        alert.labels().toMap());
  }

  private static String time(long nanos) {
    return GoTime.ofEpochNanos(nanos).format("2006-01-02T15:04:05.000Z07:00");
  }

  /**
   * An alert as a client posts it.
   *
   * @param startsAt null where it is not known
   * @param endsAt null where it is not known
   */
  public record PostableAlert(
      Map<String, String> labels,
      Map<String, String> annotations,
      @Nullable Instant startsAt,
      @Nullable Instant endsAt,
      String generatorUrl) {}

  /**
   * Which alerts are asked for.
   *
   * @param active whether alerts that are neither silenced nor inhibited are, which all are
   * @param matchers what their labels must fulfil
   * @param receiver a pattern of the whole receiver's name; null for any
   */
  public record Filter(boolean active, List<LabelMatcher> matchers, @Nullable Pattern receiver) {

    /** All alerts. */
    public static final Filter ALL = new Filter(true, List.of(), null);

    public Filter {
      matchers = List.copyOf(matchers);
    }

    boolean takes(Labels labels) {
      return matchers.stream().allMatch(m -> m.matches(labels.get(m.label())));
    }

    boolean takesReceiver(String name) {
      return receiver == null || receiver.matcher(name).matches();
    }
  }

  /** An alert. */
  public record GettableAlert(
      Map<String, String> annotations,
      String endsAt,
      String fingerprint,
      List<ReceiverName> receivers,
      String startsAt,
      AlertStatus status,
      String updatedAt,
      String generatorURL,
      Map<String, String> labels) {}

  /** Whether an alert is told. */
  public record AlertStatus(
      List<String> inhibitedBy, List<String> mutedBy, List<String> silencedBy, String state) {}

  /** A receiver's name. */
  public record ReceiverName(String name) {}

  /** A receiver. */
  public record ReceiverView(String name, Map<String, String> labels) {}

  /** A group of alerts. */
  public record AlertGroupView(
      List<GettableAlert> alerts,
      Map<String, String> labels,
      ReceiverName receiver,
      Map<String, String> routeLabels) {}

  /** The state of the whole. */
  public record Status(Cluster cluster, VersionInfo versionInfo, Original config, String uptime) {}

  /** Alone, it is {@code disabled}. */
  public record Cluster(String status) {}

  /** What runs. */
  public record VersionInfo(
      String branch,
      String buildDate,
      String buildUser,
      String goVersion,
      String revision,
      String version) {}

  /** The configuration as written. */
  public record Original(String original) {}

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
