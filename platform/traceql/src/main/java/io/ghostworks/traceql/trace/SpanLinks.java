package io.ghostworks.traceql.trace;

import io.ghostworks.model.record.SpanBatch;

/**
 * What the structure of a trace is made of: one element a span, in any order. The arrays belong to
 * the caller and are only read.
 *
 * @param parentIds 0 for a root
 * @param kinds as in OTLP
 * @param endNanos may lie before the start
 */
public record SpanLinks(
    long[] spanIds, long[] parentIds, byte[] kinds, long[] startNanos, long[] endNanos) {

  public SpanLinks {
    int spans = spanIds.length;
    if (parentIds.length != spans
        || kinds.length != spans
        || startNanos.length != spans
        || endNanos.length != spans) {
      throw new IllegalArgumentException("every span needs each of the five values");
    }
  }

  /** Of all rows of a batch, which are the spans of one trace. */
  public static SpanLinks of(SpanBatch batch) {
    int spans = batch.rows();
    SpanLinks links =
        new SpanLinks(
            new long[spans], new long[spans], new byte[spans], new long[spans], new long[spans]);
    for (int row = 0; row < spans; row++) {
      links.spanIds[row] = batch.spanId(row);
      links.parentIds[row] = batch.parentSpanId(row);
      links.kinds[row] = (byte) batch.kind(row);
      links.startNanos[row] = batch.startNanos(row);
      links.endNanos[row] = batch.endNanos(row);
    }
    return links;
  }

  public int size() {
    return spanIds.length;
  }
}
