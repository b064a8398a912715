/**
 * Requests that an HTTP server answers: context in, span, correlation id, golden signals. Knows no
 * framework; a filter of a framework calls it.
 *
 * <p>Knows {@code context}, {@code metrics} and OpenTelemetry's API.
 */
package io.ghostworks.instrumentation.http;
