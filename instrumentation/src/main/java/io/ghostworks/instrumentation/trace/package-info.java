/**
 * Spans: which are sampled, what every one of them carries, and how an application makes its own.
 *
 * <p>Knows {@code context} and OpenTelemetry.
 */
package io.ghostworks.instrumentation.trace;
