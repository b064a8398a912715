package io.ghostworks.wire.zipkin;

import io.ghostworks.model.record.SpanBatch;
import java.util.HashSet;
import java.util.Set;

/** The ids of clients' spans, which the spans of their servers may share. Used by one thread. */
public final class ClientIds {

  /** What this holds of a span, at most. */
  public static final int BYTES_PER_SPAN = 80;

  private static final int CLIENT = 3;

  private final Set<SpanKey> ids = new HashSet<>();

  private record SpanKey(long traceIdHigh, long traceIdLow, long id) {}

  /** Adds those of a batch of which ids and kinds are filled. */
  public ClientIds add(SpanBatch spans) {
    for (int row = 0; row < spans.rows(); row++) {
      if (spans.kind(row) == CLIENT) {
        ids.add(key(spans, row));
      }
    }
    return this;
  }

  boolean contains(SpanBatch spans, int row) {
    return ids.contains(key(spans, row));
  }

  private static SpanKey key(SpanBatch spans, int row) {
    return new SpanKey(spans.traceIdHigh(row), spans.traceIdLow(row), spans.spanId(row));
  }
}
