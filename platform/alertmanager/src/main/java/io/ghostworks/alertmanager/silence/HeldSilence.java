package io.ghostworks.alertmanager.silence;

import org.jspecify.annotations.Nullable;

/**
 * A silence in memory: its place in the order of making, and how it stands now. What alerts it
 * matches never changes; its times do.
 */
final class HeldSilence {
  final long version;
  private volatile Silence silence;

  /** How often it was replaced, by one thread at a time; raised after that. */
  private volatile int changes;

  private volatile @Nullable Known known;

  /** How a silence stands until a time. */
  private record Known(int changes, SilenceState state, long fromNanos, long untilNanos) {}

  HeldSilence(long version, Silence silence) {
    this.version = version;
    this.silence = silence;
  }

  Silence silence() {
    return silence;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // changes come one after another
  void replace(Silence changed) {
    silence = changed;
    changes++;
  }

  /** Looks at the schedule anew only where an occurrence has begun or ended. */
  boolean isActive(long nowNanos) {
    Known last = known;
    int current = changes;
    if (last == null
        || last.changes != current
        || nowNanos < last.fromNanos
        || nowNanos >= last.untilNanos) {
      last = known(current, nowNanos);
      known = last;
    }
    return last.state == SilenceState.ACTIVE;
  }

  private Known known(int current, long nowNanos) {
    Silence.Span span = silence.span(nowNanos);
    long until =
        switch (span.state()) {
          case ACTIVE -> span.endNanos();
          case PENDING -> span.startNanos();
          case EXPIRED -> Long.MAX_VALUE;
        };
    return new Known(current, span.state(), nowNanos, until);
  }
}
