package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceCursor;
import io.ghostworks.query.record.TraceKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BigTraceTest {
  private static final int SPANS = 100_000;
  private static final int BATCH = 10_000;
  private static final int ATTRIBUTES = 1_000;

  private static SpanBatch batch(long now, int from, int count) {
    SpanBatch batch = new SpanBatch();
    batch.resources().attributes().add("service.name", "api");
    int resource = batch.resources().end(0, 0);
    int scope = batch.scopes().end(0, 0, 0, 0);
    for (int i = from; i < from + count; i++) {
      batch.attributes().add("number", i);
      batch.endRow(
          resource,
          scope,
          5,
          7,
          i + 1,
          i,
          0,
          0,
          batch.arena().append("GET /" + i % 10),
          2,
          now - 1_000_000L * (i % 1_000),
          now,
          0,
          0,
          0,
          0,
          0);
    }
    return batch;
  }

  @Test
  void aTraceOfAHundredThousandSpansComesBackWhole() throws IOException {
    EngineFixture fixture = new EngineFixture(1).open();
    for (int from = 0; from < SPANS; from += BATCH) {
      fixture.offer(TENANT, batch(fixture.now(), from, BATCH));
      if (from == SPANS / 2) {
        fixture.engine.flush();
      }
    }
    check(fixture);
    fixture.engine.flush();
    check(fixture);
    assertThat(fixture.queries.usedBytes()).isZero();
  }

  private static void check(EngineFixture fixture) {
    try (QueryContext context = fixture.context(TENANT)) {
      SpanBatch trace = fixture.engine.source().trace(5, 7, context);
      assertThat(trace.rows()).isEqualTo(SPANS);
      Set<Long> ids = new HashSet<>();
      for (int row = 0; row < SPANS; row++) {
        ids.add(trace.spanId(row));
        assertThat(trace.parentSpanId(row)).isEqualTo(trace.spanId(row) - 1);
      }
      assertThat(ids).hasSize(SPANS);
      int[] rows = {0};
      fixture
          .engine
          .source()
          .traces(
              List.of(new TraceKey(5, 7)),
              List.of(Field.NAME),
              context,
              spans -> rows[0] += spans.rows());
      assertThat(rows[0]).isEqualTo(SPANS);
      checkPieces(fixture, trace, context);
    }
  }

  /** Small pieces, which together are the trace. */
  private static void checkPieces(EngineFixture fixture, SpanBatch whole, QueryContext context) {
    long before = context.reservedBytes();
    int row = 0;
    int pieces = 0;
    try (TraceCursor cursor =
        fixture.engine.source().spansOf(new TraceKey(5, 7), List.of(), context)) {
      for (SpanBatch piece = cursor.next(); piece != null; piece = cursor.next()) {
        assertThat(piece.rows()).isPositive().isLessThan(SPANS / 2);
        for (int i = 0; i < piece.rows(); i++, row++) {
          assertThat(piece.spanId(i)).isEqualTo(whole.spanId(row));
          assertThat(piece.arena().text(piece.name(i)))
              .isEqualTo(whole.arena().text(whole.name(row)));
        }
        pieces++;
      }
    }
    assertThat(row).isEqualTo(SPANS);
    assertThat(pieces).isGreaterThan(2);
    assertThat(context.reservedBytes()).isEqualTo(before);
  }

  @Test
  void piecesLeaveOutDeletedSpansAndRepetitions() throws IOException {
    EngineFixture fixture = new EngineFixture(4).open();
    for (int from = 0; from < SPANS / 2; from += BATCH) {
      fixture.offer(TENANT, batch(fixture.now(), from, BATCH));
      if (from == BATCH) {
        fixture.engine.flush();
        fixture.offer(TENANT, batch(fixture.now(), 0, BATCH / 2)); // Sent again.
      }
    }
    assertThat(idsOfPieces(fixture)).hasSize(SPANS / 2).doesNotHaveDuplicates();
    fixture.engine.flush();
    assertThat(idsOfPieces(fixture)).hasSize(SPANS / 2).doesNotHaveDuplicates();
    Filter third =
        new Filter.Compare(Field.NAME, Filter.Operator.EQUAL, new Filter.Literal.Text("GET /3"));
    long nowMs = fixture.time.epochMs();
    var deleted = fixture.engine.spanDeletes().request(TENANT, "q", third, nowMs - 60_000, nowMs);
    fixture.engine.drive();
    assertThat(deleted).isCompleted();
    assertThat(idsOfPieces(fixture)).hasSize(SPANS / 2 / 10 * 9);
    assertThat(fixture.queries.usedBytes()).isZero();
  }

  private static List<Long> idsOfPieces(EngineFixture fixture) {
    List<Long> ids = new ArrayList<>();
    try (QueryContext context = fixture.context(TENANT);
        TraceCursor cursor =
            fixture.engine.source().spansOf(new TraceKey(5, 7), List.of(), context)) {
      for (SpanBatch piece = cursor.next(); piece != null; piece = cursor.next()) {
        for (int row = 0; row < piece.rows(); row++) {
          ids.add(piece.spanId(row));
        }
      }
    }
    return ids;
  }

  @Test
  void aSpanWithAThousandAttributesComesBackWhole() throws IOException {
    EngineFixture fixture = new EngineFixture(2).open();
    SpanBatch batch = new SpanBatch();
    batch.resources().attributes().add("service.name", "api");
    for (int i = 0; i < ATTRIBUTES; i++) {
      batch.attributes().add("key." + i, "value " + i);
      batch.events().attributes().add("event." + i, i);
    }
    batch.events().end(fixture.now(), batch.arena().append("e"), 0);
    long now = fixture.now();
    batch.endRow(
        batch.resources().end(0, 0),
        batch.scopes().end(0, 0, 0, 0),
        5,
        7,
        1,
        0,
        0,
        0,
        0,
        1,
        now,
        now,
        0,
        0,
        0,
        0,
        0);
    fixture.offer(TENANT, batch);
    fixture.engine.flush();
    try (QueryContext context = fixture.context(TENANT)) {
      SpanBatch trace = fixture.engine.source().trace(5, 7, context);
      assertThat(trace.attributes().end(0)).isEqualTo(ATTRIBUTES);
      assertThat(trace.events().attributes().end(0)).isEqualTo(ATTRIBUTES);
      for (int i = 0; i < ATTRIBUTES; i++) {
        assertThat(trace.attributes().findString(0, "key." + i)).isEqualTo("value " + i);
        int entry = trace.events().attributes().find(0, trace.keys().find("event." + i));
        assertThat(trace.events().attributes().values().payload(entry)).isEqualTo(i);
      }
    }
  }

  /** Found by their content, not by comparing each with each. */
  @Test
  void spansOfOneIdAndOneTimeAreAllKept() throws IOException {
    EngineFixture fixture = new EngineFixture(3).open();
    SpanBatch batch = new SpanBatch();
    batch.resources().attributes().add("service.name", "api");
    int resource = batch.resources().end(0, 0);
    int scope = batch.scopes().end(0, 0, 0, 0);
    long now = fixture.now();
    for (int i = 0; i < 2 * BATCH; i++) {
      batch.attributes().add("number", i / 2);
      batch.endRow(
          resource, scope, 5, 7, 1, 0, 0, 0, batch.arena().append("x"), 2, now, now, 0, 0, 0, 0, 0);
    }
    fixture.offer(TENANT, batch);
    try (QueryContext context = fixture.context(TENANT)) {
      assertThat(fixture.engine.source().trace(5, 7, context).rows()).isEqualTo(BATCH);
    }
  }
}
