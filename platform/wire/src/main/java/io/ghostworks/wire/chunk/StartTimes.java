package io.ghostworks.wire.chunk;

/**
 * The start timestamps of a chunk that has room for them: a header tells whether the first sample
 * has one and from which sample on they follow.
 *
 * <p>Source: prometheus tsdb/docs/format/chunks.md, "Start timestamp encoding".
 */
final class StartTimes {
  private static final int FIRST_KNOWN = 0x80;

  private final boolean firstKnown;
  private final int changesAt;
  private long startMs;
  private long difference;

  StartTimes(int header) {
    firstKnown = (header & FIRST_KNOWN) != 0;
    changesAt = header & (FIRST_KNOWN - 1);
  }

  /** None at all. */
  static StartTimes none() {
    return new StartTimes(0);
  }

  /**
   * Reads what belongs to a sample.
   *
   * @param index of the sample in its chunk
   * @param previousMs the time of the sample before
   * @return its start timestamp, or 0
   */
  long read(BitInput in, int index, long timestampMs, long previousMs) {
    if (index == 0) {
      if (firstKnown) {
        difference = in.varint();
        startMs = timestampMs - difference;
      }
    } else if (changesAt > 0 && index >= changesAt) {
      long read = Varbit.signed(in);
      difference = index == changesAt ? read : difference + read;
      startMs = previousMs - difference;
    }
    return startMs;
  }
}
