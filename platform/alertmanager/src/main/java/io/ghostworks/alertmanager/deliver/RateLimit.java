package io.ghostworks.alertmanager.deliver;

import java.time.Duration;

/**
 * How many messages may go out: so many at once, and then one whenever its interval has passed (a
 * token bucket). Thread-safe.
 */
final class RateLimit {
  private final long intervalNanos;
  private final long burstNanos;

  /** When the bucket would be full again, at the earliest; monotonic. */
  private long fullAtNanos;

  private boolean used;

  /**
   * @param perMinute in the long run, at least 1
   * @param burst at once, at least 1
   */
  RateLimit(int perMinute, int burst) {
    if (perMinute < 1 || burst < 1) {
      throw new IllegalArgumentException(
          "a rate of messages needs at least 1 a minute and 1 at once, got %d and %d"
              .formatted(perMinute, burst));
    }
    this.intervalNanos = Duration.ofMinutes(1).toNanos() / perMinute;
    this.burstNanos = intervalNanos * burst;
  }

  /** How long until a message may go out; 0 for now. */
  synchronized long waitNanos(long nowNanos) {
    return used ? Math.max(0, fullAtNanos - nowNanos - burstNanos + intervalNanos) : 0;
  }

  /** Counts a message, if one may go out now. */
  synchronized boolean take(long nowNanos) {
    if (waitNanos(nowNanos) > 0) {
      return false;
    }
    fullAtNanos = (used && fullAtNanos - nowNanos > 0 ? fullAtNanos : nowNanos) + intervalNanos;
    used = true;
    return true;
  }
}
