package io.ghostworks.alertmanager.deliver;

import java.time.Duration;
import java.util.Comparator;
import java.util.random.RandomGenerator;

/**
 * A notification of the outbox that is not delivered yet: what a queue keeps of it in memory.
 * Guarded by its queue.
 */
final class Waiting {
  /** By the time of the next try. */
  static final Comparator<Waiting> BY_TIME =
      Comparator.<Waiting>comparingLong(each -> each.tryAtNanos).thenComparingLong(each -> each.id);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final double GROWTH = 1.5;
  private static final double SPREAD = 0.5;

  /** Where it stands. */
  enum Place {
    /** May be sent. */
    READY,
    /** Pauses after a failure. */
    PAUSING,
    /** An older one of its group is being sent. */
    BEHIND,
    SENDING,
    /** Replaced, or ended. */
    GONE
  }

  final long id;
  final String groupKey;
  final Deliveries.Target target;
  final int alerts;

  /** Stands for the alerts that it tells of. */
  final long hash;

  Deliveries.Listener listener;
  Place place = Place.READY;
  int attempts;
  String error = "";

  /** Monotonic; of a pausing one. */
  long tryAtNanos;

  /** It was refused as part of a digest. */
  boolean alone;

  private double pauseSeconds = FIRST_PAUSE.toMillis() / 1e3;

  Waiting(
      long id,
      String groupKey,
      Deliveries.Target target,
      int alerts,
      long hash,
      Deliveries.Listener listener) {
    this.id = id;
    this.groupKey = groupKey;
    this.target = target;
    this.alerts = alerts;
    this.hash = hash;
    this.listener = listener;
  }

  /** Pauses begin anew. */
  void hurry() {
    pauseSeconds = FIRST_PAUSE.toMillis() / 1e3;
  }

  /** Sets the time of the next try; pauses grow, and spread by a half to either side. */
  void pause(long nowNanos, RandomGenerator random) {
    double spread = 1 + SPREAD * (2 * random.nextDouble() - 1);
    tryAtNanos = nowNanos + (long) (pauseSeconds * spread * 1e9);
    pauseSeconds = Math.min(LONGEST_PAUSE.toMillis() / 1e3, pauseSeconds * GROWTH);
  }
}
