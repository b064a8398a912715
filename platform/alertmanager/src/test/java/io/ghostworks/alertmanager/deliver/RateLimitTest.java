package io.ghostworks.alertmanager.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  @Test
  void letsABurstGoAndThenOneInEachInterval() {
    RateLimit limit = new RateLimit(60, 3);
    for (int i = 0; i < 3; i++) {
      assertThat(limit.take(0)).isTrue();
    }
    assertThat(limit.take(0)).isFalse();
    assertThat(limit.waitNanos(0)).isEqualTo(Duration.ofSeconds(1).toNanos());
    assertThat(limit.take(Duration.ofSeconds(1).toNanos())).isTrue();
    assertThat(limit.take(Duration.ofSeconds(1).toNanos())).isFalse();
  }

  @Test
  void neverLetsMoreGoThanBurstAndRate() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    RateLimit limit = new RateLimit(600, 5);
    long now = Long.MAX_VALUE - Duration.ofSeconds(100).toNanos(); // monotonic clocks may overflow
    long start = now;
    int taken = 0;
    while (now - start < Duration.ofSeconds(200).toNanos()) {
      now += random.nextLong(Duration.ofMillis(200).toNanos());
      if (limit.take(now)) {
        taken++;
      }
      assertThat(taken)
          .as("seed %d", seed)
          .isLessThanOrEqualTo(5 + (int) ((now - start) / Duration.ofMillis(100).toNanos()));
    }
    assertThat(taken).as("seed %d", seed).isGreaterThan(1_000);
  }
}
