package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.TENANT;
import static io.ghostworks.records.EngineFixture.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.storage.file.SimulatedFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One run in which spans are sent, traces kept, given up and deleted, memory flushed and parts
 * merged, and in which each call of the disk fails once. What was acknowledged is there and counts
 * once, what was deleted stays away, what was kept outlives its retention, also through a restart.
 */
class KeptTracesFaultTest {
  private static final long KEPT = 1;
  private static final long KEPT_LATER = 2;
  private static final long GIVEN_UP = 3;
  private static final long DELETED = 4;
  private static final long KEPT_AND_DELETED = 5;
  private static final long PLAIN = 6;
  private static final List<Long> ALL =
      List.of(KEPT, KEPT_LATER, GIVEN_UP, DELETED, KEPT_AND_DELETED, PLAIN);

  private final Set<String> sent = new HashSet<>();
  private final Set<String> acknowledged = new HashSet<>();
  private final Set<Long> kept = new HashSet<>();
  private final Set<Long> givenUp = new HashSet<>();

  /** Traces of which it is not known whether they are kept, or deleted. */
  private final Set<Long> unknown = new HashSet<>();

  private final Set<Long> deleted = new HashSet<>();
  private EngineFixture fixture = new EngineFixture(0);

  @ParameterizedTest
  @EnumSource(SimulatedFault.class)
  @Tag("long")
  void promisesOfTracesHoldWhicheverCallFails(SimulatedFault fault) throws IOException {
    failCalls(fault, 1);
  }

  @ParameterizedTest
  @EnumSource(SimulatedFault.class)
  void promisesOfTracesHoldWhereSomeOfTheCallsFail(SimulatedFault fault) throws IOException {
    failCalls(fault, 13);
  }

  private void failCalls(SimulatedFault fault, int stride) throws IOException {
    begin(11);
    run();
    long calls = fixture.files.calls();
    assertThat(calls).isGreaterThan(100);
    assertThat(kept).containsExactlyInAnyOrder(KEPT, KEPT_LATER);
    assertThat(deleted).containsExactlyInAnyOrder(DELETED, KEPT_AND_DELETED);
    for (long call = stride; call <= calls; call += stride) {
      begin(call);
      fixture.files.failCall(call, fault);
      run();
      String when = "call %d: %s".formatted(call, fault);
      fixture.files.failNothing();
      if (fixture.files.isPowerFailed() || call % 2 == 0) {
        fixture.files.crash();
      } else {
        fixture.files.killProcess();
      }
      fixture.open();
      check(when);
      fixture.engine.flush();
      fixture.engine.maintain();
      check(when);
      fixture.restart();
      check(when);
      fixture.time.advance(Duration.ofDays(100));
      fixture.engine.maintain();
      checkOutlived(when);
      fixture.kill();
      checkOutlived(when);
      assertThat(fixture.queries.usedBytes()).as(when).isZero();
      assertThat(fixture.memory.usedBytes()).as(when).isEqualTo(fixture.engine.memoryBytes());
    }
  }

  private void begin(long seed) {
    fixture = new EngineFixture(seed);
    List.of(sent, acknowledged).forEach(Set::clear);
    List.of(kept, givenUp, unknown, deleted).forEach(Set::clear);
  }

  private void run() {
    try {
      fixture.open();
      ALL.forEach(trace -> offer(trace, 1));
      keep(KEPT);
      keep(GIVEN_UP);
      keep(KEPT_AND_DELETED);
      attempt(fixture.engine::flush);
      ALL.forEach(trace -> offer(trace, 2));
      delete(DELETED);
      keep(KEPT_LATER);
      giveUp(GIVEN_UP);
      attempt(fixture.engine::flush);
      delete(KEPT_AND_DELETED);
      fixture.time.advance(Duration.ofMinutes(2));
      attempt(fixture.engine::maintain);
      offer(KEPT, 3);
      offer(PLAIN, 3);
      fixture.restart();
      attempt(fixture.engine::flush);
      fixture.time.advance(Duration.ofHours(25));
      attempt(fixture.engine::maintain);
      offer(KEPT_LATER, 4);
    } catch (IOException e) {
      // The run ends here: as after a failed start.
    }
  }

