package io.ghostworks.alertmanager;

import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.template.GoTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Alertmanager's API v2 as plain objects, whose components are named as the JSON fields; times are
 * RFC 3339 texts. A view of the moment of each call. Thread-safe.
 */
public final class AlertmanagerApi {
  private static final Instant EARLIEST = Instant.EPOCH.plusNanos(1);
  private static final Instant LATEST = Instant.EPOCH.plusNanos(Long.MAX_VALUE);

  private final AlertmanagerConfig config;
  private final Alertmanager.Parts parts;
  private final Dispatcher dispatcher;
  private final long startedNanos;

  AlertmanagerApi(
      AlertmanagerConfig config,
      Alertmanager.Parts parts,
      Dispatcher dispatcher,
      long startedNanos) {
    this.config = config;
    this.parts = parts;
    this.dispatcher = dispatcher;
    this.startedNanos = startedNanos;
  }

  /**
   * {@code POST /alerts}: stores and takes the alerts that are good, on disk when it returns.
   *
   * @return what is wrong with the others, in Alertmanager's words; empty if nothing is
   * @throws io.ghostworks.model.OverloadedException if there is no room for them
   */
  public List<String> post(List<PostedAlerts.Posted> posted) {
    long now = parts.clock().epochNanos();
    List<ReceivedAlerts.Row> good = new ArrayList<>();
    List<String> mistakes = new ArrayList<>();
    for (PostedAlerts.Posted alert : posted) {
      ReceivedAlerts.Row row = row(alert, now);
      Optional<String> mistake = Alerts.mistake(row);
      if (mistake.isPresent()) {
        mistakes.add(mistake.get());
      } else {
        good.add(row);
      }
    }
    if (!good.isEmpty()) {
      dispatcher.post(good);
    }
    return mistakes;
  }

  private ReceivedAlerts.Row row(PostedAlerts.Posted alert, long nowNanos) {
    long endsAt = nanos(alert.endsAt());
    long startsAt = nanos(alert.startsAt());
    if (startsAt == 0) {
      startsAt = endsAt == 0 ? nowNanos : endsAt;
    }
    boolean timeout = endsAt == 0;
    if (timeout) {
      endsAt = nowNanos + config.resolveTimeout().toNanos();
    }
    return new ReceivedAlerts.Row(
        alert.labels(),
        alert.annotations(),
        startsAt,
        endsAt,
        nowNanos,
        timeout,
        alert.generatorUrl());
  }

  /** 0 stands for a time that is not known; what 64 bits cannot hold becomes the nearest time. */
  private static long nanos(@Nullable Instant time) {
    if (time == null) {
      return 0;
    }
    Instant bounded = time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
    return ChronoUnit.NANOS.between(Instant.EPOCH, bounded);
  }

  /** {@code GET /alerts}. */
  public List<GettableAlert> alerts(AlertFilter filter) {
    if (!filter.active() || !filter.takesReceiver(config.receiver())) {
      return List.of();
    }
    long now = parts.clock().epochNanos();
    return dispatcher.alerts().stream()
        .filter(alert -> isShown(alert, filter, now))
        .map(this::view)
        .sorted(Comparator.comparing(GettableAlert::fingerprint))
        .toList();
  }

  private static boolean isShown(ReceivedAlerts.Row alert, AlertFilter filter, long nowNanos) {
    boolean over = alert.endsAtNanos() != 0 && alert.endsAtNanos() < nowNanos;
    return !over && filter.takesAlert(alert.labels());
  }

  /** {@code GET /alerts/groups}. */
  public List<AlertGroupView> groups(AlertFilter filter) {
    if (!filter.active() || !filter.takesReceiver(config.receiver())) {
      return List.of();
    }
    long now = parts.clock().epochNanos();
    ReceiverName receiver = new ReceiverName(config.route().receiver());
    List<AlertGroupView> groups = new ArrayList<>();
    dispatcher
        .groups()
        .forEach((labels, alerts) -> {
          List<GettableAlert> shown =
              alerts.stream().filter(a -> isShown(a, filter, now)).map(this::view).toList();
          if (!shown.isEmpty()) {
            groups.add(new AlertGroupView(shown, labels.toMap(), receiver, Map.of()));
          }
        });
    return groups;
  }

  /** {@code GET /receivers}. */
  public List<ReceiverView> receivers(AlertFilter filter) {
    return config.receivers().stream()
        .filter(filter::takesReceiver)
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
        new Cluster(List.of(), "disabled"),
        new VersionInfo("", "", "", "", "", version),
        new Original(SecretMask.masked(config.original())),
        time(startedNanos));
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

  static String time(long nanos) {
    return GoTime.ofEpochNanos(nanos).format("2006-01-02T15:04:05.000Z07:00");
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
  public record Cluster(List<String> peers, String status) {}

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
}
