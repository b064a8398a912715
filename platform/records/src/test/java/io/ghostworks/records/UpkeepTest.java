package io.ghostworks.records;

import static io.ghostworks.records.EngineFixture.OTHER;
import static io.ghostworks.records.EngineFixture.TENANT;
import static io.ghostworks.records.EngineFixture.lines;
import static io.ghostworks.records.EngineFixture.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.storage.file.SimulatedFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flushes, merges and expiry, through the engine that they belong to. */
class UpkeepTest {
  private final EngineFixture fixture = new EngineFixture(1);

  @BeforeEach
  void open() throws IOException {
    fixture.open();
  }

  @Test
  void theFirstRuleThatMatchesDecidesHowLongRowsAreKept() throws IOException {
    fixture.retention =
        new RecordRetention(
            List.of(
                rule("short", Optional.empty(), false, "a", Duration.ofDays(2)),
                rule("never", Optional.empty(), false, "a", Duration.ofDays(50)),
                rule("others", Optional.of(OTHER), false, "", Duration.ofDays(60)),
                rule("spans", Optional.of(OTHER), true, "", Duration.ofDays(20))),
            Duration.ofDays(30),
            Duration.ofDays(90),
            Duration.ofDays(7));
    fixture.restart();
    for (TenantId tenant : List.of(TENANT, OTHER)) {
      for (String app : List.of("a", "b")) {
        LogBatch batch = lines(fixture.now(), app);
        batch.setStream(0, batch.streams().add(Labels.of("app", app)));
        fixture.offer(tenant, batch);
      }
    }
    fixture.offer(OTHER, span(fixture.now(), 5, 1, "s"));
    fixture.kill();
    fixture.engine.flush();
    fixture.time.advance(Duration.ofDays(3));
    fixture.engine.maintain();
    assertThat(fixture.bodies(TENANT)).containsExactly("b");
    assertThat(fixture.bodies(OTHER)).containsExactly("b");
    assertThat(fixture.engine.retentionUse())
        .filteredOn(use -> use.parts() > 0)
        .extracting(RetentionUse::name)
        .containsExactly("logs", "others", "spans");
    // The rule is gone: what it said when the rows came still counts.
    fixture.retention =
        new RecordRetention(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(7));
    fixture.restart();
    fixture.time.advance(Duration.ofDays(40));
    fixture.engine.maintain();
    assertThat(fixture.bodies(TENANT)).isEmpty();
    assertThat(fixture.bodies(OTHER)).containsExactly("b");
    fixture.time.advance(Duration.ofDays(20));
    fixture.engine.maintain();
    assertThat(fixture.partFiles()).isEmpty();
  }

  private static RecordRetention.Rule rule(
      String name, Optional<TenantId> tenant, boolean traces, String app, Duration keep) {
    return new RecordRetention.Rule(
        name,
        tenant,
        traces,
        app.isEmpty() ? List.of() : List.of(new LabelMatcher.Equal("app", app)),
        keep);
  }

  @Test
  void rowsExpireByTheirClassAndDay() throws IOException {
    LogBatch classified = new LogBatch();
    classified.resources().attributes().add("log_type", "audit");
    classified.resources().end(0, 0);
    classified.scopes().end(0, 0, 0, 0);
    classified.streams().add(Labels.of("service_name", "api"));
    classified.body().addString("audit");
    classified.endRow(0, 0, 0, fixture.now(), 0, 9, 0, 0, 0, 0, 0, 0, 0);
    fixture.offer(TENANT, classified);
    fixture.offer(TENANT, lines(fixture.now(), "plain"));
    fixture.offer(TENANT, span(fixture.now(), 5, 1, "s"));
    fixture.engine.flush();
    assertThat(fixture.partFiles()).hasSize(3);
    fixture.time.advance(Duration.ofDays(8).plusHours(1));
    fixture.engine.maintain();
    try (QueryContext context = fixture.context(TENANT)) {
      assertThat(fixture.engine.source().trace(5, 5, context).rows()).isZero();
    }
    assertThat(fixture.bodies(TENANT)).containsExactlyInAnyOrder("audit", "plain");
    fixture.time.advance(Duration.ofDays(23));
    fixture.engine.maintain();
    assertThat(fixture.bodies(TENANT)).containsExactly("audit");
    fixture.time.advance(Duration.ofDays(60));
    fixture.engine.maintain();
    assertThat(fixture.bodies(TENANT)).isEmpty();
    assertThat(fixture.partFiles()).isEmpty();
    fixture.restart();
    assertThat(fixture.bodies(TENANT)).isEmpty();
  }

