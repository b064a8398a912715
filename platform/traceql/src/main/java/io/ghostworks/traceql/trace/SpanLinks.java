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
    int[] rows = new int[batch.rows()];
    java.util.Arrays.setAll(rows, row -> row);
    return of(batch, rows);
  }

  /** Of these rows of a batch, which are the spans of one trace, in this order. */
  public static SpanLinks of(SpanBatch batch, int[] rows) {
    int spans = rows.length;
    SpanLinks links =
        new SpanLinks(
            new long[spans], new long[spans], new byte[spans], new long[spans], new long[spans]);
    for (int i = 0; i < spans; i++) {
      links.spanIds[i] = batch.spanId(rows[i]);
      links.parentIds[i] = batch.parentSpanId(rows[i]);
      links.kinds[i] = (byte) batch.kind(rows[i]);
      links.startNanos[i] = batch.startNanos(rows[i]);
      links.endNanos[i] = batch.endNanos(rows[i]);
    }
    return links;
  }

  public int size() {
    return spanIds.length;
  }

  /** The spans by start, then id. */
  public int[] byStart() {
    return SpanOrder.of(this);
  }
}
