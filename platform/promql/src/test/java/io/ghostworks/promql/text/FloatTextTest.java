package io.ghostworks.promql.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatTextTest {

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "-0.0,-0",
    "0.1,0.1",
    "1e21,1000000000000000000000",
    "1.5e-7,0.00000015",
    "123456789.125,123456789.125",
    "NaN,NaN",
    "Infinity,+Inf",
    "-Infinity,-Inf"
  })
  void writesAsTheApiDoes(double value, String text) {
    assertThat(FloatText.format(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0.0,-0",
    "1e-6,0.000001",
    "1e-7,1e-07",
    "-1.5e-10,-1.5e-10",
    "999999999999999900000,999999999999999900000",
    "1e21,1e+21",
    "1.25e300,1.25e+300",
    "NaN,NaN",
    "-Infinity,-Inf"
  })
  void writesSamplesOfAnswers(double value, String text) {
    assertThat(FloatText.formatJson(value)).isEqualTo(text);
  }

  @Test
  void writesTheShortestDigits() {
    assertThat(FloatText.format(Double.MIN_VALUE)).endsWith("0005").hasSize(326);
    assertThat(FloatText.formatShort(2e7)).isEqualTo("2e+07");
    assertThat(FloatText.formatShort(1.234567e-5)).isEqualTo("1.234567e-05");
    assertThat(FloatText.formatShort(100000)).isEqualTo("100000");
  }

  @ParameterizedTest
  @CsvSource({"90061001,1d1h1m1s1ms", "0,0s", "604800000,1w", "691200000,8d", "31536000000,1y"})
  void writesDurations(long durationMs, String text) {
    assertThat(DurationText.format(durationMs)).isEqualTo(text);
    if (durationMs != 0) {
      assertThat(DurationText.parseMs(text)).isEqualTo(durationMs);
    }
  }
}
