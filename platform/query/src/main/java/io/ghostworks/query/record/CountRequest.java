package io.ghostworks.query.record;

import io.ghostworks.model.label.LabelMatcher;
import java.util.List;

/**
 * Asks how many log records there are. Step i is {@code [start + i * step, start + (i + 1) *
 * step)}, the last one cut at the end. Steps that are multiples of 15 s are cheap where the start
 * lies on a multiple of 15 s since the epoch, or one nanosecond behind it: a LogQL range is open at
 * its start and closed at its end, so its first nanosecond is the one behind.
 *
 * @param selectors a record counts if its stream fulfils all matchers of one of them; every stream
 *     does if there is none
 * @param startNanos since the epoch, inclusive
 * @param endNanos since the epoch, exclusive
 * @param stepNanos at least 1
 * @param byLevel whether the records of a stream are told apart by their {@link
 *     io.ghostworks.model.record.RecordLevel}
 */
public record CountRequest(
    List<List<LabelMatcher>> selectors,
    long startNanos,
    long endNanos,
    long stepNanos,
    boolean byLevel) {

  public CountRequest {
    selectors = selectors.stream().map(List::copyOf).toList();
    if (stepNanos < 1) {
      throw new IllegalArgumentException("a step takes at least 1 ns, got " + stepNanos);
    }
    if (endNanos > startNanos
        && Long.divideUnsigned(endNanos - startNanos - 1, stepNanos) >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a range must have less than 2^31 steps, got %d ns in steps of %d"
              .formatted(endNanos - startNanos, stepNanos));
    }
  }

  /** One step that takes the whole range. */
  public static CountRequest whole(
      List<List<LabelMatcher>> selectors, long startNanos, long endNanos, boolean byLevel) {
    long range = endNanos - startNanos;
    return new CountRequest(
        selectors, startNanos, endNanos, range < 1 ? Long.MAX_VALUE : range, byLevel);
  }

  /** The step of a time in the range. */
  public int step(long timeNanos) {
    return (int) Long.divideUnsigned(timeNanos - startNanos, stepNanos);
  }
}
