package io.ghostworks.model.metric;

import io.ghostworks.model.label.Labels;

/**
 * An example for a sample, usually with a {@code trace_id}.
 *
 * @param timestampMs since the epoch; the sample's own where the sender gave none
 */
public record Exemplar(Labels labels, double value, long timestampMs) {}
