package io.ghostworks.alertmanager;

import io.ghostworks.model.TenantId;
import io.ghostworks.state.NotificationLog;
import io.ghostworks.state.ReceivedAlerts;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One flush of a group: what each integration is to be told now. */
final class GroupFlush {
  private final Setting setting;
  private final AlertGroup group;
  private final List<ReceivedAlerts.Row> told;
  private final long nowNanos;
  private final Runnable allTold;
  private final AtomicInteger open;
  private final AtomicBoolean failed = new AtomicBoolean();

  /** One way of telling the receiver. */
  record Integration(Deliveries.Target target, boolean sendResolved) {}

  /** What all flushes have in common. */
  record Setting(
      TenantId tenant,
      AlertmanagerConfig.Route route,
      List<Integration> integrations,
      Deliveries.Tools tools,
      Deliveries deliveries) {
    Setting {
      integrations = List.copyOf(integrations);
    }
  }

  /**
   * @param told in their order; an alert that has not resolved has the end 0
   * @param allTold runs once every integration knows
   */
  GroupFlush(
      Setting setting,
      AlertGroup group,
      List<ReceivedAlerts.Row> told,
      long nowNanos,
      Runnable allTold) {
    this.setting = setting;
    this.group = group;
    this.told = List.copyOf(told);
    this.nowNanos = nowNanos;
    this.allTold = allTold;
    this.open = new AtomicInteger(setting.integrations.size() + 1);
  }

  void run() {
    long[] firing = hashes(false);
    long[] resolved = hashes(true);
    for (Integration integration : setting.integrations) {
      tell(integration, firing, resolved);
    }
    ended(true);
  }

  private long[] hashes(boolean resolved) {
    return told.stream()
        .filter(alert -> (alert.endsAtNanos() != 0) == resolved)
        .mapToLong(alert -> Fingerprint.logged(alert.labels()))
        .sorted()
        .toArray();
  }

  private void tell(Integration integration, long[] firing, long[] resolved) {
    String name = integration.target.name();
    Notification notification = decide(integration, firing, resolved);
    if (notification == null) {
      setting.deliveries.cancel(group.key(), name);
      ended(true);
      return;
    }
    if (setting.deliveries.isUnderWay(notification, name, this::ended)) {
      return;
    }
    if (notification.alerts().isEmpty()) {
      recordUntold(notification, integration.target);
      ended(true);
      return;
    }
    byte[] payload = notification.toBytes();
    long id =
        setting
            .tools
            .state()
            .transaction(t -> t.outbox().add(setting.tenant, group.key(), name, payload, nowNanos));
    setting.deliveries.begin(id, notification, integration.target, this::ended);
  }

  private @Nullable Notification decide(Integration integration, long[] firing, long[] resolved) {
    NotificationReason reason =
        setting
            .tools
            .state()
            .transaction(t ->
                Deduplication.reason(
                    t.notificationLog()
                        .find(setting.tenant, group.key(), integration.target.name()),
                    firing,
                    resolved,
                    integration.sendResolved,
                    setting.route.repeatInterval(),
                    nowNanos));
    if (reason == NotificationReason.NONE) {
      return null;
    }
    List<ReceivedAlerts.Row> shown =
        integration.sendResolved
            ? told
            : told.stream().filter(alert -> alert.endsAtNanos() == 0).toList();
    return new Notification(
        group.key(),
        setting.route.receiver(),
        group.labels,
        reason.words(),
        firing,
        resolved,
        shown);
  }

  /** An integration that is not told of ends: the log forgets the alerts that fired. */
  private void recordUntold(Notification notification, Deliveries.Target target) {
    NotificationLog.Entry entry =
        new NotificationLog.Entry(
            notification.groupKey(),
            target.name(),
            notification.firing(),
            notification.resolved(),
            nowNanos,
            nowNanos + target.remembered().toNanos());
    setting.tools.state().write(t -> t.notificationLog().put(setting.tenant, entry));
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
