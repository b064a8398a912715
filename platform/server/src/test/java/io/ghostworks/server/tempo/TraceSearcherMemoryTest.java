package io.ghostworks.server.tempo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceSearcherMemoryTest {

  private static final int CANDIDATES = 500;
  private static final long TRACE_BYTES = 1_000;

  @Test
  void candidatesAreReleasedWhetherTheyFitOrNot() {
    try (QueryContext context =
        new QueryContext(
            TenantId.DEFAULT,
            new SimulatedTime(0),
            Duration.ofSeconds(10),
            new MemoryLedger().open("queries", 1 << 20),
            3 * TRACE_BYTES)) {
      TraceSearcher searcher = new TraceSearcher(source(), context);
      TraceSearcher.Found none = searcher.find(search(Duration.ofSeconds(1)));
      assertThat(none.inspected()).isEqualTo(CANDIDATES);
      assertThat(none.traces()).isEmpty();
      assertThat(searcher.find(search(Duration.ZERO)).traces()).hasSize(CANDIDATES);
      assertThat(context.reservedBytes()).isZero();
    }
  }

  private static TraceSearch search(Duration min) {
    return new TraceSearch(
        Map.of(), Optional.of(min), Optional.empty(), 0, Long.MAX_VALUE, CANDIDATES + 1, 3);
  }

  /** Each trace takes TRACE_BYTES and has one span of a microsecond. */
  private static RecordSource source() {
    return (RecordSource)
        Proxy.newProxyInstance(
            RecordSource.class.getClassLoader(),
            new Class<?>[] {RecordSource.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "scan" -> cursor();
                  case "trace" -> {
                    ((QueryContext) arguments[2]).reserve(TRACE_BYTES);
                    yield trace((long) arguments[0], (long) arguments[1]);
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static SpanBatch trace(long high, long low) {
    SpanBatch batch = new SpanBatch();
    batch.resources().attributes().add("service.name", "api");
    batch.endRow(
        batch.resources().end(0, 0),
        batch.scopes().end(0, 0, 0, 0),
        high,
        low,
        low,
        0,
        0,
        0,
        batch.arena().append("s"),
        2,
        0,
        1_000,
        0,
        0,
        0,
        0,
        0);
    return batch;
  }

  private static RecordCursor cursor() {
    ByteArena arena = new ByteArena(1024);
    long[] traces = new long[CANDIDATES];
    long[] spans = new long[CANDIDATES];
    for (int i = 0; i < CANDIDATES; i++) {
      traces[i] = arena.append(ByteBuffer.allocate(16).putLong(7).putLong(i + 1).array(), 0, 16);
      spans[i] = arena.append(ByteBuffer.allocate(8).putLong(i + 1).array(), 0, 8);
    }
    ColumnBatch batch =
        new ColumnBatch(
            CANDIDATES,
            java.util.List.of(
                new ColumnBatch.BytesColumn(arena, traces),
                new ColumnBatch.BytesColumn(arena, spans)));
    return new RecordCursor() {
      private boolean given;

      @Override
      public ColumnBatch next() {
        if (given) {
          return null;
        }
        given = true;
        return batch;
      }

      @Override
      public void close() {}
    };
  }
}