  private void offer(long trace, long id) {
    String row = trace + "/" + id;
    sent.add(row);
    var answer = fixture.sent(TENANT, span(fixture.now() - 1_000_000, trace, id, row));
    if (succeeded(answer)) {
      assertThat(answer.join()).isEqualTo(Acknowledgement.accepted(1));
      acknowledged.add(row);
    }
  }

  private void keep(long trace) {
    try (QueryContext context = fixture.context(TENANT)) {
      var answer = fixture.engine.kept().keep(new TraceKey(trace, trace), context);
      fixture.engine.drive();
      if (!succeeded(answer)) {
        unknown.add(trace);
      } else if (answer.join().isPresent()) {
        kept.add(trace);
      }
    } catch (UncheckedIOException e) {
      unknown.add(trace); // Its rows could not be read.
    }
  }

  private void giveUp(long trace) {
    var answer = fixture.engine.kept().unkeep(TENANT, new TraceKey(trace, trace));
    fixture.engine.drive();
    kept.remove(trace);
    if (succeeded(answer)) {
      givenUp.add(trace);
    } else {
      unknown.add(trace);
    }
  }

  private void delete(long trace) {
    long now = fixture.time.epochMs();
    var answer =
        fixture
            .engine
            .spanDeletes()
            .request(
                TENANT,
                "q",
                new Filter.Traces(Set.of(new TraceKey(trace, trace))),
                now - 60_000,
                now);
    fixture.engine.drive();
    kept.remove(trace);
    acknowledged.removeIf(row -> row.startsWith(trace + "/"));
    unknown.add(trace);
    if (succeeded(answer)) {
      deleted.add(trace);
    }
  }

  private static boolean succeeded(CompletableFuture<?> answer) {
    return answer.isDone() && !answer.isCompletedExceptionally();
  }

  private static void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (IOException e) {
      // The engine goes on and tries again later.
    }
  }

  private void check(String when) {
    List<String> readable = new ArrayList<>();
    ALL.forEach(trace -> readable.addAll(rows(trace)));
    assertThat(readable).as(when).doesNotHaveDuplicates().containsAll(acknowledged);
    assertThat(sent).as(when).containsAll(readable);
    deleted.forEach(trace -> assertThat(rows(trace)).as(when).isEmpty());
    kept.forEach(trace -> assertThat(find(trace)).as(when).isPresent());
    givenUp.forEach(trace -> assertThat(find(trace)).as(when).isEmpty());
  }

  /** After the retention of everything. */
  private void checkOutlived(String when) {
    for (long trace : ALL) {
      List<String> rows = rows(trace);
      assertThat(rows).as(when).doesNotHaveDuplicates();
      if (kept.contains(trace)) {
        assertThat(rows).as(when).containsAll(acknowledgedOf(trace));
        assertThat(find(trace)).as(when).isPresent();
      } else if (deleted.contains(trace) || !unknown.contains(trace)) {
        assertThat(rows).as("%s: trace %d", when, trace).isEmpty();
      }
    }
  }

  private List<String> acknowledgedOf(long trace) {
    return acknowledged.stream().filter(row -> row.startsWith(trace + "/")).toList();
  }

  private Optional<KeptTrace> find(long trace) {
    return fixture.engine.kept().find(TENANT, new TraceKey(trace, trace));
  }

  private List<String> rows(long trace) {
    List<String> rows = new ArrayList<>();
    try (QueryContext context = fixture.context(TENANT)) {
      SpanBatch spans = fixture.engine.source().trace(trace, trace, context);
      for (int row = 0; row < spans.rows(); row++) {
        rows.add(spans.arena().text(spans.name(row)));
      }
    }
    return rows;
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }
}
