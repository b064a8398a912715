package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.TENANT;
import static io.ghostworks.records.EngineFixture.lines;
import static io.ghostworks.records.EngineFixture.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.storage.file.SimulatedFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One run of offers, deletes, flushes, a merge and a restart, in which each call of the disk fails
 * once.
 */
class RecordsEngineFaultTest {
  private final Set<String> sent = new HashSet<>();
  private final Set<String> acknowledged = new HashSet<>();
  private final Set<String> deleted = new HashSet<>();
  private EngineFixture fixture = new EngineFixture(0);

  @ParameterizedTest
  @EnumSource(SimulatedFault.class)
  @Tag("long")
  void acknowledgedRowsAreReadableAndNoOthersWhicheverCallFails(SimulatedFault fault)
      throws IOException {
    failCalls(fault, 1);
  }

  @ParameterizedTest
  @EnumSource(SimulatedFault.class)
  void acknowledgedRowsAreReadableAndNoOthersWhereAThirdOfTheCallsFails(SimulatedFault fault)
      throws IOException {
    failCalls(fault, 3);
  }

  private void failCalls(SimulatedFault fault, int stride) throws IOException {
    fixture = new EngineFixture(7);
    run();
    long calls = fixture.files.calls();
    assertThat(calls).isGreaterThan(150);
    for (long call = 1; call <= calls; call += stride) {
      fixture = new EngineFixture(call);
      sent.clear();
      acknowledged.clear();
      deleted.clear();
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
      assertThat(fixture.memory.usedBytes()).as(when).isEqualTo(fixture.engine.memoryBytes());
    }
  }

  private void run() {
    try {
      fixture.open();
      for (int i = 0; i < 4; i++) {
        offerLine("line " + i);
        offerSpan(i + 1);
        attempt(fixture.engine::flush);
        offerLine("more " + i);
        fixture.time.advance(Duration.ofSeconds(10));
      }
      attempt(fixture.engine::maintain);
      delete("more 1");
      offerLine("more 100");
      attempt(fixture.engine::flush);
      fixture.time.advance(Duration.ofHours(25));
      attempt(fixture.engine::maintain);
      offerLine("secret");
      delete("secret");
      offerSpan(100);
      fixture.restart();
      offerLine("after the restart");
      attempt(fixture.engine::flush);
    } catch (IOException e) {
      // The run ends here: as after a failed start.
    }
  }

  private void offerLine(String line) {
    sent.add(line);
    note(line, fixture.sent(TENANT, lines(fixture.now(), line)));
  }

  private void offerSpan(long id) {
    sent.add("span " + id);
    note("span " + id, fixture.sent(TENANT, span(fixture.now(), 5, id, "span " + id)));
  }

  private void note(String row, CompletableFuture<Acknowledgement> answer) {
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      assertThat(answer.join()).isEqualTo(Acknowledgement.accepted(1));
      acknowledged.add(row);
    }
  }

  /** What a delete that may have failed selects may be there or not. */
  private void delete(String needle) {
    Filter filter = new Filter.Contains(Field.BODY, needle.getBytes(StandardCharsets.UTF_8));
    var answer =
        fixture.engine.deletes().request(TENANT, needle, filter, 0, fixture.time.epochMs());
    fixture.engine.drive();
    List<String> selected = sent.stream().filter(line -> line.contains(needle)).toList();
    selected.forEach(acknowledged::remove);
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      deleted.addAll(selected);
    }
  }

  private static void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (IOException e) {
      // The engine goes on and tries again later.
    }
  }

  private void check(String when) {
    Set<String> readable = new HashSet<>(fixture.bodies(TENANT));
    try (QueryContext context = fixture.context(TENANT)) {
      SpanBatch trace = fixture.engine.source().trace(5, 5, context);
      for (int row = 0; row < trace.rows(); row++) {
        readable.add(trace.arena().text(trace.name(row)));
      }
    }
    assertThat(readable).as(when).containsAll(acknowledged);
    assertThat(deleted).as(when).noneMatch(readable::contains);
    assertThat(sent).as(when).containsAll(readable);
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }
}
