package io.ghostworks.alertmanager.interval;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When any of some time intervals holds next, and until when. A time is one of an interval exactly
 * where {@link TimeInterval#contains} says so, also on days on which clocks are changed.
 */
public final class Occurrences {

  private static final int MINUTES_PER_DAY = 1_440;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** A stretch is followed so far into the past and the future. */
  public static final Duration LONGEST = Duration.ofDays(400);

  private static final TimeInterval.TimeRange WHOLE_DAY =
      new TimeInterval.TimeRange(0, MINUTES_PER_DAY);

  private final List<TimeInterval> intervals;

  public Occurrences(List<TimeInterval> intervals) {
    this.intervals = List.copyOf(intervals);
  }

  /**
   * A stretch of time without a gap, in nanoseconds since the epoch.
   *
   * @param startNanos inclusive
   * @param endNanos exclusive
   */
  public record Span(long startNanos, long endNanos) {}

  /**
   * The stretch that a time is in, or the first one after it. Of one without an end a part is given
   * that reaches at least {@link #LONGEST} before and after the time.
   *
   * @param afterNanos where time begins: the stretch does not start before
   * @param nowNanos at or after the beginning
   * @param beforeNanos where time ends: the stretch does not end after
   */
  public Optional<Span> next(long afterNanos, long nowNanos, long beforeNanos) {
    Optional<Span> first =
        intervals.stream()
            .flatMap(interval -> next(interval, nowNanos, beforeNanos).stream())
            .min(Comparator.comparingLong(Span::startNanos));
    if (first.isEmpty() || first.get().startNanos >= beforeNanos) {
      return Optional.empty();
    }
    long earliest = Math.max(afterNanos, first.get().startNanos - LONGEST.toNanos());
    long latest = Math.min(beforeNanos, saturatedSum(nowNanos, LONGEST.toNanos()));
    long start = first.get().startNanos;
    while (start > earliest) {
      Optional<Span> before = containing(start - 1).min(Comparator.comparingLong(Span::startNanos));
      if (before.isEmpty()) {
        break;
      }
      start = before.get().startNanos;
    }
    long end = first.get().endNanos;
    while (end < latest) {
      Optional<Span> after = containing(end).max(Comparator.comparingLong(Span::endNanos));
      if (after.isEmpty()) {
        break;
      }
      end = after.get().endNanos;
    }
    return Optional.of(new Span(Math.max(start, afterNanos), Math.min(end, beforeNanos)));
  }

  private Stream<Span> containing(long nanos) {
    return intervals.stream()
        .filter(interval -> interval.contains(nanos))
        .flatMap(interval -> spans(interval, date(nanos, zone(interval))).stream())
        .filter(span -> span.startNanos <= nanos && nanos < span.endNanos);
  }

  private static long saturatedSum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private static Optional<Span> next(TimeInterval interval, long fromNanos, long beforeNanos) {
    ZoneId zone = zone(interval);
    LocalDate last = date(beforeNanos, zone);
    for (LocalDate day = date(fromNanos, zone);
        !day.isAfter(last);
        day = nextCandidate(interval, day)) {
      if (interval.containsDate(day)) {
        Optional<Span> span =
            spans(interval, day).stream().filter(each -> each.endNanos > fromNanos).findFirst();
        if (span.isPresent()) {
          return span;
        }
      }
    }
    return Optional.empty();
  }

  /** Skips years and months without looking at their days. */
  private static LocalDate nextCandidate(TimeInterval interval, LocalDate day) {
    if (!interval.containsYear(day.getYear())) {
      return LocalDate.of(day.getYear() + 1, 1, 1);
    }
    if (!interval.containsMonth(day.getMonthValue())) {
      return day.withDayOfMonth(1).plusMonths(1);
    }
    return day.plusDays(1);
  }

  /** The stretches of one day, ascending; more than the ranges where clocks are changed. */
  private static List<Span> spans(TimeInterval interval, LocalDate day) {
    ZoneId zone = zone(interval);
    List<TimeInterval.TimeRange> times =
        interval.times() == null ? List.of(WHOLE_DAY) : interval.times();
    long end = nanos(day.plusDays(1).atStartOfDay(zone).toInstant());
    long from = nanos(day.atStartOfDay(zone).toInstant());
    List<Span> spans = new ArrayList<>();
    while (from < end) {
      long until = Math.min(end, nextChange(zone.getRules(), from));
      ZoneOffset offset = zone.getRules().getOffset(instant(from));
      for (TimeInterval.TimeRange range : times) {
        long start = Math.max(from, at(day, range.startMinute(), offset));
        long stop = Math.min(until, at(day, range.endMinute(), offset));
        if (start < stop) {
          spans.add(new Span(start, stop));
        }
      }
      from = until;
    }
    spans.sort(Comparator.comparingLong(Span::startNanos));
    return spans;
  }

  private static long nextChange(ZoneRules rules, long afterNanos) {
    ZoneOffsetTransition change = rules.nextTransition(instant(afterNanos));
    return change == null ? Long.MAX_VALUE : nanos(change.getInstant());
  }

  private static long at(LocalDate day, int minute, ZoneOffset offset) {
    LocalDateTime time = day.atStartOfDay().plusMinutes(minute);
    return nanos(time.toInstant(offset));
  }

  private static ZoneId zone(TimeInterval interval) {
    return interval.location() == null ? ZoneOffset.UTC : interval.location();
  }

  private static LocalDate date(long nanos, ZoneId zone) {
    return LocalDate.ofInstant(instant(nanos), zone);
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
  }

  /** Saturated at the ends of what 64 bits hold. */
  private static long nanos(Instant instant) {
    if (instant.getEpochSecond() >= Long.MAX_VALUE / NANOS_PER_SECOND) {
      return Long.MAX_VALUE;
    }
    if (instant.getEpochSecond() <= Long.MIN_VALUE / NANOS_PER_SECOND) {
      return Long.MIN_VALUE;
    }
    return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
  }
}
