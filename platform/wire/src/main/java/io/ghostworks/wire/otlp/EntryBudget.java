package io.ghostworks.wire.otlp;

import io.ghostworks.wire.WireFormatException;

/** Counts what a request makes of memory besides its rows. */
final class EntryBudget {
  private final int max;
  private int left;

  EntryBudget(OtlpLimits limits) {
    max = limits.entriesMax();
    left = max;
  }

  void take(int count) {
    left -= count;
    if (left < 0) {
      throw new WireFormatException(
          "a request may have at most %d attributes, events, links and buckets".formatted(max),
          WireFormatException.NOWHERE);
    }
  }
}
