package io.ghostworks.scrape;

import java.time.Duration;

/**
 * The pace of one loop: which instant a scrape belongs to, and how long until the next. Scrapes
 * that come no more than 2 milliseconds (or 1 % of the interval) beside their due time get that
 * time as their timestamp, so that timestamps of a target are evenly spaced and pack well
 * (Prometheus scrape/scrape.go, run). Not thread-safe.
 */
final class ScrapeSchedule {
  private static final long TOLERANCE_MAX_NANOS = Duration.ofMillis(2).toNanos();

  private final long intervalNanos;
  private final long toleranceNanos;
  private long alignedNanos;

  /** Begins at {@code firstNanos} since the epoch. */
  ScrapeSchedule(Duration interval, long firstNanos) {
    this.intervalNanos = interval.toNanos();
    this.toleranceNanos = Math.min(intervalNanos / 100, TOLERANCE_MAX_NANOS);
    this.alignedNanos = firstNanos;
  }

  /** The time of a scrape that begins at {@code nowNanos}. */
  long scrapeNanos(long nowNanos) {
    long elapsed = nowNanos - alignedNanos;
    if (elapsed < -toleranceNanos) {
      alignedNanos = nowNanos; // the wall clock was set back
    } else {
      alignedNanos += (elapsed + toleranceNanos) / intervalNanos * intervalNanos;
    }
    return Math.abs(nowNanos - alignedNanos) <= toleranceNanos ? alignedNanos : nowNanos;
  }

  /** When the next scrape is due. */
  long nextNanos() {
    return alignedNanos + intervalNanos;
  }

  Duration untilNext(long nowNanos) {
    return Duration.ofNanos(Math.clamp(nextNanos() - nowNanos, 0, intervalNanos));
  }
}
