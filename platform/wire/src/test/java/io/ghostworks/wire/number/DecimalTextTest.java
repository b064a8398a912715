package io.ghostworks.wire.number;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, 0.0",
    "1, 1, 1, 1, 1.0",
    "-1, -1, -1, -1, -1.0",
    "0.1, 0.1, 0.1, 0.1, 0.1",
    "100000, 100000, 100000, 100000, 100000.0",
    "1000000, 1e+06, 1000000, 1000000, 1e+06",
    "123456789, 1.23456789e+08, 123456789, 123456789, 1.23456789e+08",
    "0.0001, 0.0001, 0.0001, 0.0001, 0.0001",
    "0.00001, 1e-05, 0.00001, 0.00001, 1e-05",
    "0.0000001, 1e-07, 0.0000001, 1e-7, 1e-07",
    "4.9E-324, 5e-324, , 5e-324, 5e-324",
    "1E21, 1e+21, 1000000000000000000000, 1e+21, 1e+21",
    "Infinity, +Inf, +Inf, , +Inf",
    "NaN, NaN, NaN, , NaN",
  })
  void printsAsGoDoes(double value, String general, String plain, String json, String openMetrics) {
    assertThat(DecimalText.general(value)).isEqualTo(general);
    if (plain != null) {
      assertThat(DecimalText.plain(value)).isEqualTo(plain);
    }
    if (json != null) {
      assertThat(DecimalText.json(value)).isEqualTo(json);
    }
    assertThat(DecimalText.openMetrics(value)).isEqualTo(openMetrics);
  }
}
