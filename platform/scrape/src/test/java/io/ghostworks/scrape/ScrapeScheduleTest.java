package io.ghostworks.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScrapeScheduleTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MS = 1_000_000L;
  private final ScrapeSchedule schedule = new ScrapeSchedule(Duration.ofSeconds(10), 100 * SECOND);

  @Test
  void smallDeviationsDoNotShow() {
    assertThat(schedule.scrapeNanos(100 * SECOND)).isEqualTo(100 * SECOND);
    assertThat(schedule.scrapeNanos(110 * SECOND + 2 * MS)).isEqualTo(110 * SECOND);
    assertThat(schedule.scrapeNanos(120 * SECOND - MS)).isEqualTo(120 * SECOND);
    assertThat(schedule.nextNanos()).isEqualTo(130 * SECOND);
    assertThat(schedule.untilNext(120 * SECOND - MS))
        .isEqualTo(Duration.ofMillis(10_001).minusMillis(1));
  }

  @Test
  void largerOnesDoAndDoNotAddUp() {
    assertThat(schedule.scrapeNanos(110 * SECOND + 30 * MS)).isEqualTo(110 * SECOND + 30 * MS);
    assertThat(schedule.nextNanos()).isEqualTo(120 * SECOND);
    assertThat(schedule.scrapeNanos(155 * SECOND)).isEqualTo(155 * SECOND);
    assertThat(schedule.nextNanos()).isEqualTo(160 * SECOND);
  }

  @Test
  void aClockThatIsSetBackBeginsAnew() {
    assertThat(schedule.scrapeNanos(50 * SECOND)).isEqualTo(50 * SECOND);
    assertThat(schedule.nextNanos()).isEqualTo(60 * SECOND);
  }
}
