package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.START_MS;
import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.journal.Durability;
import io.ghostworks.journal.JournalOptions;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class DeleteTest {
  private static final Labels UP = Labels.of("__name__", "up", "job", "a");
  private static final Labels DOWN = Labels.of("__name__", "down", "job", "b");
  private static final List<LabelMatcher> IS_UP = List.of(new LabelMatcher.Equal("__name__", "up"));
  private static final List<List<LabelMatcher>> ANY =
      List.of(List.of(new LabelMatcher.NotEqual("__name__", "")));

  private final EngineFixture fixture = new EngineFixture(7);

  @Test
  void hidesMatchingSamplesOfTheRangeAtOnce() throws IOException {
    fill();
    delete(TENANT, IS_UP, START_MS + 1_000, START_MS + 3_000);

    assertThat(times(UP)).containsExactly(START_MS, START_MS + 4_000);
    assertThat(times(DOWN)).hasSize(5);
    assertThat(times(new TenantId("other"), UP)).hasSize(1);
  }

  @Test
  void hidesInPartsAsInTheHeadAndAfterEachWayOfRestart() throws IOException {
    fill();
    fixture.engine.flush();
    fixture.offer(UP, START_MS + 5_000, 1);
    delete(TENANT, IS_UP, START_MS, START_MS + 5_000);
    assertThat(times(UP)).isEmpty();

    fixture.restart();
    assertThat(times(UP)).isEmpty();
    fixture.engine.flush();
    assertThat(times(UP)).isEmpty();
    fixture.restart();
    assertThat(times(UP)).isEmpty();
    assertThat(times(DOWN)).hasSize(5);
  }

  @Test
  void rowsWrittenAfterwardsAreVisible() throws IOException {
    fill();
    delete(TENANT, IS_UP, Long.MIN_VALUE, Long.MAX_VALUE);

    assertThat(fixture.offer(UP, START_MS + 2_000, 2).acceptedRows()).isEqualTo(1);
    assertThat(fixture.offer(UP, START_MS + 4_000, 9).rejections()).isEmpty();
    assertThat(times(UP)).containsExactly(START_MS + 2_000, START_MS + 4_000);
    fixture.restart();
    assertThat(times(UP)).containsExactly(START_MS + 2_000, START_MS + 4_000);
    fixture.engine.flush();
    assertThat(times(UP)).containsExactly(START_MS + 2_000, START_MS + 4_000);
    fixture.restart();
    assertThat(times(UP)).containsExactly(START_MS + 2_000, START_MS + 4_000);
  }

  @Test
  void aRowThatWasDeletedIsStoredAgain() throws IOException {
    fill();
    delete(TENANT, IS_UP, START_MS + 4_000, START_MS + 4_000);

    assertThat(fixture.offer(UP, START_MS + 4_000, 4).acceptedRows()).isEqualTo(1);
    assertThat(times(UP)).contains(START_MS + 4_000);
  }

  @Test
  void listsNoSeriesLabelsOrExemplarsOfWhatIsDeleted() throws IOException {
    fill();
    SeriesBatch batch = EngineFixture.batch(UP, START_MS + 5_000, 1);
    batch.addExemplar(0, new Exemplar(Labels.of("id", "x"), 1, START_MS + 5_000, true));
    fixture.offer(batch);
    delete(TENANT, IS_UP, Long.MIN_VALUE, Long.MAX_VALUE);

    try (QueryContext context = fixture.context(TENANT)) {
      long end = START_MS + 10_000;
      assertThat(fixture.engine.series(ANY, 0, end, 0, context)).containsExactly(DOWN);
      assertThat(fixture.engine.labelValues("job", List.of(), 0, end, 0, context))
          .containsExactly("b");
      assertThat(fixture.engine.labelValues("job", ANY, 0, end, 0, context)).containsExactly("b");
      assertThat(fixture.engine.exemplars(ANY, 0, end, context)).isEmpty();
    }
  }

  @Test
  void mergesLeaveOutWhatIsDeleted() throws IOException {
    for (int i = 0; i < 4; i++) {
      fixture.open();
      fixture.offer(UP, START_MS + i * 1_000L, i);
      fixture.offer(DOWN, START_MS + i * 1_000L, i);
      fixture.engine.flush();
      if (i < 3) {
        fixture.engine.close();
      }
    }
    delete(TENANT, IS_UP, Long.MIN_VALUE, START_MS + 2_000);
    assertThat(fixture.engine.merge()).isTrue();

    assertThat(times(UP)).containsExactly(START_MS + 3_000);
    assertThat(fixture.engine.statistics().samples()).isEqualTo(5);
    fixture.offer(UP, START_MS + 2_000, 8);
    assertThat(times(UP)).containsExactly(START_MS + 2_000, START_MS + 3_000);
  }

  @Test
  void anUnusualSelectorSurvivesARestart() throws IOException {
    fill();
    List<LabelMatcher> selector =
        List.of(
            new LabelMatcher.Matches("__name__", AnchoredRegex.compile("u.*|zzz")),
            new LabelMatcher.NotEqual("job", "b"),
            new LabelMatcher.NotMatches("job", AnchoredRegex.compile("c.+")));
    delete(TENANT, selector, Long.MIN_VALUE, Long.MAX_VALUE);
    fixture.restart();

    assertThat(times(UP)).isEmpty();
    assertThat(times(DOWN)).hasSize(5);
  }

  @Test
  void aLossOfPowerAfterADeleteTakesNoNumberThatFilesKnow() throws IOException {
    fixture.options =
        fixture.options.withJournal(
            JournalOptions.defaults()
                .withDurability(new Durability.Interval(Duration.ofMillis(100))));
    for (int i = 0; i < 4; i++) {
      fixture.open();
      fixture.offer(UP, START_MS + i * 1_000L, i);
      fixture.offer(DOWN, START_MS + i * 1_000L, i);
      fixture.engine.flush();
      if (i < 3) {
        fixture.engine.close();
      }
    }
    fixture.engine.close();
    fixture.openWith(task -> {});
    for (int i = 0; i < 5; i++) {
      fixture.offer(DOWN, START_MS + 10_000 + i, i);
    }
    delete(TENANT, IS_UP, START_MS + 1_000, Long.MAX_VALUE);
    // The manifest names the delete now, and a part that was written without what it hides.
    assertThat(fixture.engine.merge()).isTrue();
    fixture.files.crash();

    fixture.open();
    assertThat(times(UP)).containsExactly(START_MS);
    fixture.offer(UP, START_MS + 20_000, 20);
    fixture.offer(UP, START_MS + 21_000, 21);
    assertThat(times(UP)).containsExactly(START_MS, START_MS + 20_000, START_MS + 21_000);
    delete(TENANT, IS_UP, START_MS, START_MS);
    fixture.restart();
    assertThat(times(UP)).containsExactly(START_MS + 20_000, START_MS + 21_000);
  }

  @Test
  void refusesMoreThanItCanRemember() throws IOException {
    fill();
    for (int i = 0; i < Tombstones.COUNT_MAX; i++) {
      delete(TENANT, IS_UP, i, i);
    }

    assertThatThrownBy(() -> delete(TENANT, IS_UP, 0, 1))
        .hasMessageContaining("clean the tombstones first");
  }

  @Test
  void aRangeThatEndsBeforeItStartsDeletesNothing() throws IOException {
    fill();
    fixture.engine.watch(TENANT);
    delete(TENANT, IS_UP, START_MS - 86_400_000, START_MS - 86_400_001);
    delete(TENANT, IS_UP, Long.MAX_VALUE, Long.MIN_VALUE);

    assertThat(times(UP)).hasSize(5);
    for (int i = 0; i < Tombstones.COUNT_MAX; i++) {
      delete(TENANT, IS_UP, i, i);
    }
    fixture.restart();
    assertThat(times(UP)).hasSize(5);
  }

  private void fill() throws IOException {
    fixture.open();
    for (int i = 0; i < 5; i++) {
      fixture.offer(UP, START_MS + i * 1_000L, i);
      fixture.offer(DOWN, START_MS + i * 1_000L, i);
    }
    fixture.offer(new TenantId("other"), EngineFixture.batch(UP, START_MS + 1_000, 1));
  }

  private void delete(TenantId tenant, List<LabelMatcher> matchers, long startMs, long endMs) {
    CompletableFuture<Void> answer = fixture.engine.delete(tenant, matchers, startMs, endMs);
    fixture.journal.drive();
    answer.join();
  }

  private List<Long> times(Labels labels) {
    return times(TENANT, labels);
  }

  private List<Long> times(TenantId tenant, Labels labels) {
    var found = fixture.read(tenant).get(labels);
    return found == null ? List.of() : List.copyOf(found.keySet());
  }
}
