package io.ghostworks.series;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import java.util.List;

/** Matchers on labels in memory. */
final class Selectors {
  private Selectors() {}

  /** Whether labels fulfil all matchers of one of the lists. */
  static boolean matchesAny(Labels labels, List<List<LabelMatcher>> selectors) {
    for (List<LabelMatcher> matchers : selectors) {
      if (matches(labels, matchers)) {
        return true;
      }
    }
    return false;
  }

  /** Whether labels fulfil all matchers. */
  static boolean matches(Labels labels, List<LabelMatcher> matchers) {
    for (LabelMatcher matcher : matchers) {
      if (!matcher.matches(labels.get(matcher.label()))) {
        return false;
      }
    }
    return true;
  }
}
