package io.ghostworks.traceql.ast;

/**
 * What every span, event, link or trace has; {@link #toString} is the name under which it is
 * printed.
 */
public enum Intrinsic {
  /** None: the attribute is one that somebody set. */
  NONE("none", StaticType.ATTRIBUTE),
  DURATION("duration", StaticType.DURATION),
  NAME("name", StaticType.STRING),
  STATUS("status", StaticType.STATUS),
  STATUS_MESSAGE("statusMessage", StaticType.STRING),
  KIND("kind", StaticType.KIND),
  CHILD_COUNT("span:childCount", StaticType.INT),
  TRACE_ROOT_SERVICE("rootServiceName", StaticType.STRING),
  TRACE_ROOT_SPAN("rootName", StaticType.STRING),
  TRACE_DURATION("traceDuration", StaticType.DURATION),
  NESTED_SET_LEFT("nestedSetLeft", StaticType.INT),
  NESTED_SET_RIGHT("nestedSetRight", StaticType.INT),
  NESTED_SET_PARENT("nestedSetParent", StaticType.INT),
  EVENT_NAME("event:name", StaticType.STRING),
  EVENT_TIME_SINCE_START("event:timeSinceStart", StaticType.DURATION),
  LINK_SPAN_ID("link:spanID", StaticType.STRING),
  LINK_TRACE_ID("link:traceID", StaticType.STRING),
  INSTRUMENTATION_NAME("instrumentation:name", StaticType.ATTRIBUTE),
  INSTRUMENTATION_VERSION("instrumentation:version", StaticType.ATTRIBUTE),
  /** Parses, but is not supported there either. */
  PARENT("parent", StaticType.NIL),
  TRACE_ID("trace:id", StaticType.STRING),
  SPAN_ID("span:id", StaticType.STRING),
  PARENT_ID("span:parentID", StaticType.STRING);

  private final String shown;
  private final StaticType type;

  Intrinsic(String shown, StaticType type) {
    this.shown = shown;
    this.type = type;
  }

  public StaticType type() {
    return type;
  }

  @Override
  public String toString() {
    return shown;
  }
}
