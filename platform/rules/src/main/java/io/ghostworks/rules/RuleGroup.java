package io.ghostworks.rules;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryException;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.RuleAlerts;
import io.ghostworks.state.State;
import io.ghostworks.state.StateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of one group, evaluated one after another. Each rule's series are written, and
 * acknowledged, before the next rule is evaluated; then one transaction stores the alerts'
 * transitions and what they cause, and only then the alerts are announced. One thread evaluates;
 * views may be taken from any.
 */
final class RuleGroup {
  private static final Logger log = LoggerFactory.getLogger(RuleGroup.class);

  /** A pause longer than this leaves queries without the samples they look back to. */
  private static final long LONG_PAUSE_NANOS = Duration.ofMinutes(3).toNanos();

  /** How long alerts whose elements are missing are kept after a long pause, or a long hold. */
  private static final long RETURN_NANOS = Duration.ofMinutes(2).toNanos();

  private final String file;
  private final RuleFile.Group written;
  private final GroupSettings settings;
  private final Wiring wiring;
  private final InstantQuery query;
  private final List<Rule> rules;
  private final List<String> ruleKeys;
  private final RuleSeries series;
  private long heldSinceNanos;
  private volatile Evaluated lastEvaluated = new Evaluated(0, 0);

  /** What a group works with. */
  record Wiring(
      InstantQuery query,
      TelemetrySink<SeriesBatch> sink,
      State state,
      AlertSink alerts,
      HoldSwitch hold,
      Clock clock,
      RuleMetrics metrics) {

    /** The same for rules that are answered from elsewhere and never held. */
    Wiring answering(InstantQuery other) {
      return new Wiring(other, sink, state, alerts, HoldSwitch.NEVER, clock, metrics);
    }
  }

  /** When a group was evaluated last and how long that took. */
  record Evaluated(long atNanos, double seconds) {}

  RuleGroup(String file, RuleFile.Group written, GroupSettings settings, Wiring wiring) {
    this.file = file;
    this.written = written;
    this.settings = settings;
    this.wiring = wiring;
    this.query = wiring.query.onBehalfOf(file, written.name());
    this.rules =
        written.rules().stream()
            .<Rule>map(rule ->
                switch (rule) {
                  case RuleFile.Recording recording -> new RecordingRule(recording);
                  case RuleFile.Alerting alerting -> new AlertingRule(alerting);
                })
            .toList();
    this.ruleKeys = ruleKeys(rules);
    this.series = new RuleSeries(key(), settings.tenant(), wiring.sink, rules.size());
  }

  /** What tells rules apart over restarts: name, labels, and the number among equal ones. */
  private static List<String> ruleKeys(List<Rule> rules) {
    Map<String, Integer> counts = new HashMap<>();
    List<String> keys = new ArrayList<>();
    for (Rule rule : rules) {
      String key = rule.name() + rule.labels();
      int count = counts.merge(key, 1, Integer::sum);
      keys.add(count == 1 ? key : key + "#" + count);
    }
    return keys;
  }

  String key() {
    return file + ";" + written.name();
  }

  String file() {
    return file;
  }

  String name() {
    return written.name();
  }

  int limit() {
    return written.limit();
  }

  List<Rule> rules() {
    return rules;
  }

  boolean hasAlerts() {
    return rules.stream().anyMatch(AlertingRule.class::isInstance);
  }

  RuleFile.Group written() {
    return written;
  }

  GroupSettings settings() {
    return settings;
  }

  Evaluated lastEvaluated() {
    return lastEvaluated;
  }

  long intervalNanos() {
    Duration own = written.interval();
    return (own.isZero() ? settings.interval() : own).toNanos();
  }

  long queryOffsetNanos() {
    Duration own = written.queryOffset();
    return (own == null ? settings.queryOffset() : own).toNanos();
  }

