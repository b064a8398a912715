package io.ghostworks.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExemplarStoreTest {
  private static final TenantId LOUD = new TenantId("loud");
  private static final TenantId QUIET = new TenantId("quiet");

  private final MemoryBudget memory = new MemoryLedger().open("exemplars", 1 << 20);
  private final ExemplarStore store = new ExemplarStore(3, 10, memory);

  @Test
  void keepsTheNewestOfASeriesInOrder() {
    for (long time : new long[] {5, 1, 4, 2, 3}) {
      store.add(LOUD, series(1), exemplar(time));
    }
    assertThat(store.select(LOUD, List.of(List.of()), 0, 100).get(series(1)))
        .extracting(Exemplar::timestampMs)
        .containsExactly(3L, 4L, 5L);
  }

  @Test
  void keepsOneOfThoseThatATargetShowsAgainWithoutATime() {
    Labels trace = Labels.of("trace_id", "z");
    for (long time = 1; time <= 5; time++) {
      store.add(LOUD, series(1), new Exemplar(trace, 0.7, time, false));
    }
    store.add(LOUD, series(1), new Exemplar(trace, 0.8, 6, false));
    store.add(LOUD, series(1), new Exemplar(trace, 0.7, 7, false));
    assertThat(store.has(LOUD, series(1), new Exemplar(trace, 0.7, 8, false))).isTrue();
    assertThat(store.has(LOUD, series(1), new Exemplar(trace, 0.7, 8))).isFalse();
    assertThat(store.select(LOUD, List.of(List.of()), 0, 100).get(series(1)))
        .extracting(Exemplar::timestampMs)
        .containsExactly(1L, 6L, 7L);
  }

  @Test
  void readsExemplarsOfTheVersionWithoutTheirTimesOrigin() throws IOException {
    BytesOutput out = new BytesOutput(64, 1 << 10);
    FrameCodec.writeExemplar(exemplar(7), out);
    byte[] now = out.toByteArray();
    byte[] before = Arrays.copyOf(now, now.length - 1);
    assertThat(FrameCodec.readExemplar(new BytesInput(now), 2)).isEqualTo(exemplar(7));
    assertThat(FrameCodec.readExemplar(new BytesInput(before), 1)).isEqualTo(exemplar(7));
  }

  @Test
  void takesFromTheTenantThatHoldsMost() {
    store.add(QUIET, series(1), exemplar(1));
    for (int i = 0; i < 50; i++) {
      store.add(LOUD, series(i), exemplar(i));
    }
    assertThat(store.select(QUIET, List.of(List.of()), 0, 100)).hasSize(1);
    assertThat(store.select(LOUD, List.of(List.of()), 0, 100)).hasSize(9).containsKey(series(49));
  }

  @Test
  void givesItsMemoryBack() {
    for (int i = 0; i < 50; i++) {
      store.add(LOUD, series(i), exemplar(i));
      store.add(LOUD, series(i), exemplar(i));
    }
    assertThat(memory.usedBytes()).isBetween(4_000L, 6_000L);
    store.removeBefore(1_000);
    assertThat(memory.usedBytes()).isZero();
    store.add(LOUD, series(1), exemplar(1));
    store.close();
    assertThat(memory.usedBytes()).isZero();
  }

  private static Labels series(int number) {
    return Labels.of("__name__", "m", "i", "" + number);
  }

  private static Exemplar exemplar(long timestampMs) {
    return new Exemplar(Labels.of("trace_id", "t" + timestampMs), 1, timestampMs);
  }
}
