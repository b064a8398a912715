package io.ghostworks.traceql.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class Log2BucketsTest {

  @Test
  void putsWholeNumbersAtTheNextPowerOfTwo() {
    assertThat(Log2Buckets.exponent(2)).isEqualTo(1);
    assertThat(Log2Buckets.exponent(3)).isEqualTo(2);
    assertThat(Log2Buckets.exponent(4)).isEqualTo(2);
    assertThat(Log2Buckets.exponent(5)).isEqualTo(3);
    assertThat(Log2Buckets.exponent(Long.MAX_VALUE)).isEqualTo(63);
    assertThat(Log2Buckets.bound(10)).isEqualTo(1024);
  }

  @Test
  void interpolatesExponentiallyWithinABucket() {
    double[] bounds = {2, 4, 8, 16};
    long[] counts = {5, 1, 4, 2};
    assertThat(quantile(0.99, bounds, counts)).isEqualTo(16);
    assertThat(quantile(0, bounds, counts)).isCloseTo(Math.pow(2, 0.2), Offset.offset(1e-12));
    assertThat(quantile(1, bounds, counts)).isEqualTo(16);
    double[] two = {1024, 2048};
    long[] tens = {10, 10};
    assertThat(quantile(0.5, two, tens)).isEqualTo(1024);
    assertThat(quantile(0.75, two, tens)).isCloseTo(Math.pow(2, 10.5), Offset.offset(1e-9));
    assertThat(Log2Buckets.quantile(0.5, two, tens, 0)).isZero();
  }

  private static double quantile(double p, double[] bounds, long[] counts) {
    return Log2Buckets.quantile(p, bounds, counts, bounds.length);
  }
}
