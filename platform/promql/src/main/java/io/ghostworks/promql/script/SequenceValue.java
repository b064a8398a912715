package io.ghostworks.promql.script;

import io.ghostworks.model.metric.FloatHistogram;
import org.jspecify.annotations.Nullable;

/**
 * One value of a series in the notation of promqltest.
 *
 * @param omitted whether there is no sample
 * @param value the number, where there is no histogram
 * @param hintSet whether the histogram was written with a hint about resets
 */
public record SequenceValue(
    boolean omitted, double value, @Nullable FloatHistogram histogram, boolean hintSet) {

  static final SequenceValue OMITTED = new SequenceValue(true, 0, null, false);

  static SequenceValue of(double value) {
    return new SequenceValue(false, value, null, false);
  }

  static SequenceValue of(FloatHistogram histogram, boolean hintSet) {
    return new SequenceValue(false, 0, histogram, hintSet);
  }
}
