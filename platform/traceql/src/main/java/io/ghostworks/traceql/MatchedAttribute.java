package io.ghostworks.traceql;

import io.ghostworks.traceql.ast.Static;

/** An attribute with its value; the key has no scope. */
public record MatchedAttribute(String key, Static value) {}
