package io.ghostworks.alertmanager.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CircuitTest {

  private final Circuit circuit = new Circuit(new Random(1));

  @Test
  void opensAfterFiveFailuresOfSeveralGroupsAndClosesWithADelivery() {
    for (int i = 0; i < 4; i++) {
      assertThat(circuit.failed("group " + i, 0)).isFalse();
    }
    assertThat(circuit.failed("group 4", 0)).isTrue();
    assertThat(circuit.isOpen()).isTrue();
    assertThat(circuit.waitNanos(0)).isBetween(seconds(4), seconds(6));
    assertThat(circuit.waitNanos(seconds(6))).isZero();
    assertThat(circuit.delivered()).isTrue();
    assertThat(circuit.isOpen()).isFalse();
    assertThat(circuit.waitNanos(0)).isZero();
  }

  @Test
  void staysClosedWhileOneGroupFailsByItself() {
    for (int i = 0; i < 100; i++) {
      assertThat(circuit.failed("the same", 0)).isFalse();
    }
    assertThat(circuit.isOpen()).isFalse();
  }

  @Test
  void triesLessOftenTheLongerItLastsAndEveryMinuteAtLeast() {
    long longest = 0;
    for (int i = 0; i < 50; i++) {
      boolean _ = circuit.failed("group " + i, 0);
      longest = Math.max(longest, circuit.waitNanos(0));
    }
    assertThat(longest).isBetween(seconds(55), seconds(72));
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }
}
