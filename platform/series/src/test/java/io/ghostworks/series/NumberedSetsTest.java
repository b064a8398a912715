package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelSetNumbers;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.series.head.HeadIndex;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NumberedSetsTest {
  private final MemoryBudget memory = new MemoryLedger().open("series", 1 << 20);
  private final NumberedSets numbers = new NumberedSets(memory);

  /** Remembers sets of fingerprints (i, 2 i) as series i of a generation. */
  private void remember(TenantId tenant, int from, int to, long firstName) {
    LabelSetTable sets = new LabelSetTable();
    int[] series = new int[to - from];
    for (int i = from; i < to; i++) {
      int set = sets.add(Labels.of("__name__", "m" + i));
      sets.fingerprint(set, i, 2L * i);
      series[set] = i + 1;
    }
    numbers.remember(tenant, sets, series, new HeadIndex(firstName, 0));
  }

  private long find(TenantId tenant, long high, long low) {
    try (LabelSetNumbers.Lookup lookup = numbers.lookup(tenant)) {
      return lookup.find(high, low);
    }
  }

  @Test
  void setsAreFoundInAnyOrderByTheirWholeFingerprint() {
    remember(TENANT, 0, 5_000, 100);
    try (LabelSetNumbers.Lookup lookup = numbers.lookup(TENANT)) {
      for (int i = 4_999; i >= 0; i -= 3) {
        assertThat(lookup.find(i, 2L * i)).isEqualTo(100 + i);
      }
      for (int i = 0; i < 5_000; i++) {
        assertThat(lookup.find(i, 2L * i)).isEqualTo(100 + i);
        assertThat(lookup.find(i, 2L * i + 1)).isEqualTo(LabelSetNumbers.UNKNOWN);
      }
    }
  }

  @Test
  void tenantsDoNotSeeEachOthersSets() {
    remember(TENANT, 0, 10, 0);
    assertThat(find(new TenantId("other"), 1, 2)).isEqualTo(LabelSetNumbers.UNKNOWN);
  }

  @Test
  void whatIsFullRemembersNoMoreUntilNamesHaveEnded() {
    remember(TENANT, 0, 1 << 17, 0);
    int full = numbers.size();
    assertThat(full).isBetween(1_000, 1 << 16);
    assertThat(memory.usedBytes()).isLessThanOrEqualTo(memory.limitBytes());
    assertThat(find(TENANT, 1, 2)).isEqualTo(1);
    assertThat(find(TENANT, full + 1, 2L * full + 2)).isEqualTo(LabelSetNumbers.UNKNOWN);

    remember(TENANT, full, full + 10, 1 << 20);
    assertThat(numbers.size()).isEqualTo(10);
    assertThat(find(TENANT, full, 2L * full)).isEqualTo((1 << 20) + full);

    numbers.clear();
    assertThat(memory.usedBytes()).isZero();
    assertThat(find(TENANT, full, 2L * full)).isEqualTo(LabelSetNumbers.UNKNOWN);
  }

  @Test
  void aNumberServesItsTenantOnlyAndNotBeyondItsGeneration() throws IOException {
    EngineFixture fixture = new EngineFixture(1).open();
    SeriesBatch first = EngineFixture.batch(Labels.of("__name__", "m"), fixture.time.epochMs(), 1);
    first.sets().fingerprint(0, 5, 6);
    fixture.offer(first);
    long number;
    try (LabelSetNumbers.Lookup lookup = fixture.engine.labelSetNumbers().lookup(TENANT)) {
      number = lookup.find(5, 6);
    }
    assertThat(number).isNotNegative();

    fixture.offer(numbered(number, fixture.time.epochMs() + 1));
    assertThat(fixture.read(TENANT)).containsOnlyKeys(Labels.of("__name__", "m"));

    TenantId other = new TenantId("other");
    fixture.offer(other, numbered(number, fixture.time.epochMs() + 2));
    assertThat(fixture.read(other)).containsOnlyKeys(Labels.of("__name__", "packed"));

    // Many series that end: the generation is replaced, and its names mean nothing.
    SeriesBatch many = new SeriesBatch("");
    for (int i = 0; i < 3_000; i++) {
      many.add(many.sets().add(Labels.of("__name__", "n" + i)), fixture.time.epochMs(), 1);
    }
    fixture.offer(many);
    fixture.time.advance(Duration.ofHours(3));
    fixture.offer(Labels.of("__name__", "late"), fixture.time.epochMs(), 1);
    fixture.engine.flush();
    fixture.engine.flush();
    fixture.offer(numbered(number, fixture.time.epochMs()));
    assertThat(fixture.read(TENANT)).containsKey(Labels.of("__name__", "packed"));
    assertThat(fixture.read(TENANT).get(Labels.of("__name__", "m"))).hasSize(2);
    try (LabelSetNumbers.Lookup lookup = fixture.engine.labelSetNumbers().lookup(TENANT)) {
      assertThat(lookup.find(5, 6)).isGreaterThan(number);
    }
    fixture.engine.close();
    assertThat(fixture.memory.usedBytes()).isZero();
  }

  /** A batch of one set that says of itself, once it is packed, that it is another. */
  private static SeriesBatch numbered(long number, long timestampMs) {
    SeriesBatch batch = new SeriesBatch("test");
    int set =
        batch
            .sets()
            .addNumbered(
                number,
                5,
                6,
                new byte[4],
                0,
                4,
                (bytes, offset, length) -> LabelSetTable.pack(Labels.of("__name__", "packed")));
    batch.add(set, timestampMs, 2);
    return batch;
  }
}
