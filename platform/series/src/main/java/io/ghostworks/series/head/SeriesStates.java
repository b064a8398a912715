package io.ghostworks.series.head;

import io.ghostworks.series.primitive.IntPages;
import io.ghostworks.series.primitive.LongPages;

/**
 * What admission knows of each series of a generation, rows that still wait for the journal
 * included: the newest sample, how many rows wait, and whether the series counts as active. Guarded
 * by the engine's admission lock.
 */
public final class SeriesStates {
  /** No sample is known. */
  public static final long NEVER = Long.MIN_VALUE;

  private static final int ACTIVE = 1;
  private static final int NEWEST_IS_HISTOGRAM = 2;
  private static final int MAY_BE_OLDER_THAN_PARTS = 4;

  private static final int WAITING_SHIFT = 3;

  private final LongPages newestMs = new LongPages();
  private final LongPages newestBits = new LongPages();
  private final IntPages lastSeenMinute = new IntPages();

  /** The flags in the lowest bits, above them how many rows wait. */
  private final IntPages flags = new IntPages();

  /** Adds the state of the next series. */
  public void add(boolean mayBeOlderThanParts) {
    newestMs.add(NEVER);
    newestBits.add(0);
    lastSeenMinute.add(0);
    flags.add(mayBeOlderThanParts ? MAY_BE_OLDER_THAN_PARTS : 0);
  }

  /** Adds the state of a series that another generation takes over. */
  public void takeOver(SeriesStates from, int series) {
    newestMs.add(from.newestMs.get(series));
    newestBits.add(from.newestBits.get(series));
    lastSeenMinute.add(from.lastSeenMinute.get(series));
    flags.add(from.flags.get(series));
  }

  public int size() {
    return flags.size();
  }

  /** The time of the newest admitted sample, or {@link #NEVER}. */
  public long newestMs(int series) {
    return newestMs.get(series);
  }

  /** Whether the newest sample is a float with these bits. */
  public boolean isNewest(int series, long valueBits) {
    return (flags.get(series) & NEWEST_IS_HISTOGRAM) == 0 && newestBits.get(series) == valueBits;
  }

  /** Whether the newest sample is a histogram. */
  public boolean newestIsHistogram(int series) {
    return (flags.get(series) & NEWEST_IS_HISTOGRAM) != 0;
  }

  public void newest(int series, long timestampMs, long valueBits, boolean histogram) {
    newestMs.set(series, timestampMs);
    newestBits.set(series, valueBits);
    set(series, NEWEST_IS_HISTOGRAM, histogram);
  }

  /** How many rows wait for the journal. */
  public int waiting(int series) {
    return flags.get(series) >>> WAITING_SHIFT;
  }

  public void addWaiting(int series, int difference) {
    flags.set(series, flags.get(series) + (difference << WAITING_SHIFT));
  }

  public boolean isActive(int series) {
    return (flags.get(series) & ACTIVE) != 0;
  }

  public void active(int series, boolean active) {
    set(series, ACTIVE, active);
  }

  /** The minute since the epoch, by the engine's clock, in which the newest row came. */
  public int lastSeenMinute(int series) {
    return lastSeenMinute.get(series);
  }

  public void lastSeenMinute(int series, int minute) {
    lastSeenMinute.set(series, minute);
  }

  /**
   * Whether the newest sample that is known here may be older than one in a part: so after a
   * restart, until it was looked up.
   */
  public boolean mayBeOlderThanParts(int series) {
    return (flags.get(series) & MAY_BE_OLDER_THAN_PARTS) != 0;
  }

  public void mayBeOlderThanParts(int series, boolean unknown) {
    set(series, MAY_BE_OLDER_THAN_PARTS, unknown);
  }

  public long bytes() {
    return newestMs.bytes() + newestBits.bytes() + lastSeenMinute.bytes() + flags.bytes();
  }

  private void set(int series, int flag, boolean on) {
    int now = flags.get(series);
    flags.set(series, on ? now | flag : now & ~flag);
  }
}
