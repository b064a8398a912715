package io.ghostworks.alertmanager.interval;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recurring times ({@code timeinterval/timeinterval.go}): those at which every part that is given
 * holds. A part holds where one of its ranges contains the time; one without ranges never does.
 *
 * @param times of the day; null for any
 * @param weekdays 0 is Sunday, 6 Saturday; null for any
 * @param daysOfMonth from 1, or from -1 backwards from the month's last; null for any
 * @param months 1 is January; null for any
 * @param years null for any
 * @param location where these are read off the clock; null for UTC
 */
public record TimeInterval(
    @Nullable List<TimeRange> times,
    @Nullable List<Range> weekdays,
    @Nullable List<Range> daysOfMonth,
    @Nullable List<Range> months,
    @Nullable List<Range> years,
    @Nullable ZoneId location) {

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  public TimeInterval {
    times = times == null ? null : List.copyOf(times);
    weekdays = weekdays == null ? null : List.copyOf(weekdays);
    daysOfMonth = daysOfMonth == null ? null : List.copyOf(daysOfMonth);
    months = months == null ? null : List.copyOf(months);
    years = years == null ? null : List.copyOf(years);
  }

  /** Numbers from {@code begin} to {@code end}, both included. */
  public record Range(long begin, long end) {
    boolean contains(long number) {
      return number >= begin && number <= end;
    }
  }

  /**
   * Minutes of a day.
   *
   * @param startMinute in [0, 1440)
   * @param endMinute in (0, 1440], not included
   */
  public record TimeRange(int startMinute, int endMinute) {
    boolean contains(int minute) {
      return minute >= startMinute && minute < endMinute;
    }
  }

  /** Whether the time is one of these. */
  public boolean contains(long epochNanos) {
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(epochNanos, NANOS_PER_SECOND),
            Math.floorMod(epochNanos, NANOS_PER_SECOND));
    ZonedDateTime time = instant.atZone(location == null ? ZoneOffset.UTC : location);
    int minute = time.getHour() * 60 + time.getMinute();
    return (times == null || times.stream().anyMatch(range -> range.contains(minute)))
        && containsDate(time.toLocalDate());
  }

  /** Whether a day is one of these, at some time. */
  boolean containsDate(LocalDate date) {
    return (daysOfMonth == null || daysOfMonth.stream().anyMatch(range -> containsDay(range, date)))
        && containsMonth(date.getMonthValue())
        && (weekdays == null || any(weekdays, date.getDayOfWeek().getValue() % 7))
        && containsYear(date.getYear());
  }

  boolean containsMonth(int month) {
    return months == null || any(months, month);
  }

  boolean containsYear(int year) {
    return years == null || any(years, year);
  }

  private static boolean any(List<Range> ranges, int number) {
    return ranges.stream().anyMatch(range -> range.contains(number));
  }

  private static boolean containsDay(Range range, LocalDate date) {
    int days = date.lengthOfMonth();
    long begin = range.begin < 0 ? days + range.begin + 1 : range.begin;
    long end = range.end < 0 ? days + range.end + 1 : range.end;
    return begin <= days && date.getDayOfMonth() >= begin && date.getDayOfMonth() <= end;
  }
}
