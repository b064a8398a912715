package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.storage.file.SimulatedFault;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One run of offers, flushes, a merge and a restart, in which each call of the disk fails once. */
class SeriesEngineFaultTest {
  private static final Labels SERIES = Labels.of("__name__", "m", "job", "api");

  private final Map<Long, Double> acknowledged = new HashMap<>();
  private EngineFixture fixture = new EngineFixture(0);

  @ParameterizedTest
  @EnumSource(names = {"IO_ERROR", "CRASH"})
  void losesNothingAcknowledgedWhicheverCallFails(SimulatedFault fault) throws IOException {
    failEachCallOnce(fault);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(names = {"TORN", "NO_SPACE"})
  void losesNothingAcknowledgedWhicheverWriteIsCutShort(SimulatedFault fault) throws IOException {
    failEachCallOnce(fault);
  }

  private void failEachCallOnce(SimulatedFault fault) throws IOException {
    fixture = new EngineFixture(7);
    run();
    long calls = fixture.files.calls();
    assertThat(calls).isGreaterThan(100);
    for (long call = 1; call <= calls; call++) {
      fixture = new EngineFixture(call);
      acknowledged.clear();
      fixture.files.failCall(call, fault);
      run();
      fixture.files.failNothing();
      if (fixture.files.isPowerFailed()) {
        fixture.files.crash();
      } else {
        fixture.files.killProcess();
      }
      fixture.open();
      checkAll("call %d: %s".formatted(call, fault));
    }
  }

  private void run() {
    try {
      fixture.open();
      long start = fixture.time.epochMs();
      for (int i = 0; i < 5; i++) {
        offer(start + i * 1_000L, i);
        offer(start + i * 1_000L - 500, i + 0.5);
        attempt(fixture.engine::flush);
        fixture.time.advance(Duration.ofSeconds(10));
      }
      attempt(fixture.engine::merge);
      offer(fixture.time.epochMs(), 8);
      fixture.restart();
      offer(fixture.time.epochMs() + 1, 9);
      attempt(fixture.engine::flush);
    } catch (IOException e) {
      // The run ends here: as after a failed start.
    }
  }

  private void offer(long timestampMs, double value) {
    SeriesBatch batch = new SeriesBatch("");
    int set = batch.sets().add(SERIES);
    batch.add(set, timestampMs, value);
    batch.addExemplar(
        set, new Exemplar(Labels.of("trace_id", "t" + timestampMs), value, timestampMs));
    batch.addMetadata("m", new MetricMetadata(MetricType.GAUGE, "help " + value, ""));
    CompletableFuture<Acknowledgement> answer = fixture.engine.offer(TENANT, batch);
    fixture.journal.drive();
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      assertThat(answer.join()).isEqualTo(Acknowledgement.accepted(1));
      acknowledged.put(timestampMs, value);
    }
  }

  private static void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (IOException e) {
      // The engine goes on and tries again later.
    }
  }

  private void checkAll(String description) {
    Map<Long, Long> read = fixture.read(TENANT).getOrDefault(SERIES, Map.of());
    acknowledged.forEach((time, value) ->
        assertThat(read).as(description).containsEntry(time, Double.doubleToRawLongBits(value)));
    try (QueryContext context = fixture.context(TENANT)) {
      List<Exemplar> exemplars =
          fixture
              .engine
              .exemplars(List.of(List.of()), 0, Long.MAX_VALUE, context)
              .getOrDefault(SERIES, List.of());
      acknowledged.keySet().stream()
          .sorted(java.util.Comparator.reverseOrder())
          .limit(5)
          .forEach(time ->
              assertThat(exemplars)
                  .as(description)
                  .anyMatch(exemplar -> exemplar.timestampMs() == time));
      if (!acknowledged.isEmpty()) {
        assertThat(fixture.engine.metadata(context)).as(description).containsKey("m");
      }
    }
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }
}
