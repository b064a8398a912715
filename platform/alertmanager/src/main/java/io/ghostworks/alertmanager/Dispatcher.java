package io.ghostworks.alertmanager;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.Outbox;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import io.ghostworks.state.StateException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers alerts in groups and decides when and what receivers are told ({@code
 * dispatch/dispatch.go}): first after {@code group_wait}, then every {@code group_interval} if
 * something changed or {@code repeat_interval} has passed. Resolved alerts are forgotten once every
 * integration has been told. Thread-safe.
 */
final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /** Alerts that are known at once; more are refused. */
  static final int ALERTS_MAX = 50_000;

  private static final Duration NO_ROOM_RETRY = Duration.ofMinutes(1);

  private final TenantId tenant;
  private final AlertmanagerConfig.Route route;
  private final Duration resolveTimeout;
  private final Deliveries.Tools tools;
  private final Deliveries deliveries;
  private final GroupFlush.Setting flushing;

  /** Also read without the lock, while the state's thread waits for nothing. */
  private final Map<Labels, ReceivedAlerts.Row> alerts = new ConcurrentHashMap<>();

  private final Map<Labels, AlertGroup> groups = new LinkedHashMap<>();

  /** Posts come one after another; never taken while the lock of this is held. */
  private final Object posting = new Object();

  private boolean closed;

  Dispatcher(
      TenantId tenant,
      AlertmanagerConfig config,
      List<GroupFlush.Integration> integrations,
      Deliveries.Tools tools) {
    this.tenant = tenant;
    this.route = config.route();
    this.resolveTimeout = config.resolveTimeout();
    this.tools = tools;
    this.deliveries = new Deliveries(tenant, tools);
    this.flushing = new GroupFlush.Setting(tenant, route, integrations, tools, deliveries);
  }

  /** Reads what a start takes over. */
  void check() {
    toldAsResolved();
    tools.state().transaction(t -> t.receivedAlerts().all(tenant));
    tools.state().transaction(t -> t.outbox().pending());
  }

  /** Takes over what was stored before the program ended. */
  synchronized void start() {
    Set<Long> toldAsResolved = toldAsResolved();
    List<ReceivedAlerts.Row> stored =
        tools.state().transaction(t -> t.receivedAlerts().all(tenant)).stream()
            .map(alert ->
                toldAsResolved.contains(Fingerprint.logged(alert.labels()))
                    ? alert
                    : stillFiring(alert))
            .toList();
    stored.forEach(alert -> alerts.put(alert.labels(), alert));
    List<Outbox.Row> pending = tools.state().transaction(t -> t.outbox().pending());
    for (Outbox.Row row : pending) {
      if (row.tenant().equals(tenant)) {
        resume(row);
      }
    }
    stored.forEach(this::group);
  }

  private Set<Long> toldAsResolved() {
    Set<Long> hashes = new HashSet<>();
    tools
        .state()
        .transaction(t -> t.notificationLog().all(tenant))
        .forEach(entry -> Arrays.stream(entry.resolved()).forEach(hashes::add));
    return hashes;
  }

  /**
   * An alert whose end passed while the program did not run: nobody could say that it goes on. It
   * fires until its sender had the time to say so again.
   */
  private ReceivedAlerts.Row stillFiring(ReceivedAlerts.Row alert) {
    long now = tools.clock().epochNanos();
    boolean firedWhenTold = alert.endsAtNanos() > alert.updatedAtNanos();
    return firedWhenTold && Alerts.isResolved(alert, now)
        ? Alerts.until(alert, now + resolveTimeout.toNanos())
        : alert;
  }

  private void resume(Outbox.Row row) {
    Deliveries.Target target =
        flushing.integrations().stream()
            .map(GroupFlush.Integration::target)
            .filter(each -> each.name().equals(row.integration()))
            .findFirst()
            .orElse(null);
    String problem = "the receiver is no longer configured";
    if (target != null) {
      try {
        deliveries.begin(row.id(), Notification.fromBytes(row.payload()), target, delivered -> {});
        return;
      } catch (IOException e) {
        problem = "the stored notification is damaged: " + e.getMessage();
      }
    }
    String reason = problem;
    log.warn("a notification to {} is given up: {}", row.integration(), reason);
    tools
        .state()
        .write(t ->
            t.outbox()
                .end(
                    row.id(),
                    Outbox.Condition.FAILED,
                    row.attempts(),
                    reason,
                    tools.clock().epochNanos()));
  }

  /**
   * Stores alerts as they will stand once they are accepted. Called inside a transaction, on the
   * state's thread: takes no lock.
   */
  void store(State.Tables tables, List<ReceivedAlerts.Row> received) {
    Map<Labels, ReceivedAlerts.Row> newest = new HashMap<>();
    for (ReceivedAlerts.Row alert : received) {
      ReceivedAlerts.Row before = newest.getOrDefault(alert.labels(), alerts.get(alert.labels()));
      newest.put(alert.labels(), merged(before, alert));
    }
    newest.values().forEach(alert -> tables.receivedAlerts().put(tenant, alert));
  }

  /** Takes alerts that are stored, and forgets those for which there is no room. */
  synchronized void accept(List<ReceivedAlerts.Row> received) {
    if (closed) {
      return;
    }
    List<Labels> refused = new ArrayList<>();
    for (ReceivedAlerts.Row alert : received) {
      if (!alerts.containsKey(alert.labels()) && alerts.size() >= ALERTS_MAX) {
        refused.add(alert.labels());
        continue;
      }
      ReceivedAlerts.Row merged = merged(alerts.get(alert.labels()), alert);
      alerts.put(merged.labels(), merged);
      group(merged);
    }
    if (!refused.isEmpty()) {
      tools.metrics().refusedAlerts(refused.size());
      log.error("{} alerts are refused: {} are known already", refused.size(), ALERTS_MAX);
      tools
          .state()
          .write(tables -> refused.forEach(each -> tables.receivedAlerts().remove(tenant, each)));
    }
  }

  /**
   * Stores and takes alerts of a client, all or none.
   *
   * @throws OverloadedException if there is no room for them
   */
  void post(List<ReceivedAlerts.Row> posted) {
    synchronized (posting) {
      long more =
          posted.stream()
              .map(ReceivedAlerts.Row::labels)
              .distinct()
              .filter(labels -> !alerts.containsKey(labels))
              .count();
      if (alerts.size() + more > ALERTS_MAX) {
        tools.metrics().refusedAlerts(posted.size());
        throw new OverloadedException(
            "%d alerts are known, and these are %d more: at most %d may be known at once"
                .formatted(alerts.size(), more, ALERTS_MAX),
            NO_ROOM_RETRY);
      }
      tools.state().write(tables -> store(tables, posted));
      accept(posted);
    }
  }

  private ReceivedAlerts.Row merged(ReceivedAlerts.@Nullable Row before, ReceivedAlerts.Row alert) {
    return before == null ? alert : Alerts.merged(before, alert, tools.clock().epochNanos());
  }

  /** The alerts that are known. */
  List<ReceivedAlerts.Row> alerts() {
    return List.copyOf(alerts.values());
  }

  /** The groups with their alerts, sorted by labels. */
  synchronized Map<Labels, List<ReceivedAlerts.Row>> groups() {
    Map<Labels, List<ReceivedAlerts.Row>> all = new TreeMap<>();
    groups.forEach((labels, group) ->
        all.put(labels, group.alerts.values().stream().sorted(Alerts.ORDER).toList()));
    return all;
  }

  /** When a notification of the outbox is tried next, since the epoch. */
  OptionalLong nextAttemptNanos(long id) {
    return deliveries.nextAttemptNanos(id);
  }

  synchronized void close() {
    closed = true;
    groups.values().forEach(group -> group.next.cancel());
    deliveries.close();
  }

  private void group(ReceivedAlerts.Row alert) {
    Labels labels = groupLabels(alert.labels());
    AlertGroup group = groups.get(labels);
    if (group != null) {
      group.alerts.put(alert.labels(), alert);
      return;
    }
    AlertGroup begun = new AlertGroup(labels);
    begun.alerts.put(alert.labels(), alert);
    groups.put(labels, begun);
    boolean old = alert.startsAtNanos() + route.groupWait().toNanos() < tools.clock().epochNanos();
    schedule(begun, old ? Duration.ZERO : route.groupWait());
  }

  private Labels groupLabels(Labels labels) {
    if (route.groupByAll()) {
      return labels;
    }
    Labels.Builder builder = Labels.builder();
    for (String name : route.groupBy()) {
      builder.set(name, labels.get(name));
    }
    return builder.build();
  }

  private void schedule(AlertGroup group, Duration delay) {
    group.next = tools.timers().after(delay, () -> tools.executor().execute(() -> flush(group)));
  }

  private synchronized void flush(AlertGroup group) {
    if (closed || groups.get(group.labels) != group) {
      return;
    }
    schedule(group, route.groupInterval());
    long now = tools.clock().epochNanos();
    List<ReceivedAlerts.Row> resolved = new ArrayList<>();
    List<ReceivedAlerts.Row> told = new ArrayList<>();
    group.alerts.values().stream()
        .sorted(Alerts.ORDER)
        .forEach(alert -> {
          if (Alerts.isResolved(alert, now)) {
            resolved.add(alert);
            told.add(alert);
          } else {
            told.add(Alerts.until(alert, 0)); // it must not resolve while it is told
          }
        });
    try {
      new GroupFlush(flushing, group, told, now, () -> forget(group, resolved)).run();
    } catch (StateException e) {
      log.error("deciding on notifications of the group {} failed", group.key(), e);
    }
  }

  /** Forgets alerts that every integration knows to be resolved, unless they changed since. */
  private synchronized void forget(AlertGroup group, List<ReceivedAlerts.Row> resolved) {
    List<Labels> gone = new ArrayList<>();
    for (ReceivedAlerts.Row alert : resolved) {
      if (group.alerts.remove(alert.labels(), alert)) {
        alerts.remove(alert.labels(), alert);
        gone.add(alert.labels());
      }
    }
    if (group.alerts.isEmpty()) {
      group.next.cancel();
      groups.remove(group.labels, group);
    }
    if (!gone.isEmpty()) {
      tools
          .state()
          .write(tables -> gone.forEach(each -> tables.receivedAlerts().remove(tenant, each)));
    }
  }
}
