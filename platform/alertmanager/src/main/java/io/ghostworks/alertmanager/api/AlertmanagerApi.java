package io.ghostworks.alertmanager.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ghostworks.alertmanager.alert.Alerts;
import io.ghostworks.alertmanager.alert.Fingerprint;
import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.NobodyIsTold;
import io.ghostworks.alertmanager.config.Route;
import io.ghostworks.alertmanager.config.SecretMask;
import io.ghostworks.alertmanager.dispatch.AlertStatus;
import io.ghostworks.alertmanager.dispatch.Dispatcher;
import io.ghostworks.alertmanager.dispatch.GroupView;
import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.state.ReceivedAlerts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Alertmanager's API v2 as plain objects, whose components are named as the JSON fields; times are
 * RFC 3339 texts. A view of the moment of each call. Thread-safe.
 */
public final class AlertmanagerApi {

  private final AlertmanagerConfig config;
  private final Clock clock;
  private final Dispatcher dispatcher;
  private final long startedNanos;

  public AlertmanagerApi(
      AlertmanagerConfig config, Clock clock, Dispatcher dispatcher, long startedNanos) {
    this.config = config;
    this.clock = clock;
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
    long now = clock.epochNanos();
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

  /** 0 stands for a time that is not known. */
  private static long nanos(@Nullable Instant time) {
    return time == null ? 0 : BodyFields.nanos(time);
  }

  /** {@code GET /alerts}. */
  public List<GettableAlert> alerts(AlertFilter filter) {
    long now = clock.epochNanos();
    List<GettableAlert> shown = new ArrayList<>();
    for (ReceivedAlerts.Row alert : dispatcher.alerts()) {
      if (isOver(alert, now) || !filter.takesAlert(alert.labels())) {
        continue;
      }
      List<String> receivers =
          config.route().match(alert.labels()).stream().map(AlertmanagerApi::receiver).toList();
      if (!filter.takesAny(receivers.stream().map(config::receiver).toList())) {
        continue;
      }
      AlertStatus status = dispatcher.status(alert.labels());
      if (filter.takesStatus(status)) {
        shown.add(view(alert, status, List.of(), receivers));
      }
    }
    shown.sort(Comparator.comparing(GettableAlert::fingerprint));
    return shown;
  }

  private static String receiver(Route route) {
    return route.options().receiver();
  }

  private static boolean isOver(ReceivedAlerts.Row alert, long nowNanos) {
    return alert.endsAtNanos() != 0 && alert.endsAtNanos() < nowNanos;
  }

  /** An alert in a group, with what holds it. */
  private record Member(ReceivedAlerts.Row alert, AlertStatus status) {}

  /** {@code GET /alerts/groups}. */
  public List<AlertGroupView> groups(AlertFilter filter) {
    long now = clock.epochNanos();
    Map<GroupView, List<Member>> shown = new LinkedHashMap<>();
    Map<Labels, List<String>> receivers = new HashMap<>();
    for (GroupView group : dispatcher.groups()) {
      if (!filter.takesAny(List.of(config.receiver(receiver(group.route()))))) {
        continue;
      }
      List<Member> members = members(group, filter, now);
      members.forEach(member ->
          receivers
              .computeIfAbsent(member.alert.labels(), labels -> new ArrayList<>())
              .add(receiver(group.route())));
      if (!members.isEmpty() && (filter.muted() || group.mutedBy().isEmpty())) {
        shown.put(group, members);
      }
    }
    receivers.values().forEach(names -> names.sort(Labels::compareUtf8));
    List<AlertGroupView> views = new ArrayList<>(shown.size());
    shown.forEach((group, members) ->
        views.add(
            new AlertGroupView(
                members.stream()
                    .map(member ->
                        view(
                            member.alert,
                            member.status,
                            group.mutedBy(),
                            receivers.getOrDefault(member.alert.labels(), List.of())))
                    .toList(),
                group.labels().toMap(),
                new ReceiverName(receiver(group.route())),
                group.routeLabels())));
    return views;
  }

  private List<Member> members(GroupView group, AlertFilter filter, long nowNanos) {
    return group.alerts().stream()
        .filter(alert -> !isOver(alert, nowNanos) && filter.takesAlert(alert.labels()))
        .map(alert -> new Member(alert, dispatcher.status(alert.labels())))
        .filter(member -> filter.takesStatus(member.status))
        .toList();
  }

  /** Of the matchers in requests. */
  public MatcherSyntax syntax() {
    return config.syntax();
  }

  /** {@code GET /receivers}. */
  public List<ReceiverView> receivers(AlertFilter filter) {
    return config.receivers().stream()
        .filter(filter::takesLabels)
        .map(receiver -> new ReceiverView(new TreeMap<>(receiver.labels()), receiver.name()))
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
        new Original(shown(config.original())),
        time(startedNanos),
        new VersionInfo("", "", "", "", "", version));
  }

  /** The text that holds without a file has no secrets, and says so itself. */
  private static String shown(String original) {
    return original.equals(NobodyIsTold.TEXT) ? original : SecretMask.masked(original);
  }

  /** The configuration as written, with its secrets. */
  public String original() {
    return config.original();
  }

  private static GettableAlert view(
      ReceivedAlerts.Row alert, AlertStatus status, List<String> mutedBy, List<String> receivers) {
    return new GettableAlert(
        alert.annotations().toMap(),
        time(alert.endsAtNanos()),
        Fingerprint.of(alert.labels()),
        receivers.stream().map(ReceiverName::new).toList(),
        time(alert.startsAtNanos()),
        new AlertStatusView(
            status.inhibitedBy(),
            mutedBy,
            status.silencedBy(),
            mutedBy.isEmpty() ? status.state().word() : "suppressed"),
        time(alert.updatedAtNanos()),
        alert.generatorUrl(),
        alert.labels().toMap());
  }

  static String time(long nanos) {
    return Alerts.time(nanos);
  }

  /** An alert. */
  public record GettableAlert(
      Map<String, String> annotations,
      String endsAt,
      String fingerprint,
      List<ReceiverName> receivers,
      String startsAt,
      AlertStatusView status,
      String updatedAt,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String generatorURL,
      Map<String, String> labels) {}

  /** Whether an alert is told. */
  public record AlertStatusView(
      List<String> inhibitedBy, List<String> mutedBy, List<String> silencedBy, String state) {}

  /** A receiver's name. */
  public record ReceiverName(String name) {}

  /** A receiver. */
  public record ReceiverView(
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> labels, String name) {}

  /** A group of alerts. */
  public record AlertGroupView(
      List<GettableAlert> alerts,
      Map<String, String> labels,
      ReceiverName receiver,
      Map<String, String> routeLabels) {}

  /** The state of the whole. */
  public record Status(Cluster cluster, Original config, String uptime, VersionInfo versionInfo) {}

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

  /** The configuration, its secrets hidden. */
  public record Original(String original) {}
}
