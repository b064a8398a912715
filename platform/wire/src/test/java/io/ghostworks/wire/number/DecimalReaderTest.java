package io.ghostworks.wire.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalReaderTest {

  private static double parse(String text) {
    byte[] bytes = (" " + text + " ").getBytes(StandardCharsets.UTF_8);
    return DecimalReader.parse(bytes, 1, bytes.length - 1);
  }

  @Test
  void readsRandomDoublesToTheBit() {
    SplittableRandom random = new SplittableRandom(20261122);
    for (int i = 0; i < 300_000; i++) {
      double expected = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(expected)) {
        assertThat(parse(Double.toString(expected))).isEqualTo(expected);
      }
    }
  }

  @Test
  void readsRandomDecimalsToTheBit() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 300_000; i++) {
      long digits = random.nextLong() >>> random.nextInt(64);
      String text = Long.toUnsignedString(digits) + "e" + random.nextInt(-345, 310);
      double expected = Double.parseDouble(text);
      if (Double.isFinite(expected)) {
        assertThat(parse(text)).as(text).isEqualTo(expected);
      }
    }
  }

  @Test
  void readsNumbersHalfwayBetweenTwoDoubles() {
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 20_000; i++) {
      double low = Double.longBitsToDouble(random.nextLong() & 0x7fefffffffffffffL);
      double high = Math.nextUp(low);
      if (Double.isFinite(high)) {
        String text =
            new BigDecimal(low).add(new BigDecimal(high)).divide(BigDecimal.TWO).toString();
        assertThat(parse(text)).as(text).isEqualTo(Double.parseDouble(text));
      }
    }
  }

  @Test
  void readsGosSpecialForms() {
    assertThat(parse("+Inf")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(parse("-infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(parse("NaN")).isNaN();
    assertThat(parse("1.")).isEqualTo(1);
    assertThat(parse(".5")).isEqualTo(0.5);
    assertThat(parse("+1e-2")).isEqualTo(0.01);
    assertThat(Double.doubleToRawLongBits(parse("-0"))).isEqualTo(Long.MIN_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "+", ".", "e5", "1e", "1e+", "0x1p3", "1_000", "-nan", "1d", "1 ", "1e400", "info"
      })
  void refusesWhatGoRefuses(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(NumberFormatException.class);
  }
}
