package io.ghostworks.server.wholetraces;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceCursor;
import io.ghostworks.query.record.TraceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies of spans that have what an analysis looks at and no more: ids, times, names, kinds,
 * statuses, the names of services, and the texts of exceptions. Used by one thread.
 */
public final class LeanSpans implements AutoCloseable {

  private static final String SERVICE_NAME = "service.name";
  private static final String EXCEPTION = "exception";

  private static final long BYTES_PER_SPAN = 150;
  private static final long BYTES_PER_EVENT = 80;

  /** All that is looked at; what else a span has is never read. */
  private static final List<Field> COLUMNS =
      List.of(
          Field.NAME,
          Field.KIND,
          Field.STATUS_CODE,
          Field.STATUS_MESSAGE,
          Field.RESOURCE_ATTRIBUTES,
          Field.EVENT_SPAN_NAME,
          new Field(Field.Scope.EVENT, "exception.type"));

  private final QueryContext context;
  private final SpanBatch batch = new SpanBatch();
  private final Map<String, Integer> resources = new HashMap<>();
  private final int scope = batch.scopes().end(0, 0, 0, 0);
  private long heldBytes;

  private LeanSpans(QueryContext context) {
    this.context = context;
  }

  /** Reads a trace; none of its spans if there is none. */
  public static LeanSpans read(TraceKey id, RecordSource records, QueryContext context) {
    LeanSpans lean = new LeanSpans(context);
    try (TraceCursor cursor = records.spansOf(id, COLUMNS, context)) {
      for (SpanBatch piece = cursor.next(); piece != null; piece = cursor.next()) {
        long texts = lean.batch.arena().size();
        lean.add(piece); // No larger than the piece, which is reserved.
        lean.reserve(
            BYTES_PER_SPAN * piece.rows()
                + BYTES_PER_EVENT * piece.events().size()
                + lean.batch.arena().size()
                - texts);
      }
    }
    return lean;
  }

  private void reserve(long bytes) {
    context.reserve(bytes);
    heldBytes += bytes;
  }

  /** The copies, by start time. */
  public SpanBatch batch() {
    return batch;
  }

  /** Gives their memory back, which otherwise is the query's until that ends. */
  @Override
  public void close() {
    context.release(heldBytes);
    heldBytes = 0;
  }

  private void add(SpanBatch spans) {
    for (int row = 0; row < spans.rows(); row++) {
      for (int event = spans.eventStart(row); event < spans.eventEnd(row); event++) {
        event(spans, event);
      }
      batch.endRow(
          resource(spans, spans.resource(row)),
          scope,
          spans.traceIdHigh(row),
          spans.traceIdLow(row),
          spans.spanId(row),
          spans.parentSpanId(row),
          0,
          0,
          copy(spans, spans.name(row)),
          spans.kind(row),
          spans.startNanos(row),
          spans.endNanos(row),
          spans.statusCode(row),
          copy(spans, spans.statusMessage(row)),
          0,
          0,
          0);
    }
  }

  private int resource(SpanBatch spans, int resource) {
    String service = spans.resources().attributes().findString(resource, SERVICE_NAME);
    return resources.computeIfAbsent(
        service == null ? "" : "=" + service,
        key -> {
          if (service != null) {
            batch.resources().attributes().add(SERVICE_NAME, service);
          }
          return batch.resources().end(0, 0);
        });
  }

  private void event(SpanBatch spans, int event) {
    AttributeColumns attributes = spans.events().attributes();
    boolean exception = spans.arena().text(spans.events().name(event)).equals(EXCEPTION);
    for (int entry = attributes.start(event); exception && entry < attributes.end(event); entry++) {
      String key = attributes.key(entry);
      if (key.startsWith(EXCEPTION) && attributes.values().type(entry) == ValueColumn.STRING) {
        batch.events().attributes().add(key, attributes.values().string(entry));
      }
    }
    batch.events().end(spans.events().timeNanos(event), copy(spans, spans.events().name(event)), 0);
  }

  private long copy(SpanBatch spans, long slice) {
    return batch
        .arena()
        .append(spans.arena().array(), ByteArena.offset(slice), ByteArena.length(slice));
  }
}
