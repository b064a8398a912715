package io.ghostworks.server.jaeger;

import io.ghostworks.model.column.ByteArena;
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

/** Finds traces, those with the newest match first. Used by one thread. */
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

  /** The traces that a query finds; their ids are reserved until the query ends. */
  List<TraceKey> find(TraceQuery query) {
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
