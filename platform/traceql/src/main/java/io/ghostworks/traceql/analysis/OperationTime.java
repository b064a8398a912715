package io.ghostworks.traceql.analysis;

/**
 * What the spans of a service, or of one of its operations, took.
 *
 * @param service "" where the resource names none
 * @param operation the name of the spans; "" where all of the service are meant
 * @param spans how many there are
 * @param errors how many of them have failed
 * @param totalNanos the sum of their durations, whatever runs at the same time
 * @param selfNanos the sum of what they worked themselves: without the time of their children
 * @param criticalNanos how long they are on the critical path
 * @param longestNanos the longest of them
 */
public record OperationTime(
    String service,
    String operation,
    int spans,
    int errors,
    long totalNanos,
    long selfNanos,
    long criticalNanos,
    long longestNanos) {}
