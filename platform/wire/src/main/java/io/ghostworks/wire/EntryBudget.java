package io.ghostworks.wire;

/** Counts what a request makes of memory besides its rows. Not thread-safe. */
public final class EntryBudget {
  private final int max;
  private int left;

  /**
   * @param max how many entries one request may have
   */
  public EntryBudget(int max) {
    this.max = max;
    left = max;
  }

  /**
   * Counts entries.
   *
   * @throws WireFormatException if the request has more than it may
   */
  public void take(int count) {
    left -= count;
    if (left < 0) {
      throw new WireFormatException(
          "a request may have at most %d attributes, events, links and buckets".formatted(max),
          WireFormatException.NOWHERE);
    }
  }
}
