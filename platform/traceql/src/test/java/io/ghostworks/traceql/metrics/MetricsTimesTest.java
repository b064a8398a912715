package io.ghostworks.traceql.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.query.QueryException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetricsTimesTest {

  private static final long SECOND = 1_000_000_000;

  @Test
  void takesAboutTwoHundredAndFortyStepsByDefault() {
    assertThat(step(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(15).minusSeconds(0));
    assertThat(step(Duration.ofHours(6))).isEqualTo(Duration.ofSeconds(90).minusSeconds(30));
    assertThat(step(Duration.ofHours(24))).isEqualTo(Duration.ofMinutes(5));
    assertThat(step(Duration.ofDays(7))).isEqualTo(Duration.ofMinutes(40));
    assertThat(step(Duration.ofMinutes(3))).isEqualTo(Duration.ofSeconds(1));
    assertThat(step(Duration.ofSeconds(30))).isEqualTo(Duration.ofMillis(100));
    assertThat(step(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(50));
  }

  private static Duration step(Duration range) {
    return Duration.ofNanos(MetricsTimes.defaultStepNanos(0, range.toNanos()));
  }

  @Test
  void alignsARangeToItsStepAndPutsOneMoreInFront() {
    Steps steps =
        MetricsTimes.range(103 * SECOND, 147 * SECOND, 10 * SECOND, MetricsOptions.DEFAULT);
    assertThat(steps).isEqualTo(Steps.range(90 * SECOND, 150 * SECOND, 10 * SECOND));
    assertThat(steps.count()).isEqualTo(6);
    assertThat(steps.timestampMs(0)).isEqualTo(100_000);
    assertThat(steps.timestampMs(5)).isEqualTo(150_000);
  }

  @Test
  void refusesRangesAndStepsOutOfBoundsInTemposWords() {
    assertThatThrownBy(() -> MetricsTimes.range(5, 5, 1, MetricsOptions.DEFAULT))
        .isInstanceOf(QueryException.class)
        .hasMessage("end must be greater than start");
    assertThatThrownBy(() ->
            MetricsTimes.range(
                1, 1 + Duration.ofHours(169).toNanos(), SECOND, MetricsOptions.DEFAULT))
        .hasMessage("metrics query time range exceeds the maximum allowed duration of 168h0m0s");
    assertThatThrownBy(() ->
            MetricsTimes.range(0, Duration.ofHours(10).toNanos(), SECOND, MetricsOptions.DEFAULT))
        .hasMessage("step of 1s is too small, minimum step for given range is 3.6s");
  }

  @Test
  void stepsAreOpenAtTheirStart() {
    Steps steps = Steps.range(100, 400, 100);
    assertThat(steps.of(100)).isEqualTo(-1);
    assertThat(steps.of(101)).isZero();
    assertThat(steps.of(200)).isZero();
    assertThat(steps.of(201)).isEqualTo(1);
    assertThat(steps.of(400)).isEqualTo(2);
    assertThat(steps.of(401)).isEqualTo(-1);
    Steps instant = Steps.instant(100, 450);
    assertThat(instant.count()).isEqualTo(1);
    assertThat(instant.of(100)).isEqualTo(-1);
    assertThat(instant.of(450)).isZero();
  }
}
