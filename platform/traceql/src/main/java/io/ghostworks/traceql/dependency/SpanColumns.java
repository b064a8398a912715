package io.ghostworks.traceql.dependency;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.model.semconv.AdjustedCount;
import io.ghostworks.model.semconv.SpanAttribute;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.TraceKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a batch of spans that dependencies need. */
final class SpanColumns {
  private static final int STATUS_ERROR = 2;

  /** What names a peer, the first that is there. */
  private static final List<SpanAttribute> PEERS =
      List.of(
          SpanAttribute.PEER_SERVICE,
          SpanAttribute.SERVER_ADDRESS,
          SpanAttribute.NETWORK_PEER_ADDRESS,
          SpanAttribute.DB_NAMESPACE,
          SpanAttribute.DB_SYSTEM,
          SpanAttribute.MESSAGING_DESTINATION,
          SpanAttribute.MESSAGING_SYSTEM);

  private static final List<Field> FIXED =
      List.of(
          Field.TRACE_ID,
          Field.SPAN_ID,
          Field.PARENT_SPAN_ID,
          Field.SERVICE_NAME,
          Field.KIND,
          Field.STATUS_CODE,
          Field.TIME,
          Field.TRACE_STATE);

  /** The columns of the scan. */
  static final List<Field> PROJECTION = projection();

  private final ColumnBatch batch;
  private long lastSlice = ByteArena.EMPTY;
  private String lastService = "";

  SpanColumns(ColumnBatch batch) {
    this.batch = batch;
  }

  private static List<Field> projection() {
    List<Field> fields = new ArrayList<>(FIXED);
    for (SpanAttribute peer : PEERS) {
      peer.keys().forEach(key -> fields.add(new Field(Field.Scope.ATTRIBUTE, key)));
    }
    return List.copyOf(fields);
  }

  void addTo(SpanLinker linker, long startNanos, long endNanos) {
    ColumnBatch.BytesColumn traces = batch.bytes(0);
    ColumnBatch.BytesColumn states = batch.bytes(7);
    long[] kinds = batch.longs(4).values();
    long[] statuses = batch.longs(5).values();
    long[] times = batch.longs(6).values();
    for (int row = 0; row < batch.rows(); row++) {
      TraceKey trace = traces.findTraceId(row);
      byte kind = (byte) kinds[row];
      boolean calls = SpanLinker.isCaller(kind);
      linker.add(
          new SpanLinker.Span(
              trace == null ? 0 : trace.high(),
              trace == null ? 0 : trace.low(),
              batch.bytes(1).spanId(row),
              batch.bytes(2).spanId(row),
              kind,
              statuses[row] == STATUS_ERROR,
              times[row] >= startNanos && times[row] < endNanos,
              AdjustedCount.ofTraceState(states.arena(), states.slices()[row]),
              service(row),
              calls ? peer(row) : null,
              calls && isDatabase(row)));
    }
  }

  /** Rows of a service often follow each other: its name is made once for them. */
  private String service(int row) {
    long slice = batch.bytes(3).slices()[row];
    if (slice != lastSlice) {
      lastSlice = slice;
      lastService = batch.bytes(3).text(row);
    }
    return lastService;
  }

  private @Nullable String peer(int row) {
    int column = FIXED.size();
    for (SpanAttribute peer : PEERS) {
      for (int key = 0; key < peer.keys().size(); key++) {
        String text = text(column++, row);
        if (text != null && !text.isEmpty()) {
          return text;
        }
      }
    }
    return null;
  }

  private boolean isDatabase(int row) {
    int column = FIXED.size();
    for (SpanAttribute peer : PEERS) {
      for (int key = 0; key < peer.keys().size(); key++, column++) {
        boolean names = peer == SpanAttribute.DB_NAMESPACE || peer == SpanAttribute.DB_SYSTEM;
        if (names && batch.values(column).values().type(row) != ValueColumn.NONE) {
          return true;
        }
      }
    }
    return false;
  }

  private @Nullable String text(int column, int row) {
    return ValueText.of(batch.values(column).values(), row);
  }
}
