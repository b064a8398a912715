/**
 * The metrics that the library keeps, under the names and with exactly the labels that dashboards
 * and rules use, and the page on which they are scraped.
 *
 * <p>Knows the Prometheus client and OpenTelemetry's API (for exemplars); it must not know how
 * requests, statements or jobs come about.
 */
package io.ghostworks.instrumentation.metrics;
