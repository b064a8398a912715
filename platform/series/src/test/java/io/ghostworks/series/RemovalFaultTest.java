package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.storage.file.SimulatedFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One run with deletes, an import, a snapshot and the removal of what is deleted, in which each
 * call of the disk fails once: what was acknowledged holds, in the data and in the snapshot.
 */
class RemovalFaultTest {
  private static final Labels SERIES = Labels.of("__name__", "m");
  private static final Labels OTHER = Labels.of("__name__", "n");
  private static final Path SNAPSHOT = Path.of("/data/snapshots/one");

  private final Map<Long, Long> expected = new HashMap<>();
  private final Set<Long> gone = new HashSet<>();
  private final Set<Long> unsure = new HashSet<>();
  private Map<Labels, Map<Long, Long>> atSnapshot = Map.of();
  private boolean snapshotTaken;
  private EngineFixture fixture = new EngineFixture(0);

  @ParameterizedTest
  @EnumSource(names = {"IO_ERROR", "CRASH", "TORN"})
  void holdsWhatWasAcknowledgedWhicheverCallFails(SimulatedFault fault) throws IOException {
    fixture = new EngineFixture(7);
    run();
    assertThat(snapshotTaken).isTrue();
    assertThat(gone).isNotEmpty();
    long calls = fixture.files.calls();
    for (long call = 1; call <= calls; call++) {
      String description = "call %d: %s".formatted(call, fault);
      fixture = new EngineFixture(call);
      fixture.files.failCall(call, fault);
      run();
      fixture.files.failNothing();
      if (fixture.files.isPowerFailed()) {
        fixture.files.crash();
      } else {
        fixture.files.killProcess();
      }
      fixture.open();
      check(description);
      Map<Labels, Map<Long, Long>> first = fixture.read(TENANT);
      fixture.restart();
      assertThat(fixture.read(TENANT)).as(description).isEqualTo(first);
      checkSnapshot(description);
    }
  }

  private void run() {
    expected.clear();
    gone.clear();
    unsure.clear();
    snapshotTaken = false;
    try {
      fixture.open();
      long start = fixture.time.epochMs();
      for (int i = 0; i < 4; i++) {
        offer(start + i, i);
        if (i == 1) {
          attempt(fixture.engine::flush);
        }
      }
      delete(start, start + 2);
      offer(start + 1, 9);
      importRows(start - 86_400_000, start + 2);
      attempt(() -> snapshot());
      fixture.time.advance(Cleaning.GATHERING.plus(Duration.ofSeconds(1)));
      for (int i = 0; i < 3; i++) {
        attempt(fixture.engine::clean);
      }
      fixture.restart();
      offer(fixture.time.epochMs(), 11);
      delete(start + 3, start + 3);
      attempt(fixture.engine::flush);
    } catch (IOException | UncheckedIOException e) {
      // The run ends here: as after a failed start.
    }
  }

  private void offer(long timestampMs, double value) {
    CompletableFuture<Acknowledgement> answer =
        fixture.engine.offer(TENANT, EngineFixture.batch(SERIES, timestampMs, value));
    fixture.journal.drive();
    note(answer, timestampMs, value);
  }

  private void importRows(long... timestampsMs) {
    for (long time : timestampsMs) {
      SeriesBatch batch = EngineFixture.batch(SERIES, time, 7);
      note(fixture.engine.imports().offer(TENANT, batch), time, 7);
    }
  }

  private void note(CompletableFuture<Acknowledgement> answer, long timestampMs, double value) {
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      if (answer.join().acceptedRows() == 1) {
        expected.put(timestampMs, Double.doubleToRawLongBits(value));
        gone.remove(timestampMs);
        unsure.remove(timestampMs);
      }
    } else {
      unsure.add(timestampMs);
    }
  }

  private void delete(long startMs, long endMs) {
    CompletableFuture<Void> answer =
        fixture.engine.delete(
            TENANT, List.of(new LabelMatcher.Equal("__name__", "m")), startMs, endMs);
    fixture.journal.drive();
    boolean done = answer.isDone() && !answer.isCompletedExceptionally();
    for (long time = startMs; time <= endMs; time++) {
      expected.remove(time);
      if (done && !unsure.contains(time)) {
        gone.add(time);
      } else {
        unsure.add(time);
      }
    }
  }

  private void snapshot() throws IOException {
    Map<Labels, Map<Long, Long>> now = fixture.read(TENANT);
    try {
      var _ = fixture.engine.snapshot(SNAPSHOT, true).join();
      atSnapshot = now;
      snapshotTaken = true;
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw e;
    }
  }

  private static void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (IOException | UncheckedIOException e) {
      // The engine goes on and tries again later.
    }
  }

  private void check(String description) {
    Map<Labels, Map<Long, Long>> all = fixture.read(TENANT);
    assertThat(all).as(description).doesNotContainKey(OTHER);
    Map<Long, Long> read = new TreeMap<>(all.getOrDefault(SERIES, Map.of()));
    read.keySet().removeAll(unsure);
    Map<Long, Long> wanted = new TreeMap<>(expected);
    wanted.keySet().removeAll(unsure);
    assertThat(read).as(description).isEqualTo(wanted);
  }

  private void checkSnapshot(String description) throws IOException {
    if (!snapshotTaken) {
      return;
    }
    fixture.engine.close();
    fixture.directory = Path.of("/other/series");
    fixture.journalDirectory = Path.of("/other/journal");
    SeriesSnapshot.restore(fixture.files, SNAPSHOT, fixture.directory, fixture.journalDirectory);
    fixture.open();
    assertThat(fixture.read(TENANT)).as(description).isEqualTo(atSnapshot);
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }
}
