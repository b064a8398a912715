/**
 * OTLP metrics as Prometheus stores them: one place that decides names and labels, and the
 * translation of points into samples. Must not decode or store.
 */
package io.ghostworks.wire.otlp.metrics;
