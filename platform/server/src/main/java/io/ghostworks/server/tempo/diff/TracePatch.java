package io.ghostworks.server.tempo.diff;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything in which a trace differs from another, span by span: Tempo's {@code trace-patch-v0}.
 * Components are the properties of its JSON.
 */
record TracePatch(
    String version,
    Meta base,
    Meta compare,
    Stats stats,
    List<ModifiedSpan> modified,
    List<SpanChange> added,
    List<SpanChange> removed,
    List<Warning> warnings) {

  static final String VERSION = "trace-patch-v0";

  record Meta(String traceId, int spanCount) {}

  record Stats(
      int spanCountA,
      int spanCountB,
      int matchedSpans,
      int modifiedSpans,
      int addedSpans,
      int removedSpans,
      int fieldChanges,
      int attributeChanges,
      int eventChanges,
      boolean truncated) {}

  record ModifiedSpan(SpanRef span, List<Change> changes) {}

  record SpanRef(List<Integer> path, String service, String name, String kind) {}

  /** A span that only one of the traces has. */
  record SpanChange(SpanTarget target, SpanSnapshot span) {}

  /** Where it was removed, or below what and as which child it was added. */
  record SpanTarget(
      String type,
      @Nullable List<Integer> path,
      @Nullable List<Integer> parentPath,
      @Nullable Integer index) {}

  record SpanSnapshot(
      List<Integer> path,
      String service,
      String name,
      String kind,
      @JsonProperty("duration_nanos") long durationNanos,
      String status) {}
}
