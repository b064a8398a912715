package io.ghostworks.alertmanager.dispatch;

import io.ghostworks.alertmanager.alert.Fingerprint;
import io.ghostworks.alertmanager.config.Route;
import io.ghostworks.alertmanager.deliver.Deliveries;
import io.ghostworks.alertmanager.notify.Notification;
import io.ghostworks.model.TenantId;
import io.ghostworks.state.NotificationLog;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** One flush of a group: what each integration of the route's receiver is to be told now. */
final class GroupFlush {
  private final Setting setting;
  private final Due due;
  private final List<IntegrationTarget> integrations;
  private final Runnable allTold;
  private final AtomicInteger open;
  private final AtomicBoolean failed = new AtomicBoolean();

  /**
   * What all flushes have in common.
   *
   * @param integrations those of a route's receiver
   */
  record Setting(
      TenantId tenant,
      Function<Route, List<IntegrationTarget>> integrations,
      Deliveries.Tools tools,
      Deliveries deliveries,
      GroupEvents events) {}

  /**
   * What is due.
   *
   * @param over the alerts that have resolved, told or not
   * @param held alerts that are not told for a reason that is new, by the reason
   * @param told in their order; an alert that has not resolved has the end 0
   * @param routeLabels rendered
   */
  record Due(
      Route route,
      GroupEvents.Group group,
      List<ReceivedAlerts.Row> over,
      Map<String, List<ReceivedAlerts.Row>> held,
      List<ReceivedAlerts.Row> told,
      Map<String, String> routeLabels,
      long nowNanos) {}

  /**
   * @param allTold runs once every integration knows
   */
  GroupFlush(Setting setting, Due due, Runnable allTold) {
    this.setting = setting;
    this.due = due;
    this.integrations = setting.integrations.apply(due.route);
    this.allTold = allTold;
    this.open = new AtomicInteger(integrations.size() + 1);
  }

  /**
   * Decides and stores in one transaction for all integrations, then begins to tell.
   *
   * @throws io.ghostworks.state.StateException if it cannot be stored; then nobody is told
   */
  void run() {
    if (due.told.isEmpty()) {
      nothing();
      return;
    }
    Told state = new Told(hashes(false), hashes(true));
    Map<String, Pending> pending = new HashMap<>();
    for (IntegrationTarget each : integrations) {
      String name = each.target().name();
      pending.put(
          name,
          new Pending(
              setting.deliveries.isUnderWay(due.group.key(), name, state.hash()),
              setting.deliveries.isOnItsWay(due.group.key(), name)));
    }
    List<Runnable> steps =
        setting
            .tools
            .state()
            .transaction(tables -> {
              tellEvents(tables);
              List<Runnable> all = new ArrayList<>();
              for (IntegrationTarget each : integrations) {
                Pending before = pending.getOrDefault(each.target().name(), Pending.NOTHING);
                all.add(step(tables, each, state, before));
              }
              return all;
            });
    steps.forEach(Runnable::run);
    ended(true);
  }

  /** All alerts are held: what is under way is told no more, and what is over is forgotten. */
  private void nothing() {
    if (!due.over.isEmpty() || !due.held.isEmpty()) {
      setting.tools.state().write(this::tellEvents);
    }
    for (IntegrationTarget each : integrations) {
      setting.deliveries.cancel(due.group.key(), each.target().name());
      ended(true);
    }
    ended(true);
  }

  private void tellEvents(State.Tables tables) {
    if (!due.over.isEmpty()) {
      setting.events.changed(tables, due.group, List.of(), due.over, due.nowNanos);
    }
    due.held.forEach(
        (why, alerts) -> setting.events.muted(tables, due.group, alerts, why, due.nowNanos));
  }

  /**
   * What is told, whoever is told.
   *
   * @param firing hashes for the notification log, ascending
   * @param resolved hashes for the notification log, ascending
   */
  private record Told(long[] firing, long[] resolved) {
    long hash() {
      return Deliveries.hash(firing, resolved);
    }
  }

  private long[] hashes(boolean resolved) {
    return due.told.stream()
        .filter(alert -> (alert.endsAtNanos() != 0) == resolved)
        .mapToLong(alert -> Fingerprint.logged(alert.labels()))
        .sorted()
        .toArray();
  }

