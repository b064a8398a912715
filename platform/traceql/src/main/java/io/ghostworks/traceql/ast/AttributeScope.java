package io.ghostworks.traceql.ast;

import java.util.Locale;

/** Where an attribute stands. */
public enum AttributeScope {
  /** Not said: the span, then its resource, and so on. */
  NONE,
  TRACE,
  RESOURCE,
  SPAN,
  EVENT,
  LINK,
  INSTRUMENTATION;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
