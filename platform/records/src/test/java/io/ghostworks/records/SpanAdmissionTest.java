package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpanAdmissionTest {

  private final EngineFixture fixture = new EngineFixture(1);

  private static SpanBatch spans(long now, String service, int count, String value) {
    SpanBatch batch = new SpanBatch();
    batch.resources().attributes().add("service.name", service);
    int resource = batch.resources().end(0, 0);
    int scope = batch.scopes().end(0, 0, 0, 0);
    for (int i = 0; i < count; i++) {
      batch.attributes().add("a.long.key", value);
      batch.endRow(resource, scope, 5, 5, i + 1, 0, 0, 0, 0, 1, now, now, 0, 0, 0, 0, 0);
    }
    return batch;
  }

  private SpanBatch trace() {
    try (QueryContext context = fixture.context(TENANT)) {
      return fixture.engine.source().trace(5, 5, context);
    }
  }

  @Test
  void aRuleOfAServiceDecidesHowLongItsSpansAreKept() throws IOException {
    fixture.retention =
        new RecordRetention(
            List.of(
                new RecordRetention.Rule(
                    "short",
                    Optional.of(TENANT),
                    true,
                    List.of(new LabelMatcher.Equal("service_name", "noisy")),
                    Duration.ofDays(1))),
            Duration.ofDays(30),
            Duration.ofDays(90),
            Duration.ofDays(7));
    fixture.open();
    fixture.offer(TENANT, spans(fixture.now(), "noisy", 2, "v"));
    fixture.offer(TENANT, spans(fixture.now(), "api", 3, "w"));
    fixture.engine.flush();
    assertThat(trace().rows()).isEqualTo(5);
    fixture.time.advance(Duration.ofDays(3));
    fixture.engine.maintain();
    assertThat(trace().rows()).isEqualTo(3);
    fixture.time.advance(Duration.ofDays(6));
    fixture.engine.maintain();
    assertThat(trace().rows()).isZero();
  }

  @Test
  void aSpanWithoutATimeGetsOneOfItsOwnElseNow() throws IOException {
    fixture.open();
    long now = fixture.now();
    SpanBatch batch = spans(now, "api", 1, "v");
    batch.endRow(0, 0, 5, 5, 2, 1, 0, 0, 0, 1, 0, now - 7, 0, 0, 0, 0, 0);
    batch.events().end(now - 9, 0, 0);
    batch.endRow(0, 0, 5, 5, 3, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
    batch.endRow(0, 0, 5, 5, 4, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
    assertThat(fixture.offer(TENANT, batch).acceptedRows()).isEqualTo(4);
    SpanBatch stored = trace();
    for (int row = 0; row < stored.rows(); row++) {
      long expected =
          switch ((int) stored.spanId(row)) {
            case 2 -> now - 7;
            case 3 -> now - 9;
            default -> now;
          };
      assertThat(stored.startNanos(row)).isEqualTo(expected);
      assertThat(stored.endNanos(row)).isEqualTo(expected);
    }
  }

  @Test
  void spansBeyondTheirTracesLimitAreRefusedWithTheReason() throws IOException {
    fixture.spanLimits = new SpanLimits(0, 0, 0, 0, 4);
    fixture.open();
    Acknowledgement answer = fixture.offer(TENANT, spans(fixture.now(), "api", 6, "v"));
    assertThat(answer.acceptedRows()).isEqualTo(4);
    assertThat(answer.rejections())
        .extracting(Rejection::reason)
        .containsExactly(Rejection.Reason.TOO_MANY_SPANS);
    fixture.spanLimits = new SpanLimits(0, 0, 0, 700, 0);
    assertThat(fixture.offer(TENANT, spans(fixture.now(), "api", 6, "v")).rejections())
        .extracting(Rejection::reason)
        .containsExactly(Rejection.Reason.TRACE_TOO_LARGE);
  }

  @Test
  void moreThanTheRateIsRefusedAsALimit() throws IOException {
    fixture.spanLimits = new SpanLimits(1000, 1000, 0, 0, 0);
    fixture.open();
    fixture.offer(TENANT, spans(fixture.now(), "api", 5, "v"));
    assertThat(fixture.sent(TENANT, spans(fixture.now(), "api", 9, "v")))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(OverloadedException.class)
        .withMessageContaining("RATE_LIMITED");
    fixture.time.advance(Duration.ofSeconds(2));
    fixture.offer(TENANT, spans(fixture.now(), "api", 5, "v"));
  }

  @Test
  void longKeysAndTextsAreCutBetweenCharacters() throws IOException {
    fixture.spanLimits = new SpanLimits(0, 0, 5, 0, 0);
    fixture.open();
    fixture.offer(TENANT, spans(fixture.now(), "a service", 1, "ключ"));
    SpanBatch trace = trace();
    assertThat(trace.attributes().findString(0, "a.lon")).isEqualTo("кл");
    assertThat(trace.resources().attributes().findString(trace.resource(0), "servi"))
        .isEqualTo("a ser");
  }
}
