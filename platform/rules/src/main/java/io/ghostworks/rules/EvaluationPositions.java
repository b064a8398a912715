package io.ghostworks.rules;

import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.state.RulePositions;
import io.ghostworks.state.State;
import io.ghostworks.state.StateException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers for which slot each group was evaluated last, so that a start can tell which slots
 * passed meanwhile. All groups of a second share one transaction: after a crash a slot of the last
 * second may count as missed that was not. Thread-safe.
 */
final class EvaluationPositions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EvaluationPositions.class);
  private static final Duration DELAY = Duration.ofSeconds(1);

  /** How many pauses of a tenant's groups are remembered. */
  private static final int GAPS_MAX = 1_000;

  private final State state;
  private final Timers timers;
  private final Executor executor;
  private final Map<GroupKey, Long> unsaved = new HashMap<>();
  private boolean saving;

  EvaluationPositions(State state, Timers timers, Executor executor) {
    this.state = state;
    this.timers = timers;
    this.executor = executor;
  }

  /** A group was evaluated for a slot. */
  void evaluated(GroupKey group, long slotNanos) {
    synchronized (this) {
      unsaved.put(group, slotNanos);
      if (saving) {
        return;
      }
      saving = true;
    }
    var _ = timers.after(DELAY, () -> executor.execute(this::save));
  }

  private void save() {
    Map<GroupKey, Long> positions;
    synchronized (this) {
      positions = Map.copyOf(unsaved);
      unsaved.clear();
      saving = false;
    }
    if (positions.isEmpty()) {
      return;
    }
    try {
      state.write(tables ->
          positions.forEach(
              (group, slot) -> tables.rulePositions().put(group.tenant(), group.key(), slot)));
    } catch (StateException e) {
      log.warn("the positions of {} groups could not be stored", positions.size(), e);
    }
  }

  /** Groups are no longer configured: what is not stored yet of them never is. */
  synchronized void forget(List<GroupKey> groups) {
    groups.forEach(unsaved::remove);
  }

  /** The stored positions of a tenant's groups. */
  Map<String, Long> stored(TenantId tenant) {
    return state.transaction(tables -> tables.rulePositions().ofTenant(tenant));
  }

  /** Notes slots that passed while the program did not run, each pause once. */
  void missed(Map<GroupKey, RulePositions.Gap> gaps) {
    if (gaps.isEmpty()) {
      return;
    }
    state.write(tables -> {
      gaps.forEach((group, gap) -> {
        tables.rulePositions().addGap(group.tenant(), gap, GAPS_MAX);
        tables.rulePositions().put(group.tenant(), group.key(), gap.lastSlotNanos());
      });
    });
  }

  /** A tenant's pauses, the newest first. */
  List<RulePositions.Gap> gaps(TenantId tenant) {
    return state.transaction(tables -> tables.rulePositions().gaps(tenant));
  }

  /** Stores what is not stored yet. */
  @Override
  public void close() {
    save();
  }
}
