package io.ghostworks.query.record;

/** The id of a trace: its first and its last eight bytes, big-endian. */
public record TraceKey(long high, long low) {}
