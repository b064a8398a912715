package io.ghostworks.server.loki;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LokiStepsTest {

  @ParameterizedTest
  @CsvSource({
    "7, 23, 5, 5, 25",
    "10, 20, 5, 10, 20",
    "11, 20, 5, 10, 20",
    "10, 21, 5, 10, 25",
    "7, 7, 5, 5, 10",
    "5, 5, 5, 5, 5"
  })
  void metricQueriesAreAskedOverWholeMultiplesOfTheirStep(
      long start, long end, long step, long alignedStart, long alignedEnd) {
    assertThat(LokiSteps.aligned(new LokiTimes.Range(start, end), step))
        .isEqualTo(new LokiTimes.Range(alignedStart, alignedEnd));
  }
}
