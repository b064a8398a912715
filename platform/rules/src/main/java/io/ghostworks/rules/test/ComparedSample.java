package io.ghostworks.rules.test;

import io.ghostworks.model.label.Labels;

/**
 * A sample as tests compare it.
 *
 * @param histogram as promqltest writes it, or ""
 */
record ComparedSample(Labels labels, double value, String histogram) {

  /**
   * Whether they are the same. NaN equals nothing, as in promtool.
   *
   * @param fuzzy whether numbers that are neighbours count as equal
   */
  boolean matches(ComparedSample other, boolean fuzzy) {
    return labels.equals(other.labels)
        && histogram.equals(other.histogram)
        && (value == other.value
            || (fuzzy
                && (Math.nextDown(value) == other.value || Math.nextUp(value) == other.value)));
  }
}
