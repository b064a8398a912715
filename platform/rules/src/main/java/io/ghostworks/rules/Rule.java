package io.ghostworks.rules;

import io.ghostworks.model.label.Labels;
import java.util.List;

/** A rule of a group. Evaluated by one thread at a time; views may be taken from any. */
sealed interface Rule permits RecordingRule, AlertingRule {

  String name();

  /** The labels as written, templates unexpanded. */
  Labels labels();

  /** The expression as its language prints it. */
  String query();

  /**
   * Evaluates the rule.
   *
   * @param slotNanos the time for which it is evaluated
   * @throws RuleException if the result cannot be used
   */
  Result evaluate(Evaluation evaluation, long slotNanos);

  RuleHealth health();

  /** What one evaluation needs to know. */
  record Evaluation(GroupSettings settings, InstantQuery query, long queryOffsetNanos, int limit) {

    /** The time at which data are read. */
    long atMs(long slotNanos) {
      return Math.floorDiv(slotNanos - queryOffsetNanos, 1_000_000L);
    }
  }

  /**
   * What an evaluation gives.
   *
   * @param series to write
   * @param error why the expression could not be evaluated, where the rule says what to do then; ""
   *     else
   * @param remark what the rule's status says of it although all is well; "" else
   */
  record Result(List<InstantQuery.Element> series, String error, String remark) {
    Result(List<InstantQuery.Element> series) {
      this(series, "", "");
    }
  }
}
