package io.ghostworks.wire.jaeger;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import java.util.Arrays;

/**
 * The references of one span while it is read: one of them is its parent, the others become links.
 * Used again for the next span; not thread-safe.
 */
final class References {

  static final int CHILD_OF = 0;
  static final int FOLLOWS_FROM = 1;
  private static final String TYPE = "opentracing.ref_type";

  private int[] types = new int[4];
  private long[] traceIdsHigh = new long[4];
  private long[] traceIdsLow = new long[4];
  private long[] spanIds = new long[4];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int type, long traceIdHigh, long traceIdLow, long spanId) {
    if (size == types.length) {
      types = Arrays.copyOf(types, size * 2);
      traceIdsHigh = Arrays.copyOf(traceIdsHigh, size * 2);
      traceIdsLow = Arrays.copyOf(traceIdsLow, size * 2);
      spanIds = Arrays.copyOf(spanIds, size * 2);
    }
    types[size] = type;
    traceIdsHigh[size] = traceIdHigh;
    traceIdsLow[size] = traceIdLow;
    spanIds[size] = spanId;
    size++;
  }

  /**
   * The span's parent: the first of its own trace that it is a child of, else the first that it
   * follows from; 0 if there is none.
   */
  long parent(long traceIdHigh, long traceIdLow) {
    for (int type = CHILD_OF; type <= FOLLOWS_FROM; type++) {
      for (int i = 0; i < size; i++) {
        if (types[i] == type && traceIdsHigh[i] == traceIdHigh && traceIdsLow[i] == traceIdLow) {
          return spanIds[i];
        }
      }
    }
    return 0;
  }

  /** Makes links of all but the child's reference to its parent. */
  void write(SpanBatch.Links links, long parent) {
    for (int i = 0; i < size; i++) {
      if (spanIds[i] == parent && types[i] == CHILD_OF) {
        continue;
      }
      links.attributes().add(TYPE, types[i] == CHILD_OF ? "child_of" : "follows_from");
      links.end(traceIdsHigh[i], traceIdsLow[i], spanIds[i], ByteArena.EMPTY, 0, 0);
    }
  }
}
