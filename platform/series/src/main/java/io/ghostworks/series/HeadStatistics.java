package io.ghostworks.series;

import io.ghostworks.series.head.LabelStatistics;

/**
 * What a tenant has in memory.
 *
 * @param chains series with samples that are not in a part yet
 * @param minTimestampMs of those samples, of all tenants; {@code Long.MAX_VALUE} without any
 * @param maxTimestampMs of those samples, of all tenants; {@code Long.MIN_VALUE} without any
 */
public record HeadStatistics(
    LabelStatistics labels, long chains, long minTimestampMs, long maxTimestampMs) {}
