package io.ghostworks.saas.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DailyShapeTest {
  private static final double HOUR = 3600;
  private final DailyShape day = new DailyShape(24 * HOUR);

  @Test
  void isQuietAtNightAndBusyInTheMorningAndAfternoon() {
    double night = day.factor(18 * HOUR, 0);
    assertThat(day.factor(2.5 * HOUR, 0)).isGreaterThan(3 * night);
    assertThat(day.factor(7 * HOUR, 0)).isGreaterThan(3 * night);
    assertThat(day.factor(4.75 * HOUR, 0)).isLessThan(day.factor(2.5 * HOUR, 0));
  }

  @Test
  void hasAMeanOfAboutOne() {
    double sum = 0;
    for (int minute = 0; minute < 24 * 60; minute++) {
      sum += day.factor(minute * 60.0, 0);
    }
    assertThat(sum / (24 * 60)).isCloseTo(1, Offset.offset(0.25));
  }

  @Test
  void movesWithTheTimeZone() {
    assertThat(day.factor(0, 2.5)).isEqualTo(day.factor(2.5 * HOUR, 0));
    assertThat(day.factor(0, -8)).isPositive();
  }

  @Test
  void aShorterDayHasTheSameShape() {
    assertThat(new DailyShape(1200).factor(125, 0))
        .isCloseTo(day.factor(2.5 * HOUR, 0), Offset.offset(1e-9));
  }
}
