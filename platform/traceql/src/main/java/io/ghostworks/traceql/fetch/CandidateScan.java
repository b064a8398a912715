package io.ghostworks.traceql.fetch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/** Reads the ids of traces with spans that pass a filter, newest span first, and nothing else. */
final class CandidateScan {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final RecordSource source;
  private final QueryContext context;
  private final long startNanos;
  private final long endNanos;

  CandidateScan(RecordSource source, QueryContext context, long startNanos, long endNanos) {
    this.source = source;
    this.context = context;
    this.startNanos = startNanos;
    this.endNanos = endNanos;
  }

  /** Takes ids as they come; a trace comes as often as it has spans that pass. */
  @FunctionalInterface
  interface Taker {

    /**
     * @return whether to go on
     */
    boolean take(long high, long low, long timeNanos);
  }

  /** The traces that have a span which passes; the caller closes it. */
  TraceKeySet traces(Filter filter) {
    TraceKeySet traces = new TraceKeySet(context);
    try {
      run(
          filter,
          List.of(Field.TRACE_ID),
          (high, low, timeNanos) -> {
            traces.add(high, low);
            return true;
          });
      return traces;
    } catch (RuntimeException e) {
      traces.close();
      throw e;
    }
  }

  void newestFirst(Filter filter, Taker taker) {
    run(filter, List.of(Field.TRACE_ID, Field.TIME), taker);
  }

  private void run(Filter filter, List<Field> columns, Taker taker) {
    RecordScan scan =
        new RecordScan(
            Signal.SPANS,
            startNanos,
            endNanos,
            filter,
            columns,
            RecordScan.Order.NEWEST_FIRST,
            Integer.MAX_VALUE,
            true);
    try (RecordCursor cursor = source.scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        context.check();
        if (!give(batch, columns.size() > 1, taker)) {
          return;
        }
      }
    }
  }

  private static boolean give(ColumnBatch batch, boolean timed, Taker taker) {
    ColumnBatch.BytesColumn ids = batch.bytes(0);
    byte[] bytes = ids.arena().array();
    for (int row = 0; row < batch.rows(); row++) {
      long slice = ids.slices()[row];
      if (ByteArena.length(slice) == 0) {
        continue;
      }
      int offset = ByteArena.offset(slice);
      long high = (long) LONGS.get(bytes, offset);
      long low = (long) LONGS.get(bytes, offset + Long.BYTES);
      if (!taker.take(high, low, timed ? batch.longs(1).values()[row] : 0)) {
        return false;
      }
    }
    return true;
  }
}
