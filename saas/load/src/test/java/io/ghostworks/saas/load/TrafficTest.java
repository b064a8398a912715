package io.ghostworks.saas.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private final long seed = Long.getLong("ghostworks.seed", 20261122L);
  private final Traffic traffic = new Traffic(new DailyShape(1200), 8, new SplittableRandom(seed));

  TrafficTest() {
    for (int i = 0; i < 20; i++) {
      traffic.join(new Customer("t" + i, i % 4, 1 + i % 3));
    }
  }

  @Test
  void makesAboutTheMeanRateOverADay() {
    int actions = 0;
    for (double now = 0; now < 1200; now += traffic.secondsToNext(now)) {
      actions++;
    }
    assertThat(actions / 1200.0).as("seed %d", seed).isBetween(5.0, 14.0);
  }

  @Test
  void everyTenantHasItsShare() {
    Map<String, Integer> shares = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      shares.merge(traffic.pick(0).tenantId(), 1, Integer::sum);
    }
    assertThat(shares).as("seed %d", seed).hasSize(20);
    assertThat(shares.values()).allMatch(count -> count > 200);
  }

  @Test
  void comesInBursts() {
    double longest = 0;
    for (double now = 0; now < 600; now += 1) {
      Map<String, Integer> shares = new HashMap<>();
      for (int i = 0; i < 50; i++) {
        shares.merge(traffic.pick(now).tenantId(), 1, Integer::sum);
      }
      longest =
          Math.max(
              longest, shares.values().stream().mapToInt(Integer::intValue).max().orElse(0) / 50.0);
    }
    assertThat(longest).as("seed %d", seed).isGreaterThan(0.25);
  }
}
