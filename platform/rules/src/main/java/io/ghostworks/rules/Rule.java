package io.ghostworks.rules;

import io.ghostworks.model.label.Labels;
import java.util.List;

/** A rule of a group. Evaluated by one thread at a time; views may be taken from any. */
sealed interface Rule permits RecordingRule, AlertingRule {

  String name();

  /** The labels as written, templates unexpanded. */
  Labels labels();

  /** The expression as Prometheus prints it. */
  String query();

  /**
   * Evaluates the rule.
   *
   * @param slotNanos the time for which it is evaluated
   * @return the series to write
   * @throws RuleException if the result cannot be used
   */
  List<InstantQuery.Element> evaluate(Evaluation evaluation, long slotNanos);

  RuleHealth health();

  /** What one evaluation needs to know. */
  record Evaluation(GroupSettings settings, InstantQuery query, long queryOffsetNanos, int limit) {}
}
