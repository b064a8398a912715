/**
 * What LogQL, trace search and TraceQL ask of a store of log records and spans: scans with a filter
 * and a projection, answered in column batches.
 */
package io.ghostworks.query.record;