  /**
   * What an integration is still to be told.
   *
   * @param same whether just this is under way
   * @param some whether anything is
   */
  private record Pending(boolean same, boolean some) {
    static final Pending NOTHING = new Pending(false, false);
  }

  /** Stores what one integration is told; what is returned runs once that is on disk. */
  private Runnable step(
      State.Tables tables, IntegrationTarget integration, Told state, Pending pending) {
    String key = due.group.key();
    String name = integration.target().name();
    NotificationReason reason = reason(tables, integration, state);
    if (reason == NotificationReason.NONE && pending.some && isOver(integration, state)) {
      reason = NotificationReason.ALL_RESOLVED; // of what the log does not know yet
    }
    if (reason == NotificationReason.NONE) {
      return () -> {
        setting.deliveries.cancel(key, name);
        ended(true);
      };
    }
    if (pending.same) {
      return () -> {
        if (!setting.deliveries.follow(key, name, state.hash(), this::ended)) {
          ended(false); // it ended in the meantime, and the next flush knows how
        }
      };
    }
    Notification notification = notification(integration, reason, state);
    if (notification.alerts().isEmpty()) {
      recordUntold(tables, notification, integration.target());
      return () -> ended(true);
    }
    long id = setting.deliveries.store(tables, notification, integration.target(), due.nowNanos);
    return () -> setting.deliveries.begin(id, notification, integration.target(), this::ended);
  }

  private static boolean isOver(IntegrationTarget integration, Told state) {
    return integration.sendResolved() && state.firing.length == 0 && state.resolved.length > 0;
  }

  private NotificationReason reason(
      State.Tables tables, IntegrationTarget integration, Told state) {
    Optional<NotificationLog.Entry> last =
        tables.notificationLog().find(setting.tenant, due.group.key(), integration.target().name());
    NotificationReason reason =
        Deduplication.reason(
            last,
            state.firing,
            state.resolved,
            integration.sendResolved(),
            due.route.options().repeatInterval(),
            due.nowNanos);
    boolean held =
        reason == NotificationReason.REPEAT
            && setting.events.acknowledged(tables, due.group, state.firing, due.nowNanos);
    if (held) {
      last.ifPresent(entry -> remember(tables, entry, integration.target()));
    }
    return held ? NotificationReason.NONE : reason;
  }

  /** What is held is not told as new once the log would forget it. */
  private void remember(
      State.Tables tables, NotificationLog.Entry entry, Deliveries.Target target) {
    long remembered = target.remembered().toNanos();
    if (entry.expiresAtNanos() - due.nowNanos < remembered / 2) {
      tables
          .notificationLog()
          .put(
              setting.tenant,
              new NotificationLog.Entry(
                  entry.groupKey(),
                  entry.integration(),
                  entry.firing(),
                  entry.resolved(),
                  entry.sentAtNanos(),
                  due.nowNanos + remembered,
                  entry.receiverData()));
    }
  }

  private Notification notification(
      IntegrationTarget integration, NotificationReason reason, Told state) {
    List<ReceivedAlerts.Row> shown =
        integration.sendResolved()
            ? due.told
            : due.told.stream().filter(alert -> alert.endsAtNanos() == 0).toList();
    return new Notification(
        due.group.key(),
        due.group.receiver(),
        due.group.labels(),
        due.routeLabels,
        reason.words(),
        state.firing,
        state.resolved,
        shown);
  }

  /** An integration that is not told of ends: the log forgets the alerts that fired. */
  private void recordUntold(
      State.Tables tables, Notification notification, Deliveries.Target target) {
    tables
        .notificationLog()
        .put(
            setting.tenant,
            new NotificationLog.Entry(
                notification.groupKey(),
                target.name(),
                notification.firing(),
                notification.resolved(),
                due.nowNanos,
                due.nowNanos + target.remembered().toNanos()));
  }

  private void ended(boolean success) {
    if (!success) {
      failed.set(true);
    }
    if (open.decrementAndGet() == 0 && !failed.get()) {
      allTold.run();
    }
  }
}
