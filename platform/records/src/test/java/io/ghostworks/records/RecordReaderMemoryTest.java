package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.TENANT;
import static io.ghostworks.records.EngineFixture.lines;
import static io.ghostworks.records.EngineFixture.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.batch.SpanSchema;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordReaderMemoryTest {
  private final EngineFixture fixture = new EngineFixture(1);

  @BeforeEach
  void open() throws IOException {
    fixture.open();
  }

  private QueryContext context(long limitBytes) {
    return new QueryContext(TENANT, fixture.time, Duration.ofDays(1), fixture.queries, limitBytes);
  }

  @Test
  void aTraceHoldsItsOwnSpansAndNotTheBlocksTheyCameFrom() throws IOException {
    for (int block = 0; block < 4; block++) {
      for (int i = 0; i < 200; i++) {
        fixture.offer(TENANT, span(fixture.now() + i, 5 + i, block + 1, "x".repeat(2_000)));
      }
      fixture.engine.flush();
    }
    try (QueryContext context = fixture.context(TENANT)) {
      SpanBatch trace = fixture.engine.source().trace(5, 5, context);
      assertThat(trace.rows()).isEqualTo(4);
      assertThat(context.reservedBytes()).isEqualTo(new SpanSchema().bytes(trace));
      assertThat(context.reservedBytes()).isLessThan(context.peakBytes() / 4);
      context.release(context.reservedBytes());
      assertThat(fixture.engine.source().trace(999, 999, context).rows()).isZero();
      assertThat(context.reservedBytes()).isZero();
    }
  }

  @Test
  void keysBeyondTheLimitAreNotHeldAndThoseWithinItAre() throws IOException {
    LogBatch batch = lines(fixture.now(), "a");
    for (int i = 0; i < 2_000; i++) {
      batch.attributes().add("key%04d".formatted(2_000 - i), 1);
    }
    batch.body().addString("b");
    batch.endRow(0, 0, 0, fixture.now() + 1, 0, 9, 0, 0, 0, 0, 0, 0, 0);
    fixture.offer(TENANT, batch);
    try (QueryContext context = context(1_000)) {
      assertThat(keys(3, context)).containsExactly("key0001", "key0002", "key0003");
      assertThat(context.reservedBytes()).isBetween(1L, 300L);
      assertThatThrownBy(() -> keys(0, context)).isInstanceOf(QueryException.class);
    }
    try (QueryContext context = context(10)) {
      assertThatThrownBy(
              () -> fixture.engine.source().streams(List.of(), 0, Long.MAX_VALUE, context))
          .isInstanceOf(QueryException.class);
    }
    assertThat(fixture.queries.usedBytes()).isZero();
  }

  @Test
  void listingsReadNoBodiesAndManyTracesReadABlockOnce() throws IOException {
    for (int i = 0; i < 200; i++) {
      fixture.offer(TENANT, lines(fixture.now() + i, "x".repeat(5_000)));
      fixture.offer(TENANT, span(fixture.now() + i, 5 + i, 1, "name"));
    }
    fixture.engine.flush();
    var source = fixture.engine.source();
    try (QueryContext context = fixture.context(TENANT)) {
      assertThat(source.streams(List.of(), 0, Long.MAX_VALUE, context)).hasSize(1);
      assertThat(context.peakBytes()).isLessThan(2_000_000);
      assertThat(
              source.fieldValues(
                  Signal.LOGS, Field.SERVICE_NAME, Filter.ALL, 0, Long.MAX_VALUE, 0, context))
          .containsExactly("api");
      assertThat(context.peakBytes()).isLessThan(2_000_000);
      long before = context.rowsRead();
      assertThat(
              spansOf(Set.of(new TraceKey(5, 5), new TraceKey(9, 9), new TraceKey(1, 1)), context))
          .isEqualTo(2);
      assertThat(context.rowsRead() - before).isEqualTo(200);
    }
  }

  private int spansOf(Set<TraceKey> traces, QueryContext context) {
    RecordScan scan =
        new RecordScan(
            Signal.SPANS,
            0,
            Long.MAX_VALUE,
            new Filter.Traces(traces),
            List.of(Field.TRACE_ID),
            RecordScan.Order.OLDEST_FIRST,
            10);
    int spans = 0;
    try (RecordCursor cursor = fixture.engine.source().scan(scan, context)) {
      for (var batch = cursor.next(); batch != null; batch = cursor.next()) {
        spans += batch.rows();
      }
    }
    return spans;
  }

  private List<String> keys(int limit, QueryContext context) {
    return fixture
        .engine
        .source()
        .attributeKeys(Signal.LOGS, Field.Scope.ATTRIBUTE, 0, Long.MAX_VALUE, limit, context);
  }

  @Test
  void aClosedEngineAnswersNoQueryWithAnEmptyResult() throws IOException {
    fixture.engine.close();
    try (QueryContext context = fixture.context(TENANT)) {
      var source = fixture.engine.source();
      assertThatThrownBy(() -> source.trace(5, 5, context)).isInstanceOf(OverloadedException.class);
      assertThatThrownBy(() -> keys(0, context)).isInstanceOf(OverloadedException.class);
      assertThatThrownBy(() -> source.streams(List.of(), 0, Long.MAX_VALUE, context))
          .isInstanceOf(OverloadedException.class);
    }
  }
}
