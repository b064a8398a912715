package io.ghostworks.server.jaeger;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.TraceKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds traces, those with the newest match first, and reads them whole, one after the other, so
 * that only one is held at a time. Used by one thread.
 */
final class TraceFinder {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int TRACE_KEY_BYTES = 96;

  private final RecordSource source;
  private final QueryContext context;

  TraceFinder(RecordSource source, QueryContext context) {
    this.source = source;
    this.context = context;
  }

  /** Takes a trace; it is gone after the call. */
  @FunctionalInterface
  interface Taker {
    void take(SpanBatch trace);
  }

  /** Gives the traces that a query finds. */
  void find(TraceQuery query, Taker taker) {
    List<TraceKey> keys = keys(query);
    for (TraceKey key : keys) {
      read(key, taker); // One that was deleted meanwhile is left out.
    }
    context.release((long) keys.size() * TRACE_KEY_BYTES);
  }

  /** Gives a trace; false where there is none. */
  boolean read(TraceKey key, Taker taker) {
    context.check();
    boolean[] found = new boolean[1];
    source.traces(
        List.of(key),
        List.of(),
        context,
        trace -> {
          found[0] = true;
          taker.take(trace);
        });
    return found[0];
  }

  private List<TraceKey> keys(TraceQuery query) {
    Set<TraceKey> keys = new LinkedHashSet<>();
    long end = query.startMaxNanos() == Long.MAX_VALUE ? Long.MAX_VALUE : query.startMaxNanos() + 1;
    if (query.startMinNanos() >= end) {
      return List.of();
    }
    RecordScan scan =
        new RecordScan(
            Signal.SPANS,
            query.startMinNanos(),
            end,
            query.filter(),
            List.of(Field.TRACE_ID),
            RecordScan.Order.NEWEST_FIRST,
            Integer.MAX_VALUE,
            true);
    try (RecordCursor cursor = source.scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        context.check();
        for (int row = 0; row < batch.rows() && keys.size() < query.limit(); row++) {
          add(batch.bytes(0), row, keys);
        }
        if (keys.size() == query.limit()) {
          break;
        }
      }
    }
    return new ArrayList<>(keys);
  }

  private void add(ColumnBatch.BytesColumn ids, int row, Set<TraceKey> keys) {
    long slice = ids.slices()[row];
    if (ByteArena.length(slice) == 0) {
      return; // A span without a trace.
    }
    int offset = ByteArena.offset(slice);
    byte[] bytes = ids.arena().array();
    TraceKey key =
        new TraceKey((long) LONGS.get(bytes, offset), (long) LONGS.get(bytes, offset + Long.BYTES));
    if (keys.add(key)) {
      context.reserve(TRACE_KEY_BYTES);
    }
  }
}
