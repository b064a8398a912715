package io.ghostworks.traceql.metrics;

import java.util.Map;

/**
 * A span of a test.
 *
 * @param parentId 0 for a root
 * @param kind as in OTLP
 * @param status as in OTLP
 * @param attributes texts, longs, doubles and booleans
 */
record TestSpan(
    long traceId,
    long spanId,
    long parentId,
    String service,
    String name,
    long startNanos,
    long durationNanos,
    int kind,
    int status,
    Map<String, Object> attributes) {}
