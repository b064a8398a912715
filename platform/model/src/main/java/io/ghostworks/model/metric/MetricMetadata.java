package io.ghostworks.model.metric;

/**
 * What is known about a metric family.
 *
 * @param help free text, may be empty
 * @param unit as in the exposition formats, may be empty
 */
public record MetricMetadata(MetricType type, String help, String unit) {}
