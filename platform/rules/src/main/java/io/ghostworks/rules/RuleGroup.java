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
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of one group, evaluated in the steps of its plan. The series of a step are written, and
 * acknowledged, before the next step is evaluated; then one transaction stores the alerts'
 * transitions and what they cause, and only then the alerts are announced. One thread evaluates,
 * others may help it; views may be taken from any.
 */
final class RuleGroup {
  private static final Logger log = LoggerFactory.getLogger(RuleGroup.class);

  /** A hold longer than this leaves queries without the samples they look back to. */
  private static final long LONG_HOLD_NANOS = Duration.ofMinutes(3).toNanos();

  /**
   * While the program does not run nothing is scraped: already after this long, or an interval,
   * short ranges may lack the two samples that a rate needs.
   */
  private static final long PAUSE_NANOS = Duration.ofSeconds(30).toNanos();

  /** How long alerts whose elements are missing are kept after a pause, or a long hold. */
  private static final long RETURN_NANOS = Duration.ofMinutes(2).toNanos();

  private final RuleFile file;
  private final RuleFile.Group written;
  private final String key;
  private final GroupSettings settings;
  private final Wiring wiring;
  private final InstantQuery query;
  private final List<Rule> rules;
  private final List<String> ruleKeys;
  private final EvaluationPlan plan;
  private final RuleSeries series;
  private final GroupMetrics metrics;
  private long heldSinceNanos;
  private volatile Evaluated lastEvaluated = new Evaluated(0, 0, 0);

  /** What a group works with. */
  record Wiring(
      InstantQuery query,
      TelemetrySink<SeriesBatch> sink,
      State state,
      AlertSink alerts,
      HoldSwitch hold,
      Clock clock,
      RuleMetrics metrics,
      SideBySide sideBySide) {

    /** The same for rules that are answered from elsewhere and never held. */
    Wiring answering(InstantQuery other) {
      return new Wiring(other, sink, state, alerts, HoldSwitch.NEVER, clock, metrics, sideBySide);
    }
  }

  /**
   * A group's last evaluation.
   *
   * @param atNanos when it began
   * @param slotNanos for which time it was
   */
  record Evaluated(long atNanos, long slotNanos, double seconds) {}

