package io.ghostworks.server.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.metric.FloatHistogram;
import org.junit.jupiter.api.Test;

class HistogramJsonTest {
  @Test
  void firstCustomBucketIsClosedOnBothSides() {
    FloatHistogram histogram =
        new FloatHistogram(
            FloatHistogram.CounterReset.UNKNOWN,
            -53,
            0,
            0,
            6,
            7.5,
            new int[] {0},
            new int[] {3},
            new double[] {1, 2, 3},
            new int[0],
            new int[0],
            new double[0],
            new double[] {0.5, 2});
    GoJson json = new GoJson();
    HistogramJson.point(json, 1_000, histogram);
    assertThat(json.json())
        .isEqualTo(
            "[1,{\"count\":\"6\",\"sum\":\"7.5\",\"buckets\":[[3,\"-Inf\",\"0.5\",\"1\"],[0,\"0.5\",\"2\",\"2\"],[0,\"2\",\"+Inf\",\"3\"]]}]");
  }
}
