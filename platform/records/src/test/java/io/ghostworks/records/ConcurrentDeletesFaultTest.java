package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.storage.file.SimulatedFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several writers send rows and delete each other's in the same commits, while calls of the disk
 * fail, the process is killed and the power fails: what was acknowledged is there unless a delete
 * took it, what an acknowledged delete took never comes back, and nothing is there twice.
 */
class ConcurrentDeletesFaultTest {
  private static final int WRITERS = 4;
  private static final int ROUNDS = 60;

  private final Map<String, Row> rows = new HashMap<>();
  private EngineFixture fixture = new EngineFixture(0);
  private Random random = new Random(0);

  /** What is known of a row: whether it must, may or must not be there. */
  private static final class Row {
    private final String app;
    private boolean acknowledged;
    private boolean mayBeHidden;
    private boolean gone;

    private Row(String app) {
      this.app = app;
    }
  }

  private record Sent(String text, CompletableFuture<?> answer) {}

  /** A delete with the rows that were acknowledged, or on their way, when it was asked for. */
  private record Deleted(List<Row> stored, List<Row> pending, CompletableFuture<?> answer) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void acknowledgedRowsAndDeletesOutliveEveryKill(long seed) throws IOException {
    fixture = new EngineFixture(seed).open();
    random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String when = "seed %d, round %d".formatted(seed, round);
      boolean fault = random.nextInt(3) == 0;
      if (fault) {
        SimulatedFault[] faults = SimulatedFault.values();
        fixture.files.failCall(
            fixture.files.calls() + 1 + random.nextInt(8), faults[random.nextInt(faults.length)]);
      }
      write(random.nextInt(4) > 0);
      upkeep();
      if (fault || random.nextInt(6) == 0) {
        fixture.files.failNothing();
        if (fixture.files.isPowerFailed() || random.nextBoolean()) {
          fixture.files.crash();
        } else {
          fixture.files.killProcess();
        }
        fixture.open();
        check(when);
        settle();
      }
      check(when);
    }
    assertThat(rows.values()).filteredOn(row -> row.acknowledged && !row.gone).isNotEmpty();
    assertThat(rows.values()).filteredOn(row -> row.acknowledged && row.gone).isNotEmpty();
  }

  /**
   * @param driven whether the journal gets on, or everything is still waiting when the round ends
   */
  private void write(boolean driven) {
    List<Sent> sent = new ArrayList<>();
    List<Deleted> deletes = new ArrayList<>();
    for (int i = 0; i < WRITERS * 3; i++) {
      if (random.nextInt(4) > 0) {
        String app = "w" + i % WRITERS;
        String text = "row %d of %s, %d".formatted(rows.size(), app, random.nextInt(5));
        rows.put(text, new Row(app));
        sent.add(new Sent(text, fixture.engine.logSink().offer(TENANT, record(app, text))));
      } else {
        deletes.add(delete("w" + random.nextInt(WRITERS), ", " + random.nextInt(5), sent));
      }
    }
    if (driven) {
      fixture.engine.drive();
    }
    for (Sent each : sent) {
      row(each.text()).acknowledged = isDone(each.answer());
    }
    for (Deleted each : deletes) {
      boolean done = isDone(each.answer());
      each.stored()
          .forEach(row -> {
            row.gone |= done;
            row.mayBeHidden = true;
          });
      each.pending().forEach(row -> row.mayBeHidden = true);
    }
  }

  private Deleted delete(String app, String needle, List<Sent> sent) {
    Set<String> onTheirWay = new HashSet<>();
    sent.forEach(each -> onTheirWay.add(each.text()));
    List<Row> stored = new ArrayList<>();
    List<Row> pending = new ArrayList<>();
    rows.forEach((text, row) -> {
      if (row.app.equals(app) && text.endsWith(needle)) {
        (row.acknowledged && !onTheirWay.contains(text) ? stored : pending).add(row);
      }
    });
    Filter filter =
        new Filter.And(
            List.of(
                new Filter.Stream(List.of(new LabelMatcher.Equal("app", app))),
                new Filter.Contains(Field.BODY, needle.getBytes(StandardCharsets.UTF_8))));
    return new Deleted(
        stored,
        pending,
        fixture.engine.deletes().request(TENANT, needle, filter, 0, fixture.time.epochMs()));
  }

  private void upkeep() {
    try {
      switch (random.nextInt(6)) {
        case 0, 1 -> fixture.engine.flush();
        case 2 -> fixture.engine.maintain();
        case 3 -> {
          fixture.time.advance(Duration.ofHours(9));
          fixture.engine.maintain();
        }
        default -> {}
      }
    } catch (IOException e) {
      // The engine goes on and tries again later.
    }
  }

  /** After a start nothing is on its way any more: what is there stays, what is not never comes. */
  private void settle() {
    Set<String> readable = new HashSet<>(fixture.bodies(TENANT));
    rows.forEach((text, row) -> {
      row.acknowledged |= readable.contains(text);
      row.gone = !readable.contains(text);
      row.mayBeHidden = false;
    });
  }

  private void check(String when) {
    List<String> readable = fixture.bodies(TENANT);
    assertThat(readable).as(when).doesNotHaveDuplicates();
    assertThat(rows.keySet()).as(when).containsAll(readable);
    Set<String> found = new HashSet<>(readable);
    rows.forEach((text, row) -> {
      if (row.gone) {
        assertThat(found).as("%s: gone", when).doesNotContain(text);
      } else if (row.acknowledged && !row.mayBeHidden) {
        assertThat(found).as("%s: acknowledged", when).contains(text);
      }
    });
  }

  private Row row(String text) {
    Row row = rows.get(text);
    if (row == null) {
      throw new AssertionError("never sent: " + text);
    }
    return row;
  }

  private static boolean isDone(CompletableFuture<?> answer) {
    return answer.isDone() && !answer.isCompletedExceptionally();
  }

  private LogBatch record(String app, String text) {
    LogBatch batch = new LogBatch();
    int stream = batch.streams().add(Labels.of("app", app));
    batch.body().addString(text);
    batch.endRow(
        batch.resources().end(0, 0),
        batch.scopes().end(0, 0, 0, 0),
        stream,
        EngineFixture.START - random.nextInt(1_000) * 1_000_000L,
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
}
