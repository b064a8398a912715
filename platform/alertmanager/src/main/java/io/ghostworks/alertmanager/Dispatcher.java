package io.ghostworks.alertmanager;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.Outbox;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import io.ghostworks.state.StateException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

  private final TenantId tenant;
  private final AlertmanagerConfig.Route route;
  private final List<Integration> integrations;
  private final Deliveries.Tools tools;
  private final Deliveries deliveries;

  /** Also read without the lock, while the state's thread waits for nothing. */
  private final Map<Labels, ReceivedAlerts.Row> alerts = new ConcurrentHashMap<>();

  private final Map<Labels, AlertGroup> groups = new LinkedHashMap<>();
  private boolean closed;

  /** One way of telling the receiver. */
  record Integration(Deliveries.Target target, boolean sendResolved) {}

  Dispatcher(
      TenantId tenant,
      AlertmanagerConfig.Route route,
      List<Integration> integrations,
      Deliveries.Tools tools) {
    this.tenant = tenant;
    this.route = route;
    this.integrations = List.copyOf(integrations);
    this.tools = tools;
    this.deliveries = new Deliveries(tenant, tools);
  }

  /** Takes over what was stored before the program ended. */
  synchronized void start() {
    List<ReceivedAlerts.Row> stored =
        tools.state().transaction(t -> t.receivedAlerts().all(tenant));
    stored.forEach(alert -> alerts.put(alert.labels(), alert));
    List<Outbox.Row> pending = tools.state().transaction(t -> t.outbox().pending());
    for (Outbox.Row row : pending) {
      if (row.tenant().equals(tenant)) {
        resume(row);
      }
    }
    stored.forEach(this::group);
  }

  private void resume(Outbox.Row row) {
    Deliveries.Target target =
        integrations.stream()
            .map(Integration::target)
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
    for (ReceivedAlerts.Row alert : received) {
      tables.receivedAlerts().put(tenant, merged(alert));
    }
  }

  /** Takes alerts that are stored. */
  synchronized void accept(List<ReceivedAlerts.Row> received) {
    if (closed) {
      return;
    }
    int refused = 0;
    for (ReceivedAlerts.Row alert : received) {
      ReceivedAlerts.Row merged = merged(alert);
      if (!alerts.containsKey(merged.labels()) && alerts.size() >= ALERTS_MAX) {
        refused++;
        continue;
      }
      alerts.put(merged.labels(), merged);
      group(merged);
    }
    if (refused > 0) {
      tools.metrics().refusedAlerts(refused);
      log.error("{} alerts are refused: {} are known already", refused, ALERTS_MAX);
    }
  }

  private ReceivedAlerts.Row merged(ReceivedAlerts.Row alert) {
    ReceivedAlerts.Row before = alerts.get(alert.labels());
    return before == null ? alert : Alerts.merged(before, alert, tools.clock().epochNanos());
  }

  /** The alerts that are known. */
  List<ReceivedAlerts.Row> alerts() {
    return List.copyOf(alerts.values());
  }

  /** The groups with their alerts, sorted by labels. */
  synchronized Map<Labels, List<ReceivedAlerts.Row>> groups() {
    Map<Labels, List<ReceivedAlerts.Row>> all = new java.util.TreeMap<>();
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
            told.add(standing(alert));
          }
        });
    try {
      new Flush(group, resolved, told, now).run();
    } catch (StateException e) {
      log.error("deciding on notifications of the group {} failed", group.key(), e);
    }
  }

  /** An alert that must not resolve while it is told. */
  private static ReceivedAlerts.Row standing(ReceivedAlerts.Row alert) {
    return new ReceivedAlerts.Row(
        alert.labels(),
        alert.annotations(),
        alert.startsAtNanos(),
        0,
        alert.updatedAtNanos(),
        alert.timeout(),
        alert.generatorUrl());
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

  /** One flush of a group: what each integration is to be told now. */
  private final class Flush {
    private final AlertGroup group;
    private final List<ReceivedAlerts.Row> resolved;
    private final List<ReceivedAlerts.Row> told;
    private final long nowNanos;
    private final AtomicInteger open;
    private final AtomicBoolean failed = new AtomicBoolean();

    Flush(
        AlertGroup group,
        List<ReceivedAlerts.Row> resolved,
        List<ReceivedAlerts.Row> told,
        long nowNanos) {
      this.group = group;
      this.resolved = List.copyOf(resolved);
      this.told = List.copyOf(told);
      this.nowNanos = nowNanos;
      this.open = new AtomicInteger(integrations.size() + 1);
    }

    void run() {
      long[] firing = hashes(false);
      long[] over = hashes(true);
      for (Integration integration : integrations) {
        tell(integration, firing, over);
      }
      ended(true);
    }

    private long[] hashes(boolean wanted) {
      return told.stream()
          .filter(alert -> (alert.endsAtNanos() != 0) == wanted)
          .mapToLong(alert -> Fingerprint.logged(alert.labels()))
          .sorted()
          .toArray();
    }

    private void tell(Integration integration, long[] firing, long[] over) {
      String name = integration.target().name();
      Notification notification = decide(integration, firing, over);
      if (notification == null) {
        deliveries.cancel(group.key(), name);
        ended(true);
        return;
      }
      if (deliveries.isUnderWay(notification, name, this::ended)) {
        return;
      }
      if (notification.alerts().isEmpty()) {
        recordUntold(notification, integration.target());
        ended(true);
        return;
      }
      byte[] payload = notification.toBytes();
      long id =
          tools
              .state()
              .transaction(t -> t.outbox().add(tenant, group.key(), name, payload, nowNanos));
      deliveries.begin(id, notification, integration.target(), this::ended);
    }

    private @Nullable Notification decide(Integration integration, long[] firing, long[] over) {
      String name = integration.target().name();
      NotificationReason reason =
          tools
              .state()
              .transaction(t ->
                  Deduplication.reason(
                      t.notificationLog().find(tenant, group.key(), name),
                      firing,
                      over,
                      integration.sendResolved(),
                      route.repeatInterval(),
                      nowNanos));
      if (reason == NotificationReason.NONE) {
        return null;
      }
      List<ReceivedAlerts.Row> shown =
          integration.sendResolved()
              ? told
              : told.stream().filter(alert -> alert.endsAtNanos() == 0).toList();
      return new Notification(
          group.key(), route.receiver(), group.labels, reason.words(), firing, over, shown);
    }

    /** An integration that is not told of ends: the log forgets the alerts that fired. */
    private void recordUntold(Notification notification, Deliveries.Target target) {
      tools
          .state()
          .write(t ->
              t.notificationLog()
                  .put(
                      tenant,
                      new io.ghostworks.state.NotificationLog.Entry(
                          notification.groupKey(),
                          target.name(),
                          notification.firing(),
                          notification.resolved(),
                          nowNanos,
                          nowNanos + target.remembered().toNanos())));
    }

    private void ended(boolean success) {
      if (!success) {
        failed.set(true);
      }
      if (open.decrementAndGet() == 0 && !failed.get()) {
        forget(group, resolved);
      }
    }
  }
}
