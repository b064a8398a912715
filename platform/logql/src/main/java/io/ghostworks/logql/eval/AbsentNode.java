package io.ghostworks.logql.eval;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code absent_over_time}: 1 at the steps at which a range aggregation gives nothing. */
final class AbsentNode implements StepNode {
  private final StepNode input;
  private final Labels labels;
  private final StepVector vector = new StepVector();

  AbsentNode(StepNode input, List<LabelMatcher> matchers) {
    this.input = input;
    this.labels = labels(matchers);
  }

  /**
   * The labels that the selector fixes: of each name that has one matcher only, which says equal.
   */
  private static Labels labels(List<LabelMatcher> matchers) {
    Labels.Builder fixed = Labels.builder();
    Set<String> others = new HashSet<>();
    for (LabelMatcher matcher : matchers) {
      if (matcher.label().equals(Labels.METRIC_NAME)) {
        continue;
      }
      if (matcher instanceof LabelMatcher.Equal equal && fixed.get(equal.label()) == null) {
        fixed.set(equal.label(), equal.value());
      } else {
        others.add(matcher.label());
      }
    }
    others.forEach(fixed::remove);
    return fixed.build();
  }

  @Override
  public boolean next(StepVector out) {
    if (!input.next(vector)) {
      return false;
    }
    out.start(vector.timeMs());
    if (vector.size() == 0) {
      out.add(0, 1);
    }
    return true;
  }

  @Override
  public Labels labels(int series) {
    return labels;
  }

  @Override
  public void close() {
    input.close();
  }
}