  RuleGroup(RuleFile file, RuleFile.Group written, GroupSettings settings, Wiring wiring) {
    this.file = file;
    this.written = written;
    this.key = file.key(written);
    this.settings = settings;
    this.wiring = wiring;
    this.query =
        wiring.query.onBehalfOf(
            new InstantQuery.Asker(file.file(), written.name(), file.language(), intervalNanos()));
    this.rules =
        written.rules().stream()
            .<Rule>map(rule ->
                switch (rule) {
                  case RuleFile.Recording recording -> new RecordingRule(recording);
                  case RuleFile.Alerting alerting -> new AlertingRule(alerting);
                })
            .toList();
    this.ruleKeys = ruleKeys(rules);
    this.plan = EvaluationPlan.of(written.rules());
    this.series = new RuleSeries(key, settings.tenant(), wiring.sink, rules.size());
    this.metrics = wiring.metrics.of(settings.tenant(), key, intervalNanos() / 1e9, rules.size());
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

  GroupKey id() {
    return new GroupKey(settings.tenant(), key);
  }

  String key() {
    return key;
  }

  /** The file as it was given, or the namespace. */
  String file() {
    return file.file();
  }

  RuleFile.Origin origin() {
    return file.origin();
  }

  RuleLanguage language() {
    return file.language();
  }

  GroupSlots slots() {
    return written.slots(file.place(), intervalNanos());
  }

  /** In how many steps it is evaluated. */
  int steps() {
    return plan.steps().size();
  }

  GroupMetrics metrics() {
    return metrics;
  }

  /** Whether a rule of the group wrote a series at its last evaluation. */
  boolean writes(Labels labels) {
    return series.writes(labels);
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

  /**
   * Takes over what was stored before the program ended.
   *
   * @param lastSlotNanos for which time the group was evaluated last; 0 where that is not known
   */
  void restore(long lastSlotNanos) {
    List<RuleAlerts.Row> rows = storedAlerts();
    long now = wiring.clock.epochNanos();
    boolean isPause = now - lastSlotNanos > Math.min(intervalNanos(), PAUSE_NANOS);
    long keepUntil = isPause ? now + intervalNanos() + RETURN_NANOS : 0;
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

  private List<RuleAlerts.Row> storedAlerts() {
    return wiring.state.transaction(t -> t.ruleAlerts().ofGroup(settings.tenant(), key()));
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
    heldSinceNanos = before.heldSinceNanos;
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
    try {
      removeUnknown(storedAlerts());
    } catch (StateException e) {
      log.error("the alerts of former rules of group {} could not be removed", key, e);
    }
  }

  /**
   * Ends all series of a group that is no longer configured, but for those that others write now.
   *
   * @param atNanos when it ended
   */
  void endSeries(long atNanos, Predicate<Labels> isWritten) {
    for (int i = 0; i < rules.size(); i++) {
      series.abandon(series, i);
    }
    endAbandoned(atNanos, isWritten);
  }

  /** Evaluates all rules for a slot. */
  void evaluate(long slotNanos) {
    long started = wiring.clock.monotonicNanos();
    long at = wiring.clock.epochNanos();
    Optional<Hold> held = wiring.hold.find(settings.tenant());
    noteHold(held.isPresent(), slotNanos);
    Evaluation evaluation = new Evaluation(slotNanos);
    for (int[] step : plan.steps()) {
      evaluation.run(step, held);
    }
    storeAndAnnounce(evaluation.sent);
    endAbandoned(slotNanos, labels -> false);
    double seconds = (wiring.clock.monotonicNanos() - started) / 1e9;
    lastEvaluated = new Evaluated(at, slotNanos, seconds);
    wiring.metrics.groupTook(seconds);
    metrics.evaluated(at, seconds, evaluation.ruleSeconds, evaluation.samples);
  }

  /** After a long hold the samples that queries look back to have to return first. */
  private void noteHold(boolean held, long slotNanos) {
    if (held) {
      heldSinceNanos = heldSinceNanos == 0 ? slotNanos : heldSinceNanos;
      return;
    }
    if (heldSinceNanos != 0) {
      boolean isLong = slotNanos - heldSinceNanos > LONG_HOLD_NANOS;
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

  /** One evaluation of the group, step by step. */
  private final class Evaluation {
    private final long slotNanos;
    private final Rule.Evaluation asked =
        new Rule.Evaluation(settings, query, queryOffsetNanos(), written.limit());
    private final Map<Integer, List<AlertingRule.Sent>> sent = new TreeMap<>();
    private double ruleSeconds;
    private long samples;

    Evaluation(long slotNanos) {
      this.slotNanos = slotNanos;
    }

    void run(int[] step, Optional<Hold> held) {
      Outcome[] outcomes = new Outcome[step.length];
      wiring.sideBySide.run(
          step.length,
          i -> {
            Rule rule = rules.get(step[i]);
            outcomes[i] =
                held.isPresent() && isHeld(rule, held.get())
                    ? holding(rule, held.get().description())
                    : evaluated(rule);
          });
      List<RuleSeries.Output> outputs = new ArrayList<>(step.length);
      for (int i = 0; i < step.length; i++) {
        Outcome outcome = outcomes[i];
        List<InstantQuery.Element> series = outcome.series;
        if (series != null) {
          outputs.add(new RuleSeries.Output(step[i], series));
        }
        ruleSeconds += outcome.seconds;
      }
      String unwritten = write(outputs);
      int next = 0;
      for (int i = 0; i < step.length; i++) {
        RuleSeries.Output output = outcomes[i].series == null ? null : outputs.get(next++);
        end(step[i], outcomes[i], output, unwritten);
      }
    }

    /** Why nothing of a step could be written; "" if it was. */
    private String write(List<RuleSeries.Output> outputs) {
      try {
        series.write(outputs, writtenMs(slotNanos));
        return "";
      } catch (OverloadedException | CompletionException e) {
        return String.valueOf(e.getMessage());
      }
    }

    private Outcome evaluated(Rule rule) {
      long started = wiring.clock.monotonicNanos();
      long at = wiring.clock.epochNanos();
      Rule.@Nullable Result result = null;
      String error = "";
      boolean canceled = false;
      try {
        result = rule.evaluate(asked, slotNanos);
        error = result.error();
      } catch (OverloadedException e) {
        return holding(rule, String.valueOf(e.getMessage()));
      } catch (QueryException e) {
        canceled = e.kind() == QueryException.Kind.CANCELED;
        error = String.valueOf(e.getMessage());
      } catch (RuleException e) {
        error = String.valueOf(e.getMessage());
      } catch (RuntimeException e) {
        // A bug in one rule must not end the evaluation of the others.
        log.error("the evaluation of the rule {} of group {} broke off", rule.name(), key, e);
        error = e.toString();
      }
      double seconds = (wiring.clock.monotonicNanos() - started) / 1e9;
      wiring.metrics.ruleTook(seconds);
      return new Outcome(
          canceled ? Kind.CANCELED : Kind.EVALUATED,
          result == null ? null : result.series(),
          error,
          result == null ? "" : result.remark(),
          at,
          seconds);
    }

    /** Keeps a rule's alerts as they are: their series go on, and firing ones are told again. */
    private Outcome holding(Rule rule, String reason) {
      return new Outcome(
          Kind.HELD,
          rule instanceof AlertingRule alerting ? alerting.series() : null,
          reason,
          "",
          0,
          0);
    }

    private void end(
        int index, Outcome outcome, RuleSeries.@Nullable Output output, String unwritten) {
      Rule rule = rules.get(index);
      switch (outcome.kind) {
        case CANCELED -> {} // the platform ends
        case HELD -> {
          rule.health().held(outcome.error);
          metrics.ruleHeld();
        }
        case EVALUATED -> noteHealth(rule, outcome, output, unwritten);
      }
      if (output != null && rule instanceof AlertingRule alerting) {
        sent.put(index, alerting.send(settings, slotNanos, intervalNanos()));
      }
    }

    private void noteHealth(
        Rule rule, Outcome outcome, RuleSeries.@Nullable Output output, String unwritten) {
      metrics.rulesEvaluated(1);
      String refused = output == null ? "" : unwritten.isEmpty() ? output.refused() : unwritten;
      String error = outcome.error.isEmpty() ? refused : outcome.error;
      samples += output == null ? 0 : output.size();
      if (!outcome.error.isEmpty() || (output != null && !unwritten.isEmpty())) {
        metrics.ruleFailed();
      }
      if (error.isEmpty()) {
        if (outcome.remark.isEmpty()) {
          rule.health().ok(outcome.seconds, outcome.atNanos);
        } else {
          rule.health().remarked(outcome.remark, outcome.seconds, outcome.atNanos);
        }
      } else {
        log.warn("evaluating the rule {} of group {} failed: {}", rule.name(), key(), error);
        rule.health().failed(error, outcome.seconds, outcome.atNanos);
      }
    }
  }

  private enum Kind {
    EVALUATED,
    HELD,
    CANCELED
  }

  /**
   * What became of a rule.
   *
   * @param series to write; null where the evaluation failed, or the rule is held and has no alerts
   */
  private record Outcome(
      Kind kind,
      @Nullable List<InstantQuery.Element> series,
      String error,
      String remark,
      long atNanos,
      double seconds) {}

  private long writtenMs(long slotNanos) {
    return Math.floorDiv(slotNanos - queryOffsetNanos(), 1_000_000L);
  }

  private void endAbandoned(long slotNanos, Predicate<Labels> isWritten) {
    try {
      series.endAbandoned(writtenMs(slotNanos), isWritten);
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
