/**
 * Who a piece of work is for: tenant, user and correlation id, carried in OpenTelemetry's context
 * and baggage.
 *
 * <p>Knows only OpenTelemetry's API.
 */
package io.ghostworks.instrumentation.context;