  @Test
  void partsAreMergedAndNumbersAreNeverUsedTwice() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      fixture.offer(TENANT, lines(fixture.now(), "line " + i));
      expected.add("line " + i);
      fixture.time.advance(Duration.ofSeconds(1));
      fixture.engine.flush();
    }
    assertThat(fixture.partFiles()).hasSize(8);
    fixture.engine.maintain();
    assertThat(fixture.partFiles()).containsExactly("logs-000000000008.part");
    assertThat(fixture.bodies(TENANT)).isEqualTo(expected);
    fixture.time.advance(Duration.ofDays(40));
    fixture.engine.maintain();
    assertThat(fixture.partFiles()).isEmpty();
    fixture.restart();
    fixture.offer(TENANT, lines(fixture.now(), "new"));
    fixture.engine.flush();
    assertThat(fixture.partFiles()).containsExactly("logs-000000000009.part");
  }

  @Test
  void aMergeGivesWayToAFlushThatIsDue() throws IOException {
    List<Runnable> waiting = new ArrayList<>();
    fixture.flushBytes = 50_000;
    fixture.background = waiting::add;
    fixture.open();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      fixture.offer(TENANT, lines(fixture.now() + i, "line " + i));
      expected.add("line " + i);
      fixture.engine.flush();
    }
    for (int i = 4; i < 12; i++) {
      String line = "x".repeat(8_000) + i;
      fixture.offer(TENANT, lines(fixture.now() + i, line));
      expected.add(line);
    }
    assertThat(waiting).isNotEmpty();
    assertThat(fixture.engine.memoryBytes()).isGreaterThan(50_000);
    fixture.engine.maintain();
    assertThat(fixture.engine.memoryBytes()).isLessThan(50_000);
    assertThat(fixture.partFiles())
        .containsExactly("logs-000000000004.part", "logs-000000000005.part");
    assertThat(fixture.bodies(TENANT)).isEqualTo(expected);
    fixture.restart();
    assertThat(fixture.bodies(TENANT)).isEqualTo(expected);
  }

  @Test
  void rowsInMemoryAreFlushedWhenTheyAreMany() throws IOException {
    fixture.flushBytes = 50_000;
    fixture.memoryBytes = 400_000;
    fixture.open();
    for (int i = 0; i < 40; i++) {
      fixture.offer(TENANT, lines(fixture.now() + i, "x".repeat(8_000) + i));
    }
    assertThat(fixture.partFiles()).isNotEmpty();
    assertThat(fixture.bodies(TENANT)).hasSize(40);
    assertThat(fixture.engine.memoryBytes()).isLessThan(100_000);
    fixture.flushBytes = 20_000;
    fixture.kill();
    assertThat(fixture.bodies(TENANT)).hasSize(40);
    assertThat(fixture.memory.usedBytes()).isEqualTo(fixture.engine.memoryBytes());
  }

  @Test
  void rowsOfAFailedFlushStayReadableAndAreWrittenByTheNext() throws IOException {
    fixture.offer(TENANT, lines(fixture.now(), "a"));
    fixture.offer(TENANT, span(fixture.now(), 5, 1, "s"));
    for (int call = 1; call < 12; call++) {
      fixture.files.failCall(fixture.files.calls() + call, SimulatedFault.IO_ERROR);
      try {
        fixture.engine.flush();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("simulated");
      }
      fixture.files.failNothing();
      fixture.offer(TENANT, lines(fixture.now() + call, "b" + call));
      assertThat(fixture.bodies(TENANT)).hasSize(1 + call);
    }
    fixture.engine.flush();
    assertThat(fixture.memory.usedBytes()).isZero();
    assertThat(fixture.bodies(TENANT)).hasSize(12);
    List<String> before = fixture.partFiles();
    fixture.kill();
    assertThat(fixture.partFiles()).isEqualTo(before);
    assertThat(fixture.bodies(TENANT)).hasSize(12);
  }

  @Test
  void aDamagedPartIsReportedAndHoldsUpNoOtherMerge() throws IOException {
    for (int i = 0; i < 4; i++) {
      fixture.offer(TENANT, lines(fixture.now() + i, "line " + i));
      fixture.offer(TENANT, span(fixture.now() + i, 5, i + 1, "s"));
      fixture.engine.flush();
    }
    fixture.files.flipBit(
        EngineFixture.PARTS.resolve(fixture.partFiles().getFirst()), 8 * (16 + 12));
    assertThatThrownBy(() -> fixture.bodies(TENANT))
        .hasMessageContaining("logs-000000000000.part")
        .hasMessageContaining("offset");
    assertThatThrownBy(() -> fixture.bodies(TENANT)).isInstanceOf(UncheckedIOException.class);
    assertThat(damagedBlocks()).isEqualTo(1);
    assertThat(fixture.queries.usedBytes()).isZero();
    assertThatThrownBy(fixture.engine::maintain).isInstanceOf(IOException.class);
    fixture.engine.maintain();
    assertThat(fixture.partFiles()).filteredOn(name -> name.startsWith("traces")).hasSize(1);
    assertThat(fixture.partFiles()).filteredOn(name -> name.startsWith("logs")).hasSize(4);
  }

  private double damagedBlocks() {
    double[] found = {-1};
    fixture.metrics.read(
        new PlatformMetrics.Reader() {
          @Override
          public void family(String name, String help, MetricType type) {}

          @Override
          public void sample(String name, Labels labels, double value) {
            if (name.equals("ghostworks_records_damaged_blocks_total")
                && labels.equals(Labels.of("signal", "logs"))) {
              found[0] = value;
            }
          }
        });
    return found[0];
  }
}
