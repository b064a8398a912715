package io.ghostworks.rules;

import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.state.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates all groups of a tenant's rule files, each on its own slots, until it is closed; where
 * they have alerts, the built-in group beside them. Thread-safe.
 */
public final class RuleEngine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RuleEngine.class);

  private final RuleGroup.Wiring wiring;
  private final RuleGroup.Wiring builtInWiring;
  private final PlatformMetrics metrics;
  private final Timers timers;
  private final Executor executor;
  private Map<String, ScheduledGroup> groups = Map.of();

  /** What the engine works with. */
  public record Parts(
      InstantQuery query,
      TelemetrySink<SeriesBatch> sink,
      State state,
      AlertSink alerts,
      HoldSwitch hold,
      PlatformMetrics metrics) {}

  /**
   * @param executor runs the evaluations, which block; at most one of each group at a time
   */
  public RuleEngine(Parts parts, Clock clock, Timers timers, Executor executor) {
    this.wiring =
        new RuleGroup.Wiring(
            parts.query,
            parts.sink,
            parts.state,
            parts.alerts,
            parts.hold,
            clock,
            new RuleMetrics(parts.metrics));
    this.builtInWiring = wiring.answering(BuiltInRules.query(parts.hold));
    this.metrics = parts.metrics;
    this.timers = timers;
    this.executor = executor;
  }

  /**
   * Takes over the alerts stored before the last end of the program and begins to evaluate; the
   * first evaluation of a group is at its next slot.
   */
  public synchronized void start(List<RuleFile> files, GroupSettings settings) {
    Map<String, ScheduledGroup> started = new LinkedHashMap<>();
    for (RuleGroup group : groupsOf(files, settings)) {
      group.restore();
      started.put(group.key(), new ScheduledGroup(group));
    }
    forgetUnknownGroups(started, settings);
    groups = started;
    started.values().forEach(ScheduledGroup::start);
  }

  /**
   * Replaces the files while running. Groups that did not change go on; changed ones keep the
   * alerts and series of the rules that they still have; the series of the others end.
   */
  public synchronized void replace(List<RuleFile> files, GroupSettings settings) {
    Map<String, ScheduledGroup> next = new LinkedHashMap<>();
    List<ScheduledGroup> begun = new ArrayList<>();
    for (RuleGroup group : groupsOf(files, settings)) {
      ScheduledGroup before = groups.get(group.key());
      if (before != null && isUnchanged(before.group, group)) {
        next.put(group.key(), before);
        continue;
      }
      if (before != null) {
        before.stop();
        group.takeOver(before.group);
      }
      ScheduledGroup scheduled = new ScheduledGroup(group);
      begun.add(scheduled);
      next.put(group.key(), scheduled);
    }
    groups.forEach((key, before) -> {
      if (!next.containsKey(key)) {
        before.stop();
        executor.execute(before.group::abandon);
      }
    });
    groups = next;
    begun.forEach(ScheduledGroup::start);
  }

  private List<RuleGroup> groupsOf(List<RuleFile> files, GroupSettings settings) {
    List<RuleGroup> all = new ArrayList<>();
    for (RuleFile file : files) {
      for (RuleFile.Group group : file.groups()) {
        all.add(new RuleGroup(file.file(), group, settings, wiring));
      }
    }
    if (all.stream().anyMatch(RuleGroup::hasAlerts)) {
      BuiltInRules.register(wiring.hold(), settings.tenant(), metrics);
      all.add(new RuleGroup(BuiltInRules.FILE, BuiltInRules.group(), settings, builtInWiring));
    }
    return all;
  }

  private static boolean isUnchanged(RuleGroup before, RuleGroup now) {
    return before.settings().equals(now.settings())
        && GroupText.of(before.written()).equals(GroupText.of(now.written()));
  }

  private void forgetUnknownGroups(Map<String, ScheduledGroup> known, GroupSettings settings) {
    wiring
        .state()
        .write(tables ->
            tables.ruleAlerts().groups(settings.tenant()).stream()
                .filter(group -> !known.containsKey(group))
                .forEach(group -> tables.ruleAlerts().removeGroup(settings.tenant(), group)));
  }

  /** What {@code /api/v1/rules} and {@code /api/v1/alerts} answer from. */
  public synchronized RuleViews views() {
    return new RuleViews(groups.values().stream().map(scheduled -> scheduled.group).toList());
  }

  /** Stops evaluating; an evaluation under way is finished. The state is left as it is. */
  @Override
  public synchronized void close() {
    groups.values().forEach(ScheduledGroup::stop);
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
      this.slots = new GroupSlots(group.file(), group.name(), group.intervalNanos());
    }

    synchronized void start() {
      slotNanos = slots.atOrBefore(wiring.clock().epochNanos());
      scheduleNext();
    }

    synchronized void stop() {
      stopped = true;
      timer.cancel();
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
        wiring.metrics().scheduled(group.key(), passed);
        wiring.metrics().missed(group.key(), passed - 1);
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
      } catch (RuntimeException e) {
        wiring.metrics().ruleFailed(group.key());
        log.error("the evaluation of group {} broke off", group.key(), e);
      }
    }
  }
}
