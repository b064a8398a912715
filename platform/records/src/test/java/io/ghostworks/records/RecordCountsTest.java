package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.CountRequest;
import io.ghostworks.query.record.StreamCounts;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordCountsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long FROM = EngineFixture.START - 600 * SECOND;

  @Test
  void countsByStreamLevelAndStepWithEqualRecordsOnce() throws IOException {
    EngineFixture fixture = new EngineFixture(1).open();
    fixture.offer(TENANT, records());
    fixture.engine.flush();
    fixture.offer(TENANT, records());
    CountRequest request =
        new CountRequest(
            List.of(List.of(new LabelMatcher.Equal("app", "a"))),
            FROM,
            FROM + 60 * SECOND,
            15 * SECOND,
            true);
    List<StreamCounts> counts = counts(fixture, request);
    assertThat(counts).hasSize(2);
    assertThat(counts.getFirst().stream()).isEqualTo(Labels.of("app", "a"));
    assertThat(counts.getFirst().level()).isEqualTo("error");
    assertThat(counts.getFirst().steps()).containsExactly(1);
    assertThat(counts.getFirst().rows()).containsExactly(1);
    assertThat(counts.getFirst().bytes()).containsExactly(5);
    assertThat(counts.getLast().level()).isEqualTo("info");
    assertThat(counts.getLast().steps()).containsExactly(0, 3);
    assertThat(counts.getLast().rows()).containsExactly(2, 1);
    assertThat(counts.getLast().bytes()).containsExactly(6, 5);
    List<StreamCounts> whole =
        counts(fixture, CountRequest.whole(List.of(), FROM, FROM + 61 * SECOND, false));
    assertThat(whole).hasSize(2);
    assertThat(whole.getFirst().totalRows()).isEqualTo(5);
    assertThat(whole.getLast().totalRows()).isEqualTo(1);
  }

  private static List<StreamCounts> counts(EngineFixture fixture, CountRequest request) {
    try (QueryContext context = fixture.context(TENANT)) {
      return fixture.engine.source().counts(request, context);
    }
  }

  private static LogBatch records() {
    LogBatch batch = new LogBatch();
    int resource = batch.resources().end(0, 0);
    int scope = batch.scopes().end(0, 0, 0, 0);
    int a = batch.streams().add(Labels.of("app", "a"));
    int b = batch.streams().add(Labels.of("app", "b"));
    record Line(int stream, long second, int severity, String text) {}
    for (Line line :
        List.of(
            new Line(a, 0, 9, "one"),
            new Line(a, 14, 9, "two"),
            new Line(a, 15, 17, "three"),
            new Line(a, 59, 9, "fours"),
            new Line(a, 60, 9, "out"),
            new Line(b, 3, 9, "other"))) {
      batch.body().addString(line.text());
      batch.endRow(
          resource,
          scope,
          line.stream(),
          FROM + line.second() * SECOND,
          0,
          line.severity(),
          0,
          0,
          0,
          0,
          0,
          0,
          0);
    }
    return batch;
  }
}
