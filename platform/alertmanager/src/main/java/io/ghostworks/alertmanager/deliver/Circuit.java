package io.ghostworks.alertmanager.deliver;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Keeps messages back from a receiver that does not take any. Guarded by its queue.
 *
 * <pre>
 * CLOSED  → OPEN     after 5 failures in a row, of more than one group
 * OPEN    → PROBING  when its pause is over: one message may try
 * PROBING → CLOSED   when that is delivered
 * PROBING → OPEN     when it is not; the pause grows from 5 s to a minute
 * </pre>
 *
 * One group that fails again and again, while nothing else is told, has pauses of its own, and does
 * not keep back what comes next.
 */
final class Circuit {
  private static final int FAILURES_MAX = 5;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final double GROWTH = 1.5;
  private static final double SPREAD = 0.2;

  private final RandomGenerator random;
  private int failures;
  private String failing = "";
  private boolean several;
  private boolean open;
  private long openUntilNanos;
  private double pauseSeconds = FIRST_PAUSE.toSeconds();

  Circuit(RandomGenerator random) {
    this.random = random;
  }

  /** How long until a message may try; 0 for now. */
  long waitNanos(long nowNanos) {
    return open ? Math.max(0, openUntilNanos - nowNanos) : 0;
  }

  /** How many messages failed in a row. */
  int failures() {
    return failures;
  }

  /** Whether at most one message may be on its way. */
  boolean isOpen() {
    return open;
  }

  /**
   * A message was delivered.
   *
   * @return whether this closed the circuit
   */
  boolean delivered() {
    boolean closed = open;
    open = false;
    failures = 0;
    several = false;
    failing = "";
    pauseSeconds = FIRST_PAUSE.toSeconds();
    return closed;
  }

  /**
   * A message was not delivered, and another try may succeed.
   *
   * @return whether this opened the circuit, and it was not open before
   */
  boolean failed(String group, long nowNanos) {
    failures++;
    several |= !failing.isEmpty() && !failing.equals(group);
    failing = group;
    boolean opens = !open && failures >= FAILURES_MAX && several;
    if (open || opens) {
      open = true;
      double spread = 1 + SPREAD * (2 * random.nextDouble() - 1);
      openUntilNanos = nowNanos + (long) (pauseSeconds * spread * 1e9);
      pauseSeconds = Math.min(LONGEST_PAUSE.toSeconds(), pauseSeconds * GROWTH);
    }
    return opens;
  }
}
