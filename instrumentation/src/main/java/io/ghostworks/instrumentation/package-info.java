/**
 * The library that applications use to be observed: one object, {@link Telemetry}, that is opened
 * at start and closed at the end.
 *
 * <p>Knows every package below it; none of them knows this one. Uses OpenTelemetry's API and SDK,
 * the Prometheus client and Logback, and nothing of the platform: what it emits is OTLP and the
 * Prometheus exposition formats.
 */
package io.ghostworks.instrumentation;
