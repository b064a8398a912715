package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.OTHER;
import static io.ghostworks.records.EngineFixture.TENANT;
import static io.ghostworks.records.EngineFixture.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogLimitCheckTest {
  private final EngineFixture fixture = new EngineFixture(1);

  @BeforeEach
  void open() throws IOException {
    fixture.open();
  }

  @Test
  void linesThatAreTooLongAreRefusedOrCut() {
    fixture.logLimits = limits(5, false, 0, 0, 0);
    Acknowledgement answer = fixture.offer(TENANT, lines(fixture.now(), "12345", "123456"));
    assertThat(answer.acceptedRows()).isEqualTo(1);
    assertThat(answer.rejections())
        .containsExactly(
            new Rejection(
                Rejection.Reason.LINE_TOO_LONG,
                1,
                "max entry size '5' bytes exceeded for stream '{service_name=\"api\"}' while adding"
                    + " an entry with length '6' bytes"));
    fixture.logLimits = limits(5, true, 0, 0, 0);
    fixture.offer(TENANT, lines(fixture.now() + 10, "abcdefg"));
    assertThat(fixture.bodies(TENANT)).containsExactly("12345", "abcde");
  }

  @Test
  void newStreamsBeyondTheLimitAreRefusedUntilOthersAreForgotten() {
    fixture.logLimits = limits(0, false, 2, 0, 0);
    assertThat(fixture.offer(TENANT, stream("a")).acceptedRows()).isEqualTo(1);
    assertThat(fixture.offer(TENANT, stream("b")).acceptedRows()).isEqualTo(1);
    Acknowledgement refused = fixture.offer(TENANT, stream("c"));
    assertThat(refused.acceptedRows()).isZero();
    assertThat(refused.rejections().getFirst().example())
        .contains("maximum active stream limit exceeded when trying to create stream");
    assertThat(fixture.offer(TENANT, stream("a")).acceptedRows()).isEqualTo(1);
    assertThat(fixture.offer(OTHER, stream("c")).acceptedRows()).isEqualTo(1);
    fixture.time.advance(Duration.ofMinutes(70));
    assertThat(fixture.offer(TENANT, stream("c")).acceptedRows()).isEqualTo(1);
  }

  @Test
  void aTenantThatSendsMoreThanItsRateIsToldToWait() {
    fixture.logLimits = limits(0, false, 0, 100, 0);
    fixture.offer(TENANT, lines(fixture.now(), "x".repeat(90)));
    LogBatch more = lines(fixture.now(), "x".repeat(90));
    assertThatThrownBy(() -> fixture.offer(TENANT, more))
        .hasCauseInstanceOf(OverloadedException.class)
        .hasMessageContaining("ingestion rate limit exceeded for user acme (limit: 100 bytes/sec)");
    fixture.time.advance(Duration.ofSeconds(1));
    assertThat(fixture.offer(TENANT, lines(fixture.now(), "x".repeat(90))).acceptedRows())
        .isEqualTo(1);
  }

  @Test
  void keysBeyondTheBudgetRefuseTheirRecordsOnly() {
    fixture.logLimits = limits(0, false, 0, 0, 2);
    LogBatch batch = lines(fixture.now());
    for (String key : new String[] {"a", "b", "a"}) {
      batch.body().addString(key);
      batch.attributes().add(key, "v");
      batch.endRow(0, 0, 0, fixture.now() + batch.rows(), 0, 9, 0, 0, 0, 0, 0, 0, 0);
    }
    // The resource has a key, too: service.name is the first of the two.
    Acknowledgement answer = fixture.offer(TENANT, batch);
    assertThat(answer.acceptedRows()).isEqualTo(2);
    assertThat(answer.rejections().getFirst().reason())
        .isEqualTo(Rejection.Reason.ATTRIBUTE_KEY_LIMIT);
    assertThat(answer.rejections().getFirst().example()).contains("'b' would be one more");
    assertThat(fixture.bodies(TENANT)).containsExactly("a", "a");
  }

  @Test
  void labelsAndMetadataHaveBounds() {
    LogLimits all = LogLimits.defaults();
    fixture.logLimits =
        new LogLimits(0, false, 0, 0, 0, 2, 5, 6, 4, 1, Duration.ofHours(1), all.futureMax(), 0);
    assertThat(reason(stream(Labels.of("a", "1", "b", "2", "c", "3"), 0)))
        .isEqualTo("max_label_names_per_series");
    assertThat(reason(stream(Labels.of("abcdef", "1"), 0))).isEqualTo("label_name_too_long");
    assertThat(reason(stream(Labels.of("a", "1234567"), 0))).isEqualTo("label_value_too_long");
    assertThat(reason(stream(Labels.of("a", "1"), 2))).isEqualTo("structured_metadata_too_many");
    LogBatch large = new LogBatch();
    large.attributes().add("k", "long value");
    assertThat(reason(row(large, Labels.of("a", "1"), fixture.now())))
        .isEqualTo("structured_metadata_too_large");
    long old = fixture.now() - Duration.ofHours(2).toNanos();
    assertThat(reason(row(new LogBatch(), Labels.of("a", "1"), old))).isEqualTo("too_old");
  }

  private String reason(LogBatch batch) {
    return fixture.offer(TENANT, batch).rejections().getFirst().reason().label();
  }

  private LogBatch stream(String app) {
    return row(new LogBatch(), Labels.of("app", app), fixture.now());
  }

  private LogBatch stream(Labels labels, int attributes) {
    LogBatch batch = new LogBatch();
    for (int i = 0; i < attributes; i++) {
      batch.attributes().add("" + i, "");
    }
    return row(batch, labels, fixture.now());
  }

  private static LogBatch row(LogBatch batch, Labels labels, long timeNanos) {
    batch.body().addString("line");
    batch.endRow(
        batch.resources().end(0, 0),
        batch.scopes().end(0, 0, 0, 0),
        batch.streams().add(labels),
        timeNanos,
        0,
        9,
        0,
        0,
        0,
        0,
        0,
        0,
        0);
    return batch;
  }

  private static LogLimits limits(long lineBytes, boolean cut, int streams, long rate, int keys) {
    return new LogLimits(
        lineBytes,
        cut,
        streams,
        rate,
        rate,
        0,
        0,
        0,
        0,
        0,
        Duration.ZERO,
        Duration.ofMinutes(10),
        keys);
  }
}
