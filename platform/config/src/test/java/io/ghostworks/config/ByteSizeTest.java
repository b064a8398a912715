package io.ghostworks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "64MiB,67108864",
    "1GB,1073741824",
    "512B,512",
    "1.5KiB,1536",
    "1GB512MB,1610612736",
    "-1KB,-1024"
  })
  void unitsArePowersOf1024(String text, long bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "100", "1kB", "1 MB", "MB", "1MiB1KB", "9EiB", "1..2B"})
  void allElseIsRefused(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sizesPrintWithTheLargestExactUnit() {
    assertThat(ByteSize.format(64 << 20)).isEqualTo("64MiB");
    assertThat(ByteSize.format(1_500)).isEqualTo("1500B");
    assertThat(ByteSize.format(0)).isEqualTo("0B");
  }
}
