/**
 * TraceQL metrics: series of numbers over time from spans, as Tempo's {@code rate()}, {@code
 * quantile_over_time()}, {@code compare()} and their like give them. It reads spans through {@code
 * query.record} and knows no store.
 */
package io.ghostworks.traceql.metrics;
