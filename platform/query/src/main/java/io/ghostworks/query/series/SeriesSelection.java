package io.ghostworks.query.series;

import io.ghostworks.model.label.LabelMatcher;
import java.util.List;

/**
 * Which samples a query needs.
 *
 * @param matchers all must hold; at least one
 * @param startMs the first time that matters, inclusive
 * @param endMs the last time that matters, inclusive
 * @param stepMs the distance of evaluations, or 0 for one; a hint
 * @param rangeMs the range of the selector, or 0; a hint
 * @param function the function that reads the samples, or ""; a hint
 */
public record SeriesSelection(
    List<LabelMatcher> matchers,
    long startMs,
    long endMs,
    long stepMs,
    long rangeMs,
    String function) {
  public SeriesSelection {
    matchers = List.copyOf(matchers);
    if (matchers.isEmpty()) {
      throw new IllegalArgumentException("a selection needs at least one matcher");
    }
  }
}
