package io.ghostworks.server.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.AskedQuery;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.SimulatedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedQueriesTest {
  private static final String DEADLY = "count({__name__=~\".+\"}) # ☠";

  @TempDir private Path folder;
  private final SimulatedTime time = new SimulatedTime(1_700_000_000_000L);
  private UnfinishedQueries unfinished;
  private RunningQueries running;

  /** What the next process does; the one before died if it was not closed. */
  private void start() throws IOException {
    unfinished = UnfinishedQueries.open(folder, 4, time);
    running = new RunningQueries(time, time, 4, unfinished);
  }

  private QueryContext begin(String tenant, AskedQuery.Kind kind, String text) {
    QueryContext context =
        running.open(
            new AskedQuery(new TenantId(tenant), kind, "promql", text, ""),
            Duration.ofMinutes(1),
            new MemoryLedger().open("queries", 1000),
            1000);
    if (kind == AskedQuery.Kind.EVALUATION) {
      running.evaluate(
          context,
          Runnable::run,
          () -> {},
          failure -> {
            throw failure;
          });
    }
    return context;
  }

  private QueryContext begin(String text) {
    return begin("default", AskedQuery.Kind.EVALUATION, text);
  }

  @Test
  void whatRanAtAnUncleanStopIsRefusedForAWhile() throws IOException {
    start();
    begin(DEADLY);
    begin("up").close();
    start();
    assertThatThrownBy(() -> begin(DEADLY))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("ran when the platform stopped uncleanly (once)")
        .hasMessageContaining("refused until 2023-11-14T22:18:20Z");
    assertThat(unfinished.list())
        .extracting(UnfinishedQueries.ActiveQuery::text)
        .containsOnly(DEADLY);
    assertThatCode(() -> begin("acme", AskedQuery.Kind.EVALUATION, DEADLY))
        .doesNotThrowAnyException();
    assertThatCode(() -> begin("up").close()).doesNotThrowAnyException();
    time.advance(Duration.ofMinutes(5));
    assertThatCode(() -> begin(DEADLY).close()).doesNotThrowAnyException();
    assertThat(unfinished.list()).isEmpty();
  }

  @Test
  void whatRanAtACleanStopIsNot() throws IOException {
    start();
    begin(DEADLY);
    unfinished.close();
    start();
    begin(DEADLY);
    assertThat(unfinished.list()).isEmpty();
  }

  @Test
  void eachUncleanStopInSuccessionRefusesLonger() throws IOException {
    start();
    begin(DEADLY);
    start();
    time.advance(Duration.ofMinutes(5));
    begin(DEADLY);
    start();
    assertThat(unfinished.list().getFirst().stops()).isEqualTo(2);
    time.advance(Duration.ofMinutes(19));
    assertThatThrownBy(() -> begin(DEADLY)).hasMessageContaining("2 times in succession");
    unfinished.forgive();
    begin(DEADLY).close();
    start();
    assertThat(unfinished.list()).isEmpty();
  }

  @Test
  void aRefusalOutlivesFurtherStops() throws IOException {
    start();
    begin(DEADLY);
    start();
    start();
    unfinished.close();
    start();
    assertThatThrownBy(() -> begin(DEADLY)).hasMessageContaining("(once)");
  }

  @Test
  void aRuleIsRefusedFromItsSecondTimeOn() throws IOException {
    start();
    begin("default", AskedQuery.Kind.RULE, DEADLY);
    start();
    begin("default", AskedQuery.Kind.RULE, DEADLY);
    start();
    assertThatThrownBy(() -> begin("default", AskedQuery.Kind.RULE, DEADLY))
        .hasMessageContaining("2 times");
  }

  @Test
  void tellsLongQueriesApartAndKeepsTheirBeginning() throws IOException {
    String beginning = "é".repeat(5_000);
    start();
    begin(beginning + "1");
    start();
    begin(beginning + "2").close();
    assertThatThrownBy(() -> begin(beginning + "1")).isInstanceOf(QueryException.class);
    assertThat(beginning).startsWith(unfinished.list().getFirst().text());
    assertThat(unfinished.list().getFirst().text()).hasSizeGreaterThan(900);
  }

  @Test
  void anyBytesInTheFileAreSurvived() throws IOException {
    long seed = 20_260_101L;
    Random random = new Random(seed);
    start();
    begin(DEADLY);
    Path file = folder.resolve(ActiveQueryFile.NAME);
    byte[] good = Files.readAllBytes(file);
    for (int round = 0; round < 200; round++) {
      byte[] bad = good.clone();
      for (int i = 0; i < 1 + random.nextInt(40); i++) {
        int slot = random.nextInt(3) == 0 ? 0 : 65;
        bad[(slot * ActiveQueryFile.SLOT_BYTES + random.nextInt(120)) % bad.length] =
            (byte) random.nextInt();
      }
      Files.write(file, bad);
      assertThat(ActiveQueryFile.read(folder)).as("seed %d", seed).hasSizeLessThanOrEqualTo(2);
    }
    Files.write(file, new byte[17]);
    assertThat(ActiveQueryFile.read(folder)).isEmpty();
  }
}
