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
 * @param resolutionMs the coarsest resolution that is preferred to raw samples; with 0 downsampled
 *     rows are given only where raw samples have expired. Rows are given also where their last
 *     sample is earlier than {@code startMs} by up to twice their resolution.
 */
public record SeriesSelection(
    List<LabelMatcher> matchers,
    long startMs,
    long endMs,
    long stepMs,
    long rangeMs,
    String function,
    long resolutionMs) {

  /** Of raw samples wherever they exist. */
  public SeriesSelection(
      List<LabelMatcher> matchers,
      long startMs,
      long endMs,
      long stepMs,
      long rangeMs,
      String function) {
    this(matchers, startMs, endMs, stepMs, rangeMs, function, 0);
  }

  public SeriesSelection {
    matchers = List.copyOf(matchers);
    if (matchers.isEmpty()) {
      throw new IllegalArgumentException("a selection needs at least one matcher");
    }
  }
}
