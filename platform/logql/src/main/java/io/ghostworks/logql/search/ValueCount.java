package io.ghostworks.logql.search;

/** A value of a field, and how many lines have it. */
public record ValueCount(String value, long lines) {}
