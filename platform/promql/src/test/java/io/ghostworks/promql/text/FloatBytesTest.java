package io.ghostworks.promql.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FloatBytesTest {

  @Test
  void writesWhatTheTextFormGives() {
    for (double value :
        new double[] {
          0,
          -0.0,
          1,
          -1,
          0.1,
          -0.1,
          0.3,
          1e-6,
          Math.nextDown(1e-6),
          1e-7,
          1e20,
          1e21,
          1.5e20,
          123456789.125,
          1.0 / 3,
          2.0 / 3,
          100.5,
          Double.MIN_VALUE,
          Double.MIN_NORMAL,
          Double.MAX_VALUE,
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          1L << 53,
          (1L << 53) + 2,
          4.35,
          0.000001234,
          2e-5,
          9.5367431640625e-7,
          0.001953125,
          1e15 + 0.5
        }) {
      check(value);
    }
    for (int power = -30; power < 80; power++) {
      double two = Math.scalb(1.0, power);
      for (double value : new double[] {two, Math.nextDown(two), Math.nextUp(two)}) {
        check(value);
        check(-value);
      }
    }
    for (int power = -8; power < 23; power++) {
      double ten = Double.parseDouble("1e" + power);
      for (double value : new double[] {ten, Math.nextDown(ten), Math.nextUp(ten), 3 * ten}) {
        check(value);
      }
    }
  }

  @Test
  void writesRandomNumbersAsTheTextFormDoes() {
    long seed = 17;
    Random random = new Random(seed);
    for (int i = 0; i < 150_000; i++) {
      check(Double.longBitsToDouble(random.nextLong()));
      check((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(30) - 7));
      check(random.nextInt(2_000_000) / 1000.0);
      check(random.nextInt() * Math.scalb(1.0, random.nextInt(100) - 60));
    }
  }

  @Test
  void writesWholeNumbers() {
    Random random = new Random(18);
    for (int i = 0; i < 20_000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      if (value != Long.MIN_VALUE) {
        byte[] out = new byte[FloatBytes.BYTES_MAX];
        int end = FloatBytes.write(value, out, 0);
        assertThat(text(out, 0, end)).isEqualTo(Long.toString(value));
      }
    }
  }

  private static void check(double value) {
    byte[] out = new byte[3 + FloatBytes.BYTES_MAX];
    int end = FloatBytes.write(value, out, 3);
    String text = text(out, 3, end);
    if (!text.equals(FloatText.formatJson(value))) {
      assertThat(text)
          .as("bits %x", Double.doubleToRawLongBits(value))
          .isEqualTo(FloatText.formatJson(value));
    }
  }

  private static String text(byte[] out, int from, int end) {
    return new String(out, from, end - from, StandardCharsets.US_ASCII);
  }
}
