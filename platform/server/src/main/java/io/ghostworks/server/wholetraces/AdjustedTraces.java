package io.ghostworks.server.wholetraces;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceCursor;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.wire.jaeger.json.SharedSpanIds;
import io.ghostworks.wire.jaeger.json.TraceAdjustment;
import io.ghostworks.wire.zipkin.ClientIds;
import java.util.List;
import java.util.function.Consumer;

/** What must be known of all spans of a trace before the first is shown; one trace at a time. */
public final class AdjustedTraces {

  private static final List<Field> COLUMNS = List.of(Field.KIND);

  private final RecordSource records;
  private final QueryContext context;
  private final boolean raw;
  private long heldBytes;

  /**
   * @param raw whether traces are shown as they are stored
   */
  public AdjustedTraces(RecordSource records, QueryContext context, boolean raw) {
    this.records = records;
    this.context = context;
    this.raw = raw;
  }

  /** Reads what Jaeger changes in a trace; {@link #release} gives its memory back. */
  public TraceAdjustment read(TraceKey id) {
    TraceAdjustment adjustment = new TraceAdjustment(raw);
    if (!raw) {
      each(id, TraceAdjustment.BYTES_PER_SPAN, adjustment::add);
    }
    return adjustment.close();
  }

  /** Reads which spans of a trace share an id. */
  public SharedSpanIds sharedIds(TraceKey id) {
    SharedSpanIds shared = new SharedSpanIds();
    each(id, SharedSpanIds.BYTES_PER_SPAN, shared::add);
    shared.close();
    return shared;
  }

  /** Reads which spans are clients', whose ids the spans of their servers may share. */
  ClientIds clientIds(TraceKey id) {
    ClientIds clients = new ClientIds();
    each(id, ClientIds.BYTES_PER_SPAN, clients::add);
    return clients;
  }

  private void each(TraceKey id, int bytesPerSpan, Consumer<SpanBatch> action) {
    try (TraceCursor cursor = records.spansOf(id, COLUMNS, context)) {
      for (SpanBatch piece = cursor.next(); piece != null; piece = cursor.next()) {
        hold((long) bytesPerSpan * piece.rows());
        action.accept(piece);
      }
    }
  }

  void hold(long bytes) {
    context.reserve(bytes);
    heldBytes += bytes;
  }

  public void release() {
    context.release(heldBytes);
    heldBytes = 0;
  }
}
