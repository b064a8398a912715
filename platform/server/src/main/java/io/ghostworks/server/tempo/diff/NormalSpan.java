package io.ghostworks.server.tempo.diff;

import io.ghostworks.model.record.SpanBatch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span at its place in its trace.
 *
 * @param path numbers of siblings from the root down, from 0
 * @param parent what it is a child of; null for a root
 * @param durationNanos 0 where it is not valid
 * @param durationValid whether it has a start, and an end that is not before it
 */
record NormalSpan(
    long spanId,
    List<Integer> path,
    SpanIdentity identity,
    @Nullable SpanIdentity parent,
    long startNanos,
    long endNanos,
    boolean durationValid,
    long durationNanos,
    String status,
    Map<String, @Nullable Object> attributes) {

  static NormalSpan of(
      SpanBatch spans, int row, List<Integer> path, @Nullable SpanIdentity parent) {
    boolean valid = hasValidDuration(spans, row);
    return new NormalSpan(
        spans.spanId(row),
        path,
        SpanIdentity.of(spans, row),
        parent,
        spans.startNanos(row),
        spans.endNanos(row),
        valid,
        valid ? spans.endNanos(row) - spans.startNanos(row) : 0,
        status(spans.statusCode(row)),
        AttributeValues.of(spans.attributes(), row));
  }

  static boolean hasValidDuration(SpanBatch spans, int row) {
    long start = spans.startNanos(row);
    long end = spans.endNanos(row);
    return start != 0 && Long.compareUnsigned(end, start) >= 0 && end - start >= 0;
  }

  private static String status(int code) {
    return switch (code) {
      case 1 -> "ok";
      case 2 -> "error";
      default -> "unset";
    };
  }

  boolean isError() {
    return status.equals("error");
  }

  String serviceOrUnknown() {
    return identity.service().isEmpty() ? TraceTotals.UNKNOWN_SERVICE : identity.service();
  }
}
