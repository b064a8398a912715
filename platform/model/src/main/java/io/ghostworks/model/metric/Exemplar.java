package io.ghostworks.model.metric;

import io.ghostworks.model.label.Labels;

/**
 * An example for a sample, usually with a {@code trace_id}.
 *
 * @param timestampMs since the epoch; the sample's own where the sender gave none
 * @param timed whether the sender gave the time
 */
public record Exemplar(Labels labels, double value, long timestampMs, boolean timed) {

  /** An exemplar whose sender gave its time. */
  public Exemplar(Labels labels, double value, long timestampMs) {
    this(labels, value, timestampMs, true);
  }

  /**
   * Whether it says the same again: a target shows an exemplar until it has a newer one, and one
   * without a time of its own is then the same at any time.
   */
  public boolean repeats(Exemplar other) {
    return timed == other.timed
        && (!timed || timestampMs == other.timestampMs)
        && Double.compare(value, other.value) == 0
        && labels.equals(other.labels);
  }
}
