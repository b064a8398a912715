package io.ghostworks.series.head;

import io.ghostworks.model.column.ByteColumn;
import java.util.Arrays;

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

  private long[] newestMs = new long[64];
  private long[] newestBits = new long[64];
  private int[] waiting = new int[64];
  private int[] lastSeenMinute = new int[64];
  private final ByteColumn flags = new ByteColumn();

  /** Adds the state of the next series. */
  public void add(boolean mayBeOlderThanParts) {
    int series = flags.size();
    if (series == newestMs.length) {
      newestMs = Arrays.copyOf(newestMs, series * 2);
      newestBits = Arrays.copyOf(newestBits, series * 2);
      waiting = Arrays.copyOf(waiting, series * 2);
      lastSeenMinute = Arrays.copyOf(lastSeenMinute, series * 2);
    }
    newestMs[series] = NEVER;
    flags.add((byte) (mayBeOlderThanParts ? MAY_BE_OLDER_THAN_PARTS : 0));
  }

  /** Adds the state of a series that another generation takes over. */
  public void takeOver(SeriesStates from, int series) {
    add(false);
    int own = flags.size() - 1;
    newestMs[own] = from.newestMs[series];
    newestBits[own] = from.newestBits[series];
    waiting[own] = from.waiting[series];
    lastSeenMinute[own] = from.lastSeenMinute[series];
    flags.set(own, from.flags.get(series));
  }

  public int size() {
    return flags.size();
  }

  /** The time of the newest admitted sample, or {@link #NEVER}. */
  public long newestMs(int series) {
    return newestMs[series];
  }

  /** Whether the newest sample is a float with these bits. */
  public boolean isNewest(int series, long valueBits) {
    return (flags.get(series) & NEWEST_IS_HISTOGRAM) == 0 && newestBits[series] == valueBits;
  }

  /** Whether the newest sample is a histogram. */
  public boolean newestIsHistogram(int series) {
    return (flags.get(series) & NEWEST_IS_HISTOGRAM) != 0;
  }

  public void newest(int series, long timestampMs, long valueBits, boolean histogram) {
    newestMs[series] = timestampMs;
    newestBits[series] = valueBits;
    set(series, NEWEST_IS_HISTOGRAM, histogram);
  }

  /** How many rows wait for the journal. */
  public int waiting(int series) {
    return waiting[series];
  }

  public void addWaiting(int series, int difference) {
    waiting[series] += difference;
  }

  public boolean isActive(int series) {
    return (flags.get(series) & ACTIVE) != 0;
  }

  public void active(int series, boolean active) {
    set(series, ACTIVE, active);
  }

  /** The minute since the epoch, by the engine's clock, in which the newest row came. */
  public int lastSeenMinute(int series) {
    return lastSeenMinute[series];
  }

  public void lastSeenMinute(int series, int minute) {
    lastSeenMinute[series] = minute;
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
    return 25L * newestMs.length;
  }

  private void set(int series, int flag, boolean on) {
    int now = flags.get(series);
    flags.set(series, (byte) (on ? now | flag : now & ~flag));
  }
}
