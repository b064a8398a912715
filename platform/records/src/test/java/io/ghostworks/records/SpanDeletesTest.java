package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.TENANT;
import static io.ghostworks.records.EngineFixture.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpanDeletesTest {

  private final EngineFixture fixture = new EngineFixture(1);

  private RecordDelete delete(Filter filter) {
    long now = fixture.time.epochMs();
    var answer = fixture.engine.spanDeletes().request(TENANT, "q", filter, now - 60_000, now);
    fixture.engine.drive();
    return answer.join();
  }

  private int spans(long trace) {
    try (QueryContext context = fixture.context(TENANT)) {
      return fixture.engine.source().trace(trace, trace, context).rows();
    }
  }

  private void send(long trace, long id, String name) {
    fixture.offer(TENANT, span(fixture.now() - 1_000_000_000L, trace, id, name));
  }

  @Test
  void hidesATraceAtOnceAndNotWhatArrivesLater() throws IOException {
    fixture.open();
    send(5, 1, "a");
    fixture.engine.flush();
    send(5, 2, "b");
    send(6, 3, "c");
    RecordDelete delete = delete(new Filter.Traces(Set.of(new TraceKey(5, 5))));
    assertThat(spans(5)).isZero();
    assertThat(spans(6)).isEqualTo(1);
    send(5, 4, "later");
    assertThat(spans(5)).isEqualTo(1);
    fixture.kill();
    fixture.engine.flush();
    assertThat(spans(5)).isEqualTo(1);
    assertThat(fixture.engine.spanDeletes().list(TENANT)).containsExactly(delete);
    assertThat(fixture.engine.deletes().list(TENANT)).isEmpty();
  }

  @Test
  void removesTheSpansOnceNobodyCanCancel() throws IOException {
    fixture.open();
    for (int i = 0; i < 500; i++) {
      send(10 + i, i, "secret");
    }
    send(6, 1, "kept");
    fixture.engine.flush();
    long before = fixture.engine.partBytes();
    delete(
        new Filter.Compare(Field.NAME, Filter.Operator.EQUAL, new Filter.Literal.Text("secret")));
    assertThat(spans(10)).isZero();
    assertThat(spans(6)).isEqualTo(1);
    fixture.time.advance(Duration.ofHours(25));
    fixture.engine.maintain();
    assertThat(fixture.engine.partBytes()).isLessThan(before);
    assertThat(spans(10)).isZero();
    assertThat(spans(6)).isEqualTo(1);
    assertThat(fixture.engine.spanDeletes().list(TENANT))
        .extracting(RecordDelete::state)
        .containsExactly(RecordDelete.State.PROCESSED);
  }

  @Test
  void aPartWithoutTheTraceStaysAsItIs() throws IOException {
    fixture.open();
    send(6, 1, "c");
    fixture.engine.flush();
    var files = fixture.partFiles();
    delete(new Filter.Traces(Set.of(new TraceKey(5, 5))));
    fixture.time.advance(Duration.ofHours(25));
    fixture.engine.maintain();
    assertThat(fixture.partFiles()).isEqualTo(files);
    assertThat(spans(6)).isEqualTo(1);
  }

  @Test
  void cancellingShowsTheSpansAgain() throws IOException {
    fixture.open();
    send(5, 1, "a");
    RecordDelete delete = delete(Filter.ALL);
    assertThat(spans(5)).isZero();
    var cancelled = fixture.engine.spanDeletes().cancel(TENANT, delete.id(), false);
    fixture.engine.drive();
    assertThat(cancelled).isCompleted();
    assertThat(spans(5)).isEqualTo(1);
  }
}
