package io.ghostworks.alertmanager.interval;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.interval.TimeInterval.Range;
import io.ghostworks.alertmanager.interval.TimeInterval.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OccurrencesTest {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private static long at(String time) {
    return Instant.parse(time).getEpochSecond() * 1_000_000_000;
  }

  private static String text(Occurrences.Span span) {
    return Instant.ofEpochSecond(0, span.startNanos())
        + " "
        + Instant.ofEpochSecond(0, span.endNanos());
  }

  private static TimeInterval interval(
      @Nullable List<TimeRange> times, @Nullable List<Range> weekdays, String zone) {
    return new TimeInterval(times, weekdays, null, null, null, ZoneId.of(zone));
  }

  @Test
  void aWeekendIsOneStretch() {
    Occurrences weekend =
        new Occurrences(
            List.of(
                interval(null, List.of(new Range(6, 6), new Range(0, 0)), "Europe/Berlin"),
                interval(
                    List.of(new TimeRange(22 * 60, 24 * 60)),
                    List.of(new Range(5, 5)),
                    "Europe/Berlin")));
    String expected = "2026-03-06T21:00:00Z 2026-03-08T23:00:00Z";
    long begin = at("2026-01-01T00:00:00Z");
    long end = at("2027-01-01T00:00:00Z");
    for (String now :
        List.of("2026-03-04T10:00:00Z", "2026-03-06T21:30:00Z", "2026-03-08T12:00:00Z")) {
      assertThat(weekend.next(begin, at(now), end)).map(OccurrencesTest::text).hasValue(expected);
    }
    assertThat(
            weekend.next(
                at("2026-03-07T00:00:00Z"), at("2026-03-07T12:00:00Z"), at("2026-03-08T00:00:00Z")))
        .map(OccurrencesTest::text)
        .hasValue("2026-03-07T00:00:00Z 2026-03-08T00:00:00Z");
  }

  @Test
  void aTimeThatNeverComesHasNoOccurrence() {
    TimeInterval never =
        new TimeInterval(
            null, null, List.of(new Range(31, 31)), List.of(new Range(2, 2)), null, null);
    TimeInterval past =
        new TimeInterval(null, null, null, null, List.of(new Range(2020, 2021)), null);
    Occurrences none = new Occurrences(List.of(never, past));
    assertThat(none.next(0, at("2026-01-01T00:00:00Z"), Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void aTimeThatIsAlwaysEndsWithItsLimits() {
    Occurrences always =
        new Occurrences(List.of(new TimeInterval(null, null, null, null, null, null)));
    assertThat(always.next(5, at("1970-01-03T00:00:00Z"), at("1970-02-01T00:00:00Z")))
        .hasValue(new Occurrences.Span(5, at("1970-02-01T00:00:00Z")));
  }

  @Test
  void agreesWithLookingAtEveryMinute() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    List<String> zones = List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC");
    List<String> days =
        List.of("2026-03-27", "2026-10-23", "2026-03-06", "2026-10-30", "2026-04-03");
    for (int round = 0; round < 60; round++) {
      List<TimeInterval> intervals = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(3); i++) {
        intervals.add(random(random, zones.get(random.nextInt(zones.size()))));
      }
      long begin = at(days.get(random.nextInt(days.size())) + "T00:00:00Z");
      long end = begin + Duration.ofDays(4).toNanos();
      long now = begin + random.nextInt(3 * 24 * 60) * MINUTE;
      assertThat(new Occurrences(intervals).next(begin, now, end))
          .as("seed %d round %d %s", seed, round, intervals)
          .isEqualTo(naive(intervals, begin, now, end));
    }
  }

  private static TimeInterval random(Random random, String zone) {
    List<TimeRange> times = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      int start = random.nextInt(1_439);
      times.add(new TimeRange(start, start + 1 + random.nextInt(1_440 - start)));
    }
    int day = random.nextInt(7);
    return new TimeInterval(
        random.nextInt(4) == 0 ? null : times,
        random.nextBoolean() ? null : List.of(new Range(day, day + random.nextInt(7 - day))),
        random.nextInt(4) == 0 ? List.of(new Range(-3, -1)) : null,
        null,
        null,
        ZoneId.of(zone));
  }

  private static Optional<Occurrences.Span> naive(
      List<TimeInterval> intervals, long begin, long now, long end) {
    long start = now;
    while (start < end && !contains(intervals, start)) {
      start += MINUTE;
    }
    if (start >= end) {
      return Optional.empty();
    }
    long stop = start;
    while (stop < end && contains(intervals, stop)) {
      stop += MINUTE;
    }
    while (start > begin && contains(intervals, start - MINUTE)) {
      start -= MINUTE;
    }
    return Optional.of(new Occurrences.Span(start, stop));
  }

  private static boolean contains(List<TimeInterval> intervals, long nanos) {
    return intervals.stream().anyMatch(interval -> interval.contains(nanos));
  }
}
