package io.ghostworks.rules;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * A group that is evaluated when its owner says so and keeps nothing over restarts: no state, no
 * notification, no timer. For unit tests of rules and for trying rules out. Not thread-safe.
 */
public final class TrialGroup {
  private final RuleFile.Group written;
  private final GroupSettings settings;
  private final InstantQuery query;
  private final List<Rule> rules;
  private final RuleSeries series;

  /**
   * @param sink takes the series of the rules
   */
  public TrialGroup(
      String file,
      RuleFile.Group written,
      GroupSettings settings,
      InstantQuery query,
      TelemetrySink<SeriesBatch> sink) {
    this.written = written;
    this.settings = settings;
    this.query = query;
    this.rules =
        written.rules().stream()
            .<Rule>map(rule ->
                switch (rule) {
                  case RuleFile.Recording recording -> new RecordingRule(recording);
                  case RuleFile.Alerting alerting -> new AlertingRule(alerting);
                })
            .toList();
    this.series =
        new RuleSeries(file + ";" + written.name(), settings.tenant(), sink, rules.size());
  }

  /** A rule that could not be evaluated, or whose series were refused. */
  public record Failure(String rule, String message) {}

  /** An alert that is firing. */
  public record Firing(String rule, Labels labels, Labels annotations) {}

  public String name() {
    return written.name();
  }

  /**
   * Evaluates the rules one after another, each over the series of those before it.
   *
   * @param slotNanos the time for which they are evaluated, since the epoch
   */
  public List<Failure> evaluate(long slotNanos) {
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      String error = evaluate(i, slotNanos);
      if (!error.isEmpty()) {
        failures.add(new Failure(rules.get(i).name(), error));
      }
    }
    return failures;
  }

  private String evaluate(int index, long slotNanos) {
    Rule rule = rules.get(index);
    Rule.Evaluation evaluation =
        new Rule.Evaluation(settings, query, offsetNanos(), written.limit());
    try {
      Rule.Result result = rule.evaluate(evaluation, slotNanos);
      RuleSeries.Output output = new RuleSeries.Output(index, result.series());
      series.write(List.of(output), evaluation.atMs(slotNanos));
      return result.error().isEmpty() ? output.refused() : result.error();
    } catch (QueryException | RuleException | OverloadedException | CompletionException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private long offsetNanos() {
    java.time.Duration own = written.queryOffset();
    return (own == null ? settings.queryOffset() : own).toNanos();
  }

  /** The alerts that fire, in the order of their rules. */
  public List<Firing> firing() {
    List<Firing> firing = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule instanceof AlertingRule alerting) {
        for (ActiveAlert alert : alerting.firing()) {
          firing.add(new Firing(rule.name(), alert.labels, alert.annotations));
        }
      }
    }
    return firing;
  }
}
