/**
 * Logs: one JSON object a line (or a readable line in development), the same records over OTLP, and
 * the audit log.
 *
 * <p>Knows {@code context}, Logback and OpenTelemetry's API.
 */
package io.ghostworks.instrumentation.logging;
