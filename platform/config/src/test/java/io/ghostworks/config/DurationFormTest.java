package io.ghostworks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationFormTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "15s,15000",
    "1h30m,5400000",
    "1y,31536000000",
    "2w3d,1468800000",
    "0s,0",
    "1d0h5ms,86400005"
  })
  void prometheusTakesWholeNumbersWithUnitsInOrder(String text, long millis) {
    assertThat(DurationForm.PROMETHEUS.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.5s",
        "-1s",
        "1m1d",
        "1x",
        "s",
        "1s1s",
        "300y",
        "99999999999999999999s",
        " 1s"
      })
  void prometheusRefusesAllElse(String text) {
    assertThatThrownBy(() -> DurationForm.PROMETHEUS.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1.5s,1500000000",
    "-2h45m,-9900000000000",
    "300ms,300000000",
    "1µs,1000",
    "+5ns,5",
    ".5s,500000000",
    "1.s,1000000000",
    "1s1h,3601000000000"
  })
  void goTakesFractionsSignsAndAnyOrder(String text, long nanos) {
    assertThat(DurationForm.GO.parse(text)).isEqualTo(Duration.ofNanos(nanos));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "-", "1d", ".s", "1.2.3s", "s", "1e3s", "9999999h"})
  void goRefusesAllElse(String text) {
    assertThatThrownBy(() -> DurationForm.GO.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void durationsPrintAsTheirOwnersPrintThem() {
    assertThat(DurationForm.PROMETHEUS.format(Duration.ofDays(90))).isEqualTo("90d");
    assertThat(DurationForm.PROMETHEUS.format(Duration.ofDays(14))).isEqualTo("2w");
    assertThat(DurationForm.PROMETHEUS.format(Duration.ofMillis(90_500))).isEqualTo("1m30s500ms");
    assertThat(DurationForm.PROMETHEUS.format(Duration.ZERO)).isEqualTo("0s");
    assertThat(DurationForm.GO.format(Duration.ofMinutes(90))).isEqualTo("1h30m0s");
    assertThat(DurationForm.GO.format(Duration.ofMillis(61_500))).isEqualTo("1m1.5s");
    assertThat(DurationForm.GO.format(Duration.ofMillis(300))).isEqualTo("300ms");
    assertThat(DurationForm.GO.format(Duration.ofNanos(1_500))).isEqualTo("1.5µs");
    assertThat(DurationForm.GO.format(Duration.ofMinutes(-1))).isEqualTo("-1m0s");
  }
}
