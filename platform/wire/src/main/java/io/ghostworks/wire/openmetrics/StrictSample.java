package io.ghostworks.wire.openmetrics;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of a sample.
 *
 * @param labels in their order, without the metric's name
 */
record StrictSample(
    String name,
    Map<String, String> labels,
    double value,
    @Nullable BigDecimal timestamp,
    boolean hasExemplar) {}
