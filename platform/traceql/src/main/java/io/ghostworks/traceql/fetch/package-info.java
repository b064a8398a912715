/**
 * How the spans that a pipeline needs are found and read: filters for the store, candidate traces,
 * their spans. Knows the store only as a source of records.
 */
package io.ghostworks.traceql.fetch;
