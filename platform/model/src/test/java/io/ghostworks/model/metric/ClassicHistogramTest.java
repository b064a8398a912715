package io.ghostworks.model.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import org.junit.jupiter.api.Test;

class ClassicHistogramTest {
  private final ClassicHistogram classic = new ClassicHistogram();

  @Test
  void bucketsInAnyOrderBecomeSpansWithoutEmptyBuckets() {
    classic.bucket(Double.POSITIVE_INFINITY, 9);
    classic.bucket(1, 2);
    classic.bucket(4, 5);
    classic.bucket(2, 2);
    classic.bucket(2, 3);
    classic.sum(12.5);
    classic.count(9);
    FloatHistogram made = classic.toNative(CounterReset.GAUGE).orElseThrow();
    assertThat(made.customBounds()).containsExactly(1, 2, 4);
    assertThat(made.positiveSpanOffsets()).containsExactly(0, 1);
    assertThat(made.positiveSpanLengths()).containsExactly(1, 2);
    assertThat(made.positiveCounts()).containsExactly(2, 3, 4);
    assertThat(made.sum()).isEqualTo(12.5);
    assertThat(made.counterReset()).isEqualTo(CounterReset.GAUGE);
    classic.reset();
    classic.bucket(1, 2);
    assertThat(classic.toNative(CounterReset.UNKNOWN).orElseThrow().count()).isEqualTo(2);
  }

  @Test
  void takesManyBucketsFromTheLargestDownwards() {
    int size = 300_000;
    for (int i = size; i > 0; i--) {
      classic.bucket(i, i);
      classic.bucket(i, 7); // again
    }
    FloatHistogram made = classic.toNative(CounterReset.UNKNOWN).orElseThrow();
    assertThat(made.customBounds()).hasSize(size).isSorted();
    assertThat(made.count()).isEqualTo(size);
  }

  @Test
  void bucketsOutOfOrderAreCumulativeToo() {
    classic.bucket(3, 3);
    classic.bucket(1, 1);
    classic.bucket(2, 9);
    assertThat(classic.toNative(CounterReset.UNKNOWN)).isEmpty();
    assertThat(classic.problem()).contains("not cumulative");
  }

  @Test
  void withoutBucketsTheOverallCountIsTheOnlyBucket() {
    classic.count(3.5);
    FloatHistogram made = classic.toNative(CounterReset.UNKNOWN).orElseThrow();
    assertThat(made.customBounds()).isEmpty();
    assertThat(made.positiveCounts()).containsExactly(3.5);
  }

  @Test
  void whatIsNoHistogramGivesNothingAndSaysWhy() {
    classic.bucket(1, 3);
    classic.bucket(2, 2);
    assertThat(classic.toNative(CounterReset.UNKNOWN)).isEmpty();
    assertThat(classic.problem()).contains("not cumulative");
    classic.reset();
    classic.bucket(Double.POSITIVE_INFINITY, 3);
    classic.count(4);
    assertThat(classic.toNative(CounterReset.UNKNOWN)).isEmpty();
    assertThat(classic.problem()).contains("mismatch");
    classic.reset();
    classic.bucket(Double.NaN, 3);
    assertThat(classic.toNative(CounterReset.UNKNOWN)).isEmpty();
    classic.reset();
    classic.bucket(1, -1);
    assertThat(classic.toNative(CounterReset.UNKNOWN)).isEmpty();
  }
}
