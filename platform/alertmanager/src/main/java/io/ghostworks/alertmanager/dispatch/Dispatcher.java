package io.ghostworks.alertmanager.dispatch;

import io.ghostworks.alertmanager.alert.Alerts;
import io.ghostworks.alertmanager.alert.LabelOrder;
import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.Route;
import io.ghostworks.alertmanager.deliver.ConcurrencyLimit;
import io.ghostworks.alertmanager.deliver.Deliveries;
import io.ghostworks.alertmanager.notify.Notification;
import io.ghostworks.alertmanager.notify.NotificationTemplates;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.Outbox;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import io.ghostworks.state.StateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes alerts along the routing tree, gathers them in groups and decides when and what receivers
 * are told ({@code dispatch/dispatch.go}): first after {@code group_wait}, then every {@code
 * group_interval} if something changed or {@code repeat_interval} has passed. Resolved alerts are
 * forgotten once every integration of every route has been told. Thread-safe.
 */
public final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /** Alerts that are known at once; more are refused. */
  public static final int ALERTS_MAX = 150_000;

  /** Groups that there are at once: an alert that needs another one is not told. */
  static final int GROUPS_MAX = 250_000;

  /** Flushes that wait for the state at once; they are committed together. */
  private static final int FLUSHES_MAX = 32;

  private static final Duration NO_ROOM_RETRY = Duration.ofMinutes(1);
  private static final long COUNTS_STAY_NANOS = Duration.ofSeconds(1).toNanos();

  private final TenantId tenant;
  private final Route root;
  private final Duration resolveTimeout;
  private final Muting muting;
  private final NotificationTemplates templates;
  private final DispatchMetrics metrics;
  private final GroupFlush.Setting flushing;
  private final Deliveries.Tools tools;
  private final Executor flushes;

  /** Also read without the lock, while the state's thread waits for nothing. */
  private final Map<Labels, ReceivedAlerts.Row> alerts = new ConcurrentHashMap<>();

  private final Groups groups = new Groups();

  /** Posts come one after another; never taken while the lock of this is held. */
  private final Object posting = new Object();

  private Map<AlertStatus.State, Integer> counts = Map.of();
  private long countedNanos;
  private boolean started;
  private boolean closed;

  /**
   * What dispatching works with.
   *
   * @param integrations those of a route's receiver
   */
  public record Parts(
      Function<Route, List<IntegrationTarget>> integrations,
      NotificationTemplates templates,
      Muting muting,
      Deliveries.Tools tools,
      Deliveries deliveries,
      GroupEvents events,
      DispatchMetrics metrics) {}

  public Dispatcher(TenantId tenant, AlertmanagerConfig config, Parts parts) {
    this.tenant = tenant;
    this.root = config.route();
    this.resolveTimeout = config.resolveTimeout();
    this.muting = parts.muting;
    this.metrics = parts.metrics;
    this.templates = parts.templates;
    this.tools = parts.tools;
    this.flushes = new ConcurrencyLimit(tools.executor(), FLUSHES_MAX);
    this.flushing =
        new GroupFlush.Setting(
            tenant, parts.integrations, parts.tools, parts.deliveries, parts.events);
  }

  /** Reads what a start takes over. */
  public void check() {
    takenOver(Duration.ZERO);
  }

  private TakenOver takenOver(Duration grace) {
    return TakenOver.read(tools.state(), tenant, grace, tools.clock().epochNanos());
  }

  /**
   * Takes over what was stored.
   *
   * @param afterPause whether nobody took alerts for a while, as before a start: then alerts whose
   *     end has passed go on until their senders could speak
   */
  public synchronized void start(boolean afterPause) {
    TakenOver stored = takenOver(afterPause ? resolveTimeout : Duration.ZERO);
    for (ReceivedAlerts.Row alert : stored.alerts()) {
      alerts.put(alert.labels(), alert);
      muting.put(alert);
    }
    stored.pending().forEach(this::resume);
    stored.alerts().forEach(this::group);
    tools.state().write(this::tellKnown);
    metrics.read(this::groupCount, this::alertsByState);
    startTelling();
  }

  /**
   * Tells of the groups that there are, and of those to come. Until then alerts are only gathered:
   * a group without what is stored lacks alerts of its own and those that inhibit it.
   */
  public synchronized void startTelling() {
    if (!started && !closed) {
      started = true;
      groups.forEach(this::scheduleFirst);
    }
  }

  private void tellKnown(State.Tables tables) {
    GroupChanges changes = new GroupChanges(tools.clock().epochNanos());
    alerts
        .values()
        .forEach(alert -> groupsOf(alert).forEach(group -> changes.add(group, null, alert)));
    changes.tell(flushing.events(), tables);
    Set<String> keys = new HashSet<>();
    groups.forEach(group -> keys.add(group.named.key()));
    flushing.events().known(tables, keys, tools.clock().epochNanos());
  }

  private List<GroupEvents.Group> groupsOf(ReceivedAlerts.Row alert) {
    return root.match(alert.labels()).stream()
        .map(route -> AlertGroup.named(route, route.groupLabels(alert.labels())))
        .toList();
  }

  private void resume(Outbox.Waiting row) {
    Deliveries.Target target = target(row);
    if (target == null) {
      flushing.deliveries().giveUp(row, "the receiver is no longer configured");
    } else {
      flushing.deliveries().resume(row, target);
    }
  }

  /** That of the row's route, otherwise of any route with this integration; null if none has. */
  private Deliveries.@Nullable Target target(Outbox.Waiting row) {
    List<Deliveries.Target> targets = new ArrayList<>();
    root.walk(route -> {
      for (IntegrationTarget each : flushing.integrations().apply(route)) {
        if (each.target().name().equals(row.integration())) {
          boolean same = row.groupKey().startsWith(route.key() + ":{");
          targets.add(same ? 0 : targets.size(), each.target());
        }
      }
    });
    return targets.isEmpty() ? null : targets.getFirst();
  }

  /**
   * Stores alerts as they will stand once they are accepted. Called inside a transaction, on the
   * state's thread: takes no lock.
   */
  public void store(State.Tables tables, List<ReceivedAlerts.Row> received) {
    Map<Labels, ReceivedAlerts.Row> newest = new LinkedHashMap<>();
    for (ReceivedAlerts.Row alert : received) {
      ReceivedAlerts.Row before = newest.getOrDefault(alert.labels(), alerts.get(alert.labels()));
      newest.put(alert.labels(), merged(before, alert));
    }
    GroupChanges changes = new GroupChanges(tools.clock().epochNanos());
    for (ReceivedAlerts.Row alert : newest.values()) {
      tables.receivedAlerts().put(tenant, alert);
      ReceivedAlerts.Row before = alerts.get(alert.labels());
      groupsOf(alert).forEach(group -> changes.add(group, before, alert));
    }
    changes.tell(flushing.events(), tables);
  }

  /** Takes alerts that are stored, and forgets those for which there is no room. */
  public synchronized void accept(List<ReceivedAlerts.Row> received) {
    if (closed) {
      return;
    }
    List<Labels> refused = new ArrayList<>();
    List<ReceivedAlerts.Row> accepted = new ArrayList<>(received.size());
    for (ReceivedAlerts.Row alert : received) {
      if (!alerts.containsKey(alert.labels()) && alerts.size() >= ALERTS_MAX) {
        refused.add(alert.labels());
        continue;
      }
      ReceivedAlerts.Row merged = merged(alerts.get(alert.labels()), alert);
      alerts.put(merged.labels(), merged);
      muting.put(merged); // before any is told that it inhibits
      accepted.add(merged);
    }
    accepted.forEach(this::group);
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
  public void post(List<ReceivedAlerts.Row> posted) {
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
  public List<ReceivedAlerts.Row> alerts() {
    return List.copyOf(alerts.values());
  }

  /** Whether silences or other alerts hold an alert now, without regard to its groups. */
  public AlertStatus status(Labels alert) {
    return muting.status(alert, tools.clock().epochNanos());
  }

  /** The groups with their alerts, by labels, then receivers. */
  public List<GroupView> groups() {
    List<GroupView> views = new ArrayList<>();
    synchronized (this) {
      groups.forEach(group ->
          views.add(
              new GroupView(
                  group.route,
                  group.named.key(),
                  group.named.labels(),
                  Map.of(),
                  group.alerts().stream().sorted(Alerts.ORDER).toList(),
                  group.mutedBy())));
    }
    return views.stream()
        .map(this::withRouteLabels)
        .sorted(
            Comparator.comparing(GroupView::labels, LabelOrder.INSTANCE)
                .thenComparing(view -> view.route().options().receiver(), Labels::compareUtf8))
        .toList();
  }

  private GroupView withRouteLabels(GroupView view) {
    GroupEvents.Group named =
        new GroupEvents.Group(view.key(), view.route().options().receiver(), view.labels());
    return new GroupView(
        view.route(),
        view.key(),
        view.labels(),
        routeLabels(view.route(), named, told(view.alerts(), tools.clock().epochNanos())),
        view.alerts(),
        view.mutedBy());
  }

  /** Rendered with all alerts of a group, also those that are held. */
  private Map<String, String> routeLabels(
      Route route, GroupEvents.Group group, List<ReceivedAlerts.Row> told) {
    Map<String, String> labels = route.options().labels();
    if (labels.isEmpty()) {
      return Map.of();
    }
    return templates.routeLabels(
        new Notification(
            group.key(),
            group.receiver(),
            group.labels(),
            labels,
            "unknown",
            new long[0],
            new long[0],
            told));
  }

  private synchronized int groupCount() {
    return groups.size();
  }

  /** The alerts that fire, each counted once by what most holds it; a second old at most. */
  private synchronized Map<AlertStatus.State, Integer> alertsByState() {
    long now = tools.clock().epochNanos();
    if (now >= countedNanos && now - countedNanos < COUNTS_STAY_NANOS) {
      return counts;
    }
    Map<Labels, AlertStatus.State> states = new HashMap<>();
    groups.forEach(group -> {
      for (ReceivedAlerts.Row alert : group.alerts()) {
        if (!Alerts.isResolved(alert, now)) {
          states.merge(
              alert.labels(),
              group.status(alert.labels()).state(),
              (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
      }
    });
    Map<AlertStatus.State, Integer> counted = new EnumMap<>(AlertStatus.State.class);
    states.values().forEach(state -> counted.merge(state, 1, Integer::sum));
    counts = counted;
    countedNanos = now;
    return counts;
  }

  public synchronized void close() {
    closed = true;
    groups.forEach(group -> group.next.cancel());
    metrics.read(() -> 0, Map::of);
  }

  private void group(ReceivedAlerts.Row alert) {
    for (Route route : root.match(alert.labels())) {
      Labels labels = route.groupLabels(alert.labels());
      AlertGroup group = groups.find(route, labels);
      if (group != null) {
        group.put(alert);
      } else if (groups.size() >= GROUPS_MAX) {
        metrics.groupLimitReached();
        log.error("the alert {} is not told: there are {} groups", alert.labels(), GROUPS_MAX);
      } else {
        begin(new AlertGroup(route, AlertGroup.named(route, labels)), alert);
      }
    }
  }

  private void begin(AlertGroup group, ReceivedAlerts.Row alert) {
    group.put(alert);
    groups.add(group);
    group.firstStartNanos = alert.startsAtNanos();
    if (started) {
      scheduleFirst(group);
    }
  }

  private void scheduleFirst(AlertGroup group) {
    Duration wait = group.route.options().groupWait();
    boolean old = group.firstStartNanos + wait.toNanos() < tools.clock().epochNanos();
    schedule(group, old ? Duration.ZERO : wait);
  }

  private void schedule(AlertGroup group, Duration delay) {
    group.next = tools.timers().after(delay, () -> flushes.execute(() -> flush(group)));
  }

  /** Flushes of one group come one after another. */
  private void flush(AlertGroup group) {
    group.flushing.lock();
    try {
      List<ReceivedAlerts.Row> due = due(group);
      if (!due.isEmpty()) {
        flush(group, due, tools.clock().epochNanos());
      }
    } catch (StateException e) {
      log.error("deciding on notifications of the group {} failed", group.named.key(), e);
    } finally {
      group.flushing.unlock();
    }
  }

  private synchronized List<ReceivedAlerts.Row> due(AlertGroup group) {
    if (closed || !groups.contains(group)) {
      return List.of();
    }
    schedule(group, group.route.options().groupInterval());
    return group.alerts();
  }

  /** The state's thread is not waited for under the lock of this. */
  private void flush(AlertGroup group, List<ReceivedAlerts.Row> due, long nowNanos) {
    due.sort(Alerts.ORDER);
    List<ReceivedAlerts.Row> over =
        due.stream().filter(alert -> Alerts.isResolved(alert, nowNanos)).toList();
    List<ReceivedAlerts.Row> told = told(due, nowNanos);
    Muting.Outcome outcome = muting.ask(told, group.route.options(), nowNanos);
    Map<String, String> labels =
        outcome.passed().isEmpty() ? Map.of() : routeLabels(group.route, group.named, told);
    GroupFlush.Due now =
        new GroupFlush.Due(
            group.route,
            group.named,
            over,
            flushed(group, outcome),
            outcome.passed(),
            labels,
            nowNanos);
    new GroupFlush(flushing, now, () -> forget(group, over)).run();
  }

  /** The alerts as they are told: one that has not resolved must not do so meanwhile. */
  private static List<ReceivedAlerts.Row> told(List<ReceivedAlerts.Row> alerts, long nowNanos) {
    return alerts.stream()
        .map(alert -> Alerts.isResolved(alert, nowNanos) ? alert : Alerts.until(alert, 0))
        .toList();
  }

  private synchronized Map<String, List<ReceivedAlerts.Row>> flushed(
      AlertGroup group, Muting.Outcome outcome) {
    return group.flushed(outcome);
  }

  /** Forgets alerts that every integration knows to be resolved, unless they changed since. */
  private void forget(AlertGroup group, List<ReceivedAlerts.Row> resolved) {
    forget(removed(group, resolved));
  }

  private void forget(List<ReceivedAlerts.Row> gone) {
    if (!gone.isEmpty()) {
      tools
          .state()
          .write(tables ->
              gone.forEach(each -> tables.receivedAlerts().removeUnchanged(tenant, each)));
    }
  }

  private synchronized List<ReceivedAlerts.Row> removed(
      AlertGroup group, List<ReceivedAlerts.Row> resolved) {
    List<ReceivedAlerts.Row> gone = new ArrayList<>();
    for (ReceivedAlerts.Row alert : resolved) {
      if (group.removeUnchanged(alert) && drop(alert)) {
        gone.add(alert);
      }
    }
    if (group.isEmpty()) {
      group.next.cancel();
      groups.remove(group);
    }
    return gone;
  }

  /** Drops an alert that no group has any more. */
  private boolean drop(ReceivedAlerts.Row alert) {
    Labels labels = alert.labels();
    for (Route route : root.match(labels)) {
      AlertGroup group = groups.find(route, route.groupLabels(labels));
      if (group != null && group.has(labels)) {
        return false;
      }
    }
    muting.remove(labels);
    return alerts.remove(labels, alert);
  }

  /** Forgets resolved alerts that nobody is told of, as there was no room for their groups. */
  public void collect() {
    forget(uncollected());
  }

  private synchronized List<ReceivedAlerts.Row> uncollected() {
    long now = tools.clock().epochNanos();
    return alerts.values().stream()
        .filter(alert -> Alerts.isResolved(alert, now) && drop(alert))
        .toList();
  }
}
