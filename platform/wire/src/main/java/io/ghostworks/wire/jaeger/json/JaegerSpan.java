package io.ghostworks.wire.jaeger.json;

import java.util.List;

/**
 * A span of Jaeger's model while it is read.
 *
 * @param parentId as the form names it beside the references, 0 if it does not
 * @param flags 1 is sampled, 2 is debug
 */
record JaegerSpan(
    long traceHigh,
    long traceLow,
    long id,
    long parentId,
    int flags,
    String name,
    List<Reference> references,
    long startNanos,
    long durationNanos,
    List<JaegerTag> tags,
    List<Log> logs,
    List<String> warnings) {

  record Reference(boolean childOf, long traceHigh, long traceLow, long spanId) {}

  record Log(long timeNanos, List<JaegerTag> fields) {}

  /** Who made spans. */
  record Maker(String serviceName, List<JaegerTag> tags) {
    static final Maker NONE = new Maker("", List.of());
  }

  /** The first parent that is in the same trace, else what it follows there, else none. */
  long parent() {
    long follows = 0;
    for (Reference reference : references) {
      if (reference.traceHigh() == traceHigh && reference.traceLow() == traceLow) {
        if (reference.childOf()) {
          return reference.spanId();
        }
        follows = follows == 0 ? reference.spanId() : follows;
      }
    }
    return follows == 0 ? parentId : follows;
  }
}
