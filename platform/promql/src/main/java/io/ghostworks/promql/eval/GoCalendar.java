package io.ghostworks.promql.eval;

import java.time.LocalDate;

/**
 * The parts of a date in UTC as Go's {@code time} package gives them for any number of seconds,
 * with its years beyond what {@link LocalDate} has and its wrap at the end of 64 bits.
 */
final class GoCalendar {
  private static final long DAY_SECONDS = 86_400;

  /** After 400 years days of months and weeks repeat. */
  private static final int CYCLE_YEARS = 400;

  private static final long CYCLE_DAYS = 146_097;
  private static final long CYCLE_SECONDS = CYCLE_DAYS * DAY_SECONDS;

  /** Go counts from March 1 of this year, without a sign. */
  private static final long FIRST_YEAR = -292_277_022_400L;

  private static final LocalDate FIRST_DAY_OF_CYCLE = LocalDate.of(0, 3, 1);

  private static final long FIRST_SECOND =
      (FIRST_YEAR / CYCLE_YEARS * CYCLE_DAYS + FIRST_DAY_OF_CYCLE.toEpochDay()) * DAY_SECONDS;

  private GoCalendar() {}

  /** Seconds since the epoch as Go on amd64 converts a float: what does not fit is the smallest. */
  private static long absolute(double seconds) {
    boolean fits = seconds >= -0x1p63 && seconds < 0x1p63;
    return (fits ? (long) seconds : Long.MIN_VALUE) - FIRST_SECOND;
  }

  /** The date; its year is right but for a multiple of 400. */
  static LocalDate dayInCycle(double seconds) {
    long day = Long.remainderUnsigned(absolute(seconds), CYCLE_SECONDS) / DAY_SECONDS;
    return FIRST_DAY_OF_CYCLE.plusDays(day);
  }

  static long year(double seconds) {
    long cycles = Long.divideUnsigned(absolute(seconds), CYCLE_SECONDS);
    return dayInCycle(seconds).getYear() + FIRST_YEAR + cycles * CYCLE_YEARS;
  }

  static long hour(double seconds) {
    return Long.remainderUnsigned(absolute(seconds), DAY_SECONDS) / 3_600;
  }

  static long minute(double seconds) {
    return Long.remainderUnsigned(absolute(seconds), 3_600) / 60;
  }
}
