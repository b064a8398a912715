package io.ghostworks.journal;

import java.time.Duration;

/** When a frame counts as acknowledged. */
public sealed interface Durability {
  /** After fsync: what was acknowledged survives a loss of power. */
  record Fsync() implements Durability {}

  /**
   * After the write, with an fsync at least once per interval: what was acknowledged survives the
   * death of the process, and a loss of power may take what the last interval acknowledged.
   *
   * @param interval above 0, at most 100 ms
   */
  record Interval(Duration interval) implements Durability {
    private static final Duration MAX = Duration.ofMillis(100);

    public Interval {
      if (interval.isNegative() || interval.isZero() || interval.compareTo(MAX) > 0) {
        throw new IllegalArgumentException(
            "the fsync interval must be above 0 and at most 100ms, got %dms"
                .formatted(interval.toMillis()));
      }
    }
  }
}
