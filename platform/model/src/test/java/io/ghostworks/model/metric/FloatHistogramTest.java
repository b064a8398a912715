package io.ghostworks.model.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FloatHistogramTest {

  @Test
  void mergesBucketsIntoThoseOfACoarserSchema() {
    // Buckets 1 2 3, 6, and 9 of schema 9; two each become one of schema 8: 1 1 2, 3, 5.
    FloatHistogram fine =
        histogram(9, new int[] {1, 2, 2}, new int[] {3, 1, 1}, new double[] {1, 2, 4, 8, 16});
    FloatHistogram merged = fine.withSchemaAtMost(8);
    assertThat(merged.schema()).isEqualTo(8);
    assertThat(merged.positiveSpanOffsets()).containsExactly(1, 1);
    assertThat(merged.positiveSpanLengths()).containsExactly(3, 1);
    assertThat(merged.positiveCounts()).containsExactly(3, 4, 8, 16);
    assertThat(merged.count()).isEqualTo(fine.count());
  }

  @Test
  void mergesFarFinerBucketsIntoTheTwoAroundOne() {
    FloatHistogram fine =
        histogram(52, new int[] {-3, 4}, new int[] {2, 2}, new double[] {1, 2, 4, 8});
    FloatHistogram merged = fine.withSchemaAtMost(8);
    assertThat(merged.positiveSpanOffsets()).containsExactly(0);
    assertThat(merged.positiveSpanLengths()).containsExactly(2);
    assertThat(merged.positiveCounts()).containsExactly(3, 12);
  }

  @Test
  void leavesCoarserSchemasAsTheyAre() {
    FloatHistogram coarse = histogram(3, new int[] {1}, new int[] {1}, new double[] {1});
    assertThat(coarse.withSchemaAtMost(8)).isSameAs(coarse);
  }

  private static FloatHistogram histogram(
      int schema, int[] offsets, int[] lengths, double[] counts) {
    double count = 0;
    for (double bucket : counts) {
      count += bucket;
    }
    return new FloatHistogram(
        FloatHistogram.CounterReset.UNKNOWN,
        schema,
        0,
        0,
        count,
        1,
        offsets,
        lengths,
        counts,
        new int[0],
        new int[0],
        new double[0],
        new double[0]);
  }
}