  /** Takes over what was stored before the program ended. */
  void restore() {
    List<RuleAlerts.Row> rows =
        wiring.state.transaction(t -> t.ruleAlerts().ofGroup(settings.tenant(), key()));
    long now = wiring.clock.epochNanos();
    long lastSeen = 0;
    for (RuleAlerts.Row row : rows) {
      lastSeen = Math.max(lastSeen, Math.max(row.activeAtNanos(), row.lastSentAtNanos()));
    }
    long keepUntil = now - lastSeen > LONG_PAUSE_NANOS ? now + intervalNanos() + RETURN_NANOS : 0;
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i) instanceof AlertingRule alerting) {
        String ruleKey = ruleKeys.get(i);
        alerting.restore(
            rows.stream().filter(row -> row.rule().equals(ruleKey)).toList(), keepUntil);
        series.restore(i, alerting.series());
      }
    }
    removeUnknown(rows);
  }

  /** Forgets the alerts of rules that the file does not have any more. */
  private void removeUnknown(List<RuleAlerts.Row> rows) {
    List<RuleAlerts.Row> unknown =
        rows.stream().filter(row -> !ruleKeys.contains(row.rule())).toList();
    if (!unknown.isEmpty()) {
      wiring.state.write(tables ->
          unknown.forEach(row ->
              tables.ruleAlerts().remove(settings.tenant(), key(), row.rule(), row.labels())));
    }
  }

  /** Takes over alerts and series of the group that this one replaces while the program runs. */
  void takeOver(RuleGroup before) {
    lastEvaluated = before.lastEvaluated;
    series.takeOverAbandoned(before.series);
    for (int old = 0; old < before.rules.size(); old++) {
      int i = ruleKeys.indexOf(before.ruleKeys.get(old));
      if (i < 0) {
        series.abandon(before.series, old);
        continue;
      }
      series.takeOver(i, before.series, old);
      if (rules.get(i) instanceof AlertingRule now
          && before.rules.get(old) instanceof AlertingRule then) {
        now.takeOver(then);
      }
    }
  }

  /** Ends all series of a group that is no longer configured, and forgets its alerts. */
  void abandon() {
    for (int i = 0; i < rules.size(); i++) {
      series.abandon(series, i);
    }
    endAbandoned(wiring.clock.epochNanos());
    wiring.state.write(tables -> tables.ruleAlerts().removeGroup(settings.tenant(), key()));
  }

  /** Evaluates all rules for a slot. */
  void evaluate(long slotNanos) {
    long started = wiring.clock.monotonicNanos();
    Optional<Hold> held = wiring.hold.find(settings.tenant());
    noteHold(held.isPresent(), slotNanos);
    Map<Integer, List<AlertingRule.Sent>> sent = new LinkedHashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      boolean good =
          (held.isPresent() && isHeld(rule, held.get()))
              ? hold(i, held.get().description(), slotNanos)
              : evaluate(i, slotNanos);
      if (good && rule instanceof AlertingRule alerting) {
        sent.put(i, alerting.send(settings, slotNanos, intervalNanos()));
      }
    }
    storeAndAnnounce(sent);
    endAbandoned(slotNanos);
    double seconds = (wiring.clock.monotonicNanos() - started) / 1e9;
    lastEvaluated = new Evaluated(wiring.clock.epochNanos(), seconds);
    wiring.metrics.evaluated(key(), seconds, lastEvaluated.atNanos);
  }

  /** After a long hold the samples that queries look back to have to return first. */
  private void noteHold(boolean held, long slotNanos) {
    if (held) {
      heldSinceNanos = heldSinceNanos == 0 ? slotNanos : heldSinceNanos;
      return;
    }
    if (heldSinceNanos != 0) {
      boolean isLong = slotNanos - heldSinceNanos > LONG_PAUSE_NANOS;
      for (Rule rule : rules) {
        if (rule instanceof AlertingRule alerting) {
          alerting.endHold(heldSinceNanos, slotNanos, isLong ? RETURN_NANOS : 0);
        }
      }
    }
    heldSinceNanos = 0;
  }

  /** Recording rules go on with what there is, as long as it can be read. */
  private static boolean isHeld(Rule rule, Hold held) {
    return switch (rule) {
      case AlertingRule ignored -> true;
      case RecordingRule ignored -> !held.reason().isReadable();
    };
  }

  /** Evaluates one rule and writes its series; whether its alerts may be told. */
  private boolean evaluate(int index, long slotNanos) {
    Rule rule = rules.get(index);
    long started = wiring.clock.monotonicNanos();
    long at = wiring.clock.epochNanos();
    wiring.metrics.ruleEvaluated(key());
    String error = "";
    boolean good = false;
    try {
      Rule.Evaluation evaluation =
          new Rule.Evaluation(settings, query, queryOffsetNanos(), written.limit());
      List<InstantQuery.Element> result = rule.evaluate(evaluation, slotNanos);
      good = true;
      error = series.write(index, result, writtenMs(slotNanos));
    } catch (OverloadedException e) {
      return hold(index, String.valueOf(e.getMessage()), slotNanos);
    } catch (QueryException e) {
      if (e.kind() == QueryException.Kind.CANCELED) {
        return false; // the platform ends
      }
      error = String.valueOf(e.getMessage());
    } catch (RuleException | CompletionException e) {
      error = String.valueOf(e.getMessage());
    }
    double seconds = (wiring.clock.monotonicNanos() - started) / 1e9;
    if (error.isEmpty()) {
      rule.health().ok(seconds, at);
    } else {
      log.warn("evaluating the rule {} of group {} failed: {}", rule.name(), key(), error);
      wiring.metrics.ruleFailed(key());
      rule.health().failed(error, seconds, at);
    }
    return good;
  }

  /** Keeps a rule's alerts as they are: their series go on, and firing ones are told again. */
  private boolean hold(int index, String reason, long slotNanos) {
    Rule rule = rules.get(index);
    rule.health().held(reason);
    wiring.metrics.ruleHeld(key());
    if (rule instanceof AlertingRule alerting) {
      try {
        series.write(index, alerting.series(), writtenMs(slotNanos));
      } catch (OverloadedException | CompletionException e) {
        log.debug("the series of the held rule {} could not be written", rule.name(), e);
      }
      return true;
    }
    return false;
  }

  private long writtenMs(long slotNanos) {
    return Math.floorDiv(slotNanos - queryOffsetNanos(), 1_000_000L);
  }

  private void endAbandoned(long slotNanos) {
    try {
      series.endAbandoned(writtenMs(slotNanos));
    } catch (OverloadedException | CompletionException e) {
      log.warn("ending series of former rules of group {} failed", key(), e);
    }
  }

  private void storeAndAnnounce(Map<Integer, List<AlertingRule.Sent>> sent) {
    List<ReceivedAlerts.Row> messages = new ArrayList<>();
    sent.values().forEach(all -> all.forEach(each -> each.message().ifPresent(messages::add)));
    Map<Integer, AlertingRule.Changes> changes = new LinkedHashMap<>();
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i) instanceof AlertingRule alerting) {
        AlertingRule.Changes changed = alerting.changes(key(), ruleKeys.get(i));
        if (!changed.isEmpty()) {
          changes.put(i, changed);
        }
      }
    }
    if (changes.isEmpty() && messages.isEmpty()) {
      return;
    }
    try {
      wiring.state.write(tables -> store(tables, changes, messages));
    } catch (StateException e) {
      log.error("storing the alerts of group {} failed; they are not told", key(), e);
      sent.forEach((i, each) -> ((AlertingRule) rules.get(i)).notSent(each));
      return;
    }
    changes.forEach((i, changed) -> ((AlertingRule) rules.get(i)).stored(changed));
    if (!messages.isEmpty()) {
      wiring.alerts.announce(settings.tenant(), messages);
    }
  }

  private void store(
      State.Tables tables,
      Map<Integer, AlertingRule.Changes> changes,
      List<ReceivedAlerts.Row> messages) {
    changes.forEach((i, changed) -> {
      for (Labels gone : changed.removed()) {
        tables.ruleAlerts().remove(settings.tenant(), key(), ruleKeys.get(i), gone);
      }
      changed.rows().forEach(row -> tables.ruleAlerts().put(settings.tenant(), row));
    });
    if (!messages.isEmpty()) {
      wiring.alerts.store(tables, settings.tenant(), messages);
    }
  }
}
