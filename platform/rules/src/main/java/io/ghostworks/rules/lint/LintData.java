package io.ghostworks.rules.lint;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the lint asks of stored series; all of one tenant and of the recent past. */
public interface LintData {

  /** How far back is looked, in words for messages. */
  Duration window();

  /** Some of the series that fulfil all conditions. */
  List<Labels> series(List<LabelMatcher> matchers, int limit);

  /**
   * The values of a label of the series that fulfil all conditions; of all where there are none.
   */
  List<String> values(String label, List<LabelMatcher> matchers, int limit);

  /**
   * How far apart the newest samples of some of these series are; empty where too few are there.
   */
  Optional<Duration> scrapeInterval(List<LabelMatcher> matchers);

  /** The type of a metric, if its metadata tell it. */
  Optional<MetricType> type(String metric);

  /** Whether an expression gives anything now; false where it cannot be evaluated. */
  boolean answers(String expression);
}
