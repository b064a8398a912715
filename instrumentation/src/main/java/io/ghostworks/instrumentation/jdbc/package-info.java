/**
 * Database statements as spans and metrics, through a data source that wraps another.
 *
 * <p>Knows {@code metrics} and OpenTelemetry's API. No value ever leaves it: parameters are not
 * looked at and literals in the text of a statement are replaced.
 */
package io.ghostworks.instrumentation.jdbc;
