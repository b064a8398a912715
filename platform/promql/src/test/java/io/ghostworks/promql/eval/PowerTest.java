package io.ghostworks.promql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerTest {
  @ParameterizedTest(name = "{0} ^ {1}")
  @CsvSource({
    // as Go's math.Pow gives them
    "0.12, 90, 1.3375565248934343e-83",
    "0.12, 313, 6.0775706054172745e-289",
    "1.795404311e+09, 30, 4.215682639968006e+277",
    "1.79540485e+09, 17, 2.0929588922086884e+157",
    "2, 3, 8",
    "10, -5, 1e-05",
    "-3, 7, -2187",
    "-3, -7, -0.0004572473708276177",
    "1.1, 1000, 2.469932918005993e+41",
    "1.5, -2000, 0",
    "5e-324, 2, 0",
    "5e-324, 0.5, 2.2227587494850775e-162",
    "3e-310, -1, Infinity",
    "1e+308, 2, Infinity",
    "-2, 1023, -8.98846567431158e+307",
    "-2, 1024, Infinity",
    "0.99999, 1e+06, 4.539765980992338e-05",
    "123456.789, 3, 1.881676371789155e+15",
    "-1, 9.3e+18, 1",
    "2, 9.3e+18, Infinity",
    "0.5, 9.3e+18, 0",
    "4, 1.5, 8",
    "9, -1.5, 0.037037037037037035",
    "2, -1074, 5e-324",
    "2, -1080, 0"
  })
  void givesTheDigitsOfGo(double base, double exponent, double result) {
    assertThat(Power.of(base, exponent)).isEqualTo(result);
  }
}
