package io.ghostworks.rules;

import io.ghostworks.promql.eval.QueryStatistics;
import org.jspecify.annotations.Nullable;

/** Is told of the queries of rules that were evaluated. Thread-safe. */
public interface RuleQueryLog {

  /** Wants to know nothing. */
  RuleQueryLog NONE =
      new RuleQueryLog() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public void logRule(
            Asked asked, long timeMs, @Nullable String error, QueryStatistics cost) {}
      };

  /**
   * What a rule asked.
   *
   * @param file where the rule's group stands
   */
  record Asked(String file, String group, String query) {}

  /** Whether anything is logged: queries that are cost a little more. */
  boolean isOn();

  /**
   * A query has ended.
   *
   * @param error why it failed; null if it did not
   */
  void logRule(Asked asked, long timeMs, @Nullable String error, QueryStatistics cost);
}
