package io.ghostworks.rules;

import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.state.RulePositions;
import io.ghostworks.state.State;
import io.ghostworks.state.StateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates all groups of all tenants' rules, each on its own slots, until it is closed; where a
 * tenant's rules have alerts, the built-in group beside them. Thread-safe.
 */
public final class RuleEngine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RuleEngine.class);

  private final RuleGroup.Wiring wiring;
  private final RuleGroup.Wiring builtInWiring;
  private final PlatformMetrics metrics;
  private final Timers timers;
  private final Executor executor;
  private final EvaluationPositions positions;
  private volatile Map<GroupKey, ScheduledGroup> groups = Map.of();
  private volatile boolean closed;

  /**
   * What the engine works with.
   *
   * @param operator whose groups' metrics have no label {@code tenant}
   */
  public record Parts(
      InstantQuery query,
      TelemetrySink<SeriesBatch> sink,
      State state,
      AlertSink alerts,
      HoldSwitch hold,
      PlatformMetrics metrics,
      TenantId operator) {}

  /**
   * @param executor runs the evaluations, which block; at most one of each group at a time
   * @param idle how many of its threads have nothing to do now: they help with large groups
   */
  public RuleEngine(Parts parts, Clock clock, Timers timers, Executor executor, IntSupplier idle) {
    this.wiring =
        new RuleGroup.Wiring(
            parts.query,
            parts.sink,
            parts.state,
            parts.alerts,
            parts.hold,
            clock,
            new RuleMetrics(parts.metrics, clock, parts.operator),
            new SideBySide(executor, idle));
    this.builtInWiring = wiring.answering(BuiltInRules.query(parts.hold));
    this.metrics = parts.metrics;
    this.timers = timers;
    this.executor = executor;
    this.positions = new EvaluationPositions(parts.state, timers, executor);
  }

  /**
   * Takes over the alerts stored before the last end of the program, notes which evaluations were
   * missed since, and begins to evaluate; the first evaluation of a group is at its next slot.
   */
  public synchronized void start(List<RuleSet> sets) {
    Map<GroupKey, ScheduledGroup> started = new LinkedHashMap<>();
    Map<GroupKey, RulePositions.Gap> gaps = new LinkedHashMap<>();
    for (RuleSet set : sets) {
      Map<String, Long> stored = positions.stored(set.settings().tenant());
      for (Configured configured : configured(set)) {
        ScheduledGroup scheduled = new ScheduledGroup(configured.group());
        Long last = stored.get(scheduled.group.key());
        scheduled.group.restore(last == null ? 0 : last);
        if (last != null) {
          scheduled.noteGap(last, gaps);
        }
        started.put(scheduled.group.id(), scheduled);
      }
    }
    positions.missed(gaps);
    forgetUnknownGroups(started.keySet());
    groups = started;
    started.values().forEach(ScheduledGroup::start);
  }

  /** The same for the files of one tenant. */
  public void start(List<RuleFile> files, GroupSettings settings) {
    start(List.of(new RuleSet(settings, files)));
  }

  /**
   * Replaces all tenants' rules while running. Groups that did not change go on; changed ones keep
   * the alerts and series of the rules that they still have; the series of the others end.
   */
  public synchronized void replace(List<RuleSet> sets) {
    replace(sets, groups);
  }

  /** The same for the files of the only tenant. */
  public void replace(List<RuleFile> files, GroupSettings settings) {
    replace(List.of(new RuleSet(settings, files)));
  }

  /** Replaces one tenant's rules while running. */
  public synchronized void replaceTenant(RuleSet set) {
    Map<GroupKey, ScheduledGroup> own = new LinkedHashMap<>();
    groups.forEach((key, group) -> {
      if (key.tenant().equals(set.settings().tenant())) {
        own.put(key, group);
      }
    });
    replace(List.of(set), own);
  }

  /**
   * @param replaced the groups that are there now and that the sets stand for
   */
  private void replace(List<RuleSet> sets, Map<GroupKey, ScheduledGroup> replaced) {
    if (closed) {
      return;
    }
    Map<GroupKey, ScheduledGroup> next = new LinkedHashMap<>(groups);
    next.keySet().removeAll(replaced.keySet());
    List<ScheduledGroup> begun = new ArrayList<>();
    for (RuleSet set : sets) {
      for (Configured configured : configured(set)) {
        ScheduledGroup before = replaced.get(configured.id());
        if (before != null && configured.isUnchanged(before.group)) {
          next.put(configured.id(), before);
          continue;
        }
        if (before != null) {
          before.stop();
        }
        RuleGroup group = configured.group();
        if (before != null) {
          group.takeOver(before.group);
        }
        ScheduledGroup scheduled = new ScheduledGroup(group);
        begun.add(scheduled);
        next.put(configured.id(), scheduled);
      }
    }
    List<GroupKey> gone = new ArrayList<>();
    replaced.forEach((key, before) -> {
      if (!next.containsKey(key)) {
        before.end();
        gone.add(key);
      }
    });
    forget(gone);
    groups = next;
    begun.forEach(ScheduledGroup::start);
  }

  /** Forgets the alerts of groups that are no longer configured; the next start does at last. */
  private void forget(List<GroupKey> gone) {
    if (gone.isEmpty()) {
      return;
    }
    positions.forget(gone);
    try {
      wiring
          .state()
          .write(tables -> {
            for (GroupKey group : gone) {
              tables.ruleAlerts().removeGroup(group.tenant(), group.key());
              tables.rulePositions().remove(group.tenant(), group.key());
            }
          });
    } catch (StateException e) {
      log.error("the alerts of {} former groups could not be removed", gone.size(), e);
    }
  }

  /** A group as it is configured, before it is made. */
  private record Configured(
      RuleFile file, RuleFile.Group written, GroupSettings settings, RuleGroup.Wiring wiring) {

    GroupKey id() {
      return new GroupKey(settings.tenant(), file.key(written));
    }

    RuleGroup group() {
      return new RuleGroup(file, written, settings, wiring);
    }

    boolean isUnchanged(RuleGroup before) {
      return before.settings().equals(settings)
          && before.language() == file.language()
          && (before.written().equals(written)
              || GroupText.of(before.written()).equals(GroupText.of(written)));
    }
  }

  private List<Configured> configured(RuleSet set) {
    List<Configured> all = new ArrayList<>();
    for (RuleFile file : set.files()) {
      for (RuleFile.Group group : file.groups()) {
        all.add(new Configured(file, group, set.settings(), wiring));
      }
    }
    if (all.stream().anyMatch(each -> hasAlerts(each.written))) {
      BuiltInRules.register(wiring.hold(), set.settings().tenant(), metrics);
      RuleFile file = BuiltInRules.file();
      all.add(new Configured(file, file.groups().getFirst(), set.settings(), builtInWiring));
    }
    return all;
  }

  private static boolean hasAlerts(RuleFile.Group group) {
    return group.rules().stream().anyMatch(RuleFile.Alerting.class::isInstance);
  }

  private void forgetUnknownGroups(Set<GroupKey> known) {
    wiring
        .state()
        .write(tables -> {
          for (TenantId tenant : tables.ruleAlerts().tenants()) {
            for (String group : tables.ruleAlerts().groups(tenant)) {
              if (!known.contains(new GroupKey(tenant, group))) {
                tables.ruleAlerts().removeGroup(tenant, group);
              }
            }
          }
          for (TenantId tenant : tables.rulePositions().tenants()) {
            for (String group : tables.rulePositions().ofTenant(tenant).keySet()) {
              if (!known.contains(new GroupKey(tenant, group))) {
                tables.rulePositions().remove(tenant, group);
              }
            }
          }
        });
  }

  /** A tenant's groups. */
  private List<RuleGroup> groupsOf(TenantId tenant) {
    return groups.values().stream()
        .map(scheduled -> scheduled.group)
        .filter(group -> group.settings().tenant().equals(tenant))
        .toList();
  }

  /** What a tenant's rule pages answer from: its rules in some languages. */
  public RuleViews views(TenantId tenant, Set<RuleLanguage> languages) {
    return new RuleViews(
        groupsOf(tenant).stream().filter(group -> languages.contains(group.language())).toList());
  }

  /** The same of all languages. */
  public RuleViews views(TenantId tenant) {
    return new RuleViews(groupsOf(tenant));
  }

  /** The tenants that have rules. */
  public Set<TenantId> tenants() {
    Set<TenantId> tenants = new HashSet<>();
    groups.keySet().forEach(key -> tenants.add(key.tenant()));
    return tenants;
  }

  /** The evaluations of a tenant's groups missed while the program did not run, newest first. */
  public List<MissedEvaluations> missedWhileDown(TenantId tenant) {
    Map<String, RuleGroup> known = new HashMap<>();
    groupsOf(tenant).forEach(group -> known.put(group.key(), group));
    List<MissedEvaluations> missed = new ArrayList<>();
    for (RulePositions.Gap gap : positions.gaps(tenant)) {
      RuleGroup group = known.get(gap.group());
      missed.add(
          new MissedEvaluations(
              gap.group(),
              group == null ? "" : group.file(),
              group == null ? "" : group.name(),
              gap.firstSlotNanos(),
              gap.lastSlotNanos(),
              gap.iterations(),
              gap.noticedAtNanos()));
    }
    return missed;
  }

  /** Stops evaluating; an evaluation under way is finished. The alerts are left as they are. */
  @Override
  public synchronized void close() {
    closed = true;
    groups.values().forEach(ScheduledGroup::stop);
    positions.close();
  }

  /** A group and its timer. */
  private final class ScheduledGroup {
    private final RuleGroup group;
    private final GroupSlots slots;
    private long slotNanos;
    private boolean stopped;
    private Timers.Timer timer = () -> {};

    ScheduledGroup(RuleGroup group) {
      this.group = group;
      this.slots = group.slots();
    }

    void noteGap(long lastSlotNanos, Map<GroupKey, RulePositions.Gap> gaps) {
      long now = wiring.clock().epochNanos();
      long passed = slots.atOrBefore(now);
      long iterations = (passed - lastSlotNanos) / group.intervalNanos();
      if (iterations > 0) {
        group.metrics().missedWhileDown(iterations);
        gaps.put(
            group.id(),
            new RulePositions.Gap(
                group.key(),
                passed - (iterations - 1) * group.intervalNanos(),
                passed,
                iterations,
                now));
      }
    }

    synchronized void start() {
      slotNanos = slots.atOrBefore(wiring.clock().epochNanos());
      scheduleNext();
    }

    synchronized void stop() {
      stopped = true;
      timer.cancel();
    }

    /**
     * Ends for good. Two intervals later its series end, so that rules that only moved elsewhere
     * can go on with them without a gap.
     */
    synchronized void end() {
      stop();
      long endedNanos = wiring.clock().epochNanos();
      group.metrics().forget();
      timer =
          timers.after(
              Duration.ofNanos(2 * group.intervalNanos()),
              () -> {
                if (!closed) {
                  executor.execute(() -> group.endSeries(endedNanos, this::isWritten));
                }
              });
    }

    private boolean isWritten(Labels labels) {
      return groupsOf(group.settings().tenant()).stream().anyMatch(each -> each.writes(labels));
    }

    private void scheduleNext() {
      long wait = slotNanos + group.intervalNanos() - wiring.clock().epochNanos();
      timer =
          timers.after(Duration.ofNanos(Math.max(0, wait)), () -> executor.execute(this::runSlot));
    }

    /** Holds the group's lock while it evaluates, so that a stop waits for the end. */
    private synchronized void runSlot() {
      if (stopped) {
        return;
      }
      long passed = (wiring.clock().epochNanos() - slotNanos) / group.intervalNanos();
      if (passed >= 1) {
        slotNanos += passed * group.intervalNanos();
        group.metrics().scheduled(passed);
        group.metrics().missed(passed - 1);
        evaluate();
      } else {
        // The clock was set back: wait for the slot again.
        slotNanos = Math.min(slotNanos, slots.atOrBefore(wiring.clock().epochNanos()));
      }
      scheduleNext();
    }

    /** A bug in one evaluation must not end the group's evaluations. */
    private void evaluate() {
      try {
        group.evaluate(slotNanos);
        positions.evaluated(group.id(), slotNanos);
      } catch (RuntimeException e) {
        log.error("the evaluation of group {} broke off", group.key(), e);
      }
    }
  }
}
