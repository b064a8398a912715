package io.ghostworks.server.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

  /** The milliseconds are those of Go's time.Parse. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "1970-01-01T00:00:00Z 0",
        "1970-01-01T00:00:00.0009Z 0",
        "2024-01-01T00:00:00.5+01:00 1704063600500",
        "2024-01-01T0:00:00Z 1704067200000",
        "2024-01-01T00:00:00,25Z 1704067200250",
        "2024-01-01T00:00:00.1234567891Z 1704067200123",
        "2024-01-01T00:00:00+24:00 1703980800000",
        "2024-01-01T00:00:00+01:60 1704060000000",
        "2024-02-29T23:59:59-00:00 1709251199000",
        "0000-01-01T00:00:00Z -62167219200000"
      })
  void readsWhatGoReads(String text, long epochMs) {
    assertThat(Rfc3339.epochMs(text)).isEqualTo(epochMs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-01-01",
        "2024-01-01T00:00:00",
        "2024-01-01t00:00:00z",
        "2024-02-30T00:00:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T23:59:60Z",
        "2024-01-01T00:00:00+25:00",
        "2024-01-01T00:00:00.Z",
        "10000-01-01T00:00:00Z",
        " 2024-01-01T00:00:00Z"
      })
  void refusesWhatGoRefuses(String text) {
    assertThatThrownBy(() -> Rfc3339.epochMs(text)).isInstanceOf(DateTimeException.class);
  }

  @Test
  void readsHexadecimalNumbersAsGoDoes() {
    assertThat(GoParameters.decimal("0x1p3")).isEqualTo(8);
    assertThat(GoParameters.decimal("-0X.8p-1")).isEqualTo(-0.25);
    assertThatThrownBy(() -> GoParameters.decimal("0x10"))
        .isInstanceOf(NumberFormatException.class);
  }
}
