package io.ghostworks.server.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WeighedSlotsTest {

  @Test
  void sumsWhatAMapSumsAndTellsWhatItHolds() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long[] reserved = {0};
    WeighedSlots slots = new WeighedSlots(bytes -> reserved[0] += bytes);
    Map<Long, Double> model = new TreeMap<>();
    for (int i = 0; i < 10_000; i++) {
      long key = random.nextLong(3_000) * 4_096;
      double weight = 1 + random.nextInt(4);
      slots.add(key, weight);
      model.merge(key, weight, Double::sum);
    }
    long[] keys = slots.sortedKeys();
    assertThat(keys)
        .as("seed %d", seed)
        .containsExactly(model.keySet().stream().mapToLong(Long::longValue).toArray());
    for (long key : keys) {
      assertThat(slots.weight(key)).isEqualTo(model.get(key));
    }
    assertThat(slots.weight(1)).isZero();
    assertThat(reserved[0]).isGreaterThanOrEqualTo(keys.length * 2L * 16);
  }
}
