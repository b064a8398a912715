package io.ghostworks.rules.backtest;

import io.ghostworks.model.label.Labels;

/**
 * One alert on its way through time.
 *
 * <pre>
 * NONE --seen--> PENDING --for has passed--> FIRING --not seen, keep_firing_for has passed--> NONE
 *                PENDING --not seen--> NONE
 * </pre>
 */
final class AlertTrack {
  final Labels labels;
  State state = State.NONE;
  Labels annotations = Labels.EMPTY;
  long pendingAtMs;
  long firingAtMs;
  long keptSinceMs;
  long lastKeptSinceMs;
  long lastEndMs = Long.MIN_VALUE;
  double firstValue;
  double leastValue;
  double mostValue;

  /** The value at the present step. */
  double value;

  /** The number of the step at which it was seen last. */
  long seenStep = -1;

  AlertTrack(Labels labels) {
    this.labels = labels;
  }

  enum State {
    NONE,
    PENDING,
    FIRING
  }

  /** The condition holds, and nothing stood before. */
  void begin(long atMs) {
    state = State.PENDING;
    pendingAtMs = atMs;
    firingAtMs = 0;
    keptSinceMs = 0;
    lastKeptSinceMs = 0;
    firstValue = value;
    leastValue = value;
    mostValue = value;
  }

  void observe() {
    leastValue = Math.min(leastValue, value);
    mostValue = Math.max(mostValue, value);
    keptSinceMs = 0;
  }

  /** Whether it goes on firing although its condition is gone. */
  boolean keepsFiring(long atMs, long keepMs) {
    if (state != State.FIRING || keepMs == 0) {
      return false;
    }
    if (keptSinceMs == 0) {
      keptSinceMs = atMs;
      lastKeptSinceMs = atMs;
    }
    return atMs - keptSinceMs < keepMs;
  }

  /**
   * @param endedAtMs 0 if it stands
   */
  BacktestReport.Episode episode(long endedAtMs) {
    return new BacktestReport.Episode(
        labels,
        annotations,
        pendingAtMs,
        firingAtMs,
        lastKeptSinceMs,
        endedAtMs,
        firstValue,
        leastValue,
        mostValue);
  }
}
