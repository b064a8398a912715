/**
 * What is told of traces beyond other systems' interfaces, under {@code /api/platform/traces}: the
 * analysis of one trace, its log records, what differs between two traces and between two sets of
 * spans. Every answer is worked out from the spans that are there when it is asked for.
 */
package io.ghostworks.server.traces;
