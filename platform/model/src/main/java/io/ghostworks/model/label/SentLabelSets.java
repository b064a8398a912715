package io.ghostworks.model.label;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.LongColumn;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a table's sets in the form in which their sender wrote them: the fingerprint by
 * which a set is known again, and the number that a store gave to one that came before. Sets whose
 * form is of no interest are not here. Not thread-safe.
 */
public final class SentLabelSets {
  /** Stands in the table for the slice of a set that nobody asked for yet. */
  static final long UNPACKED = -1;

  private static final long NO_FORM = -2;

  /** A number, or {@link LabelSetNumbers#UNKNOWN}, or that there is no fingerprint either. */
  private final LongColumn numbers = new LongColumn();

  private final LongColumn highs = new LongColumn();
  private final LongColumn lows = new LongColumn();
  private final LongColumn slices = new LongColumn();
  private byte[] body = {};
  private LabelSetTable.@Nullable Packer packer;

  SentLabelSets() {}

  /** Whether the sender's form of a set is known by a fingerprint. */
  public boolean hasFingerprint(int set) {
    return set < numbers.size() && numbers.get(set) != NO_FORM;
  }

  /** The first 64 bits of the fingerprint. */
  public long high(int set) {
    return highs.get(set);
  }

  /** The last 64 bits of the fingerprint. */
  public long low(int set) {
    return lows.get(set);
  }

  /** The number that a store gave to a set, or {@link LabelSetNumbers#UNKNOWN}. */
  public long number(int set) {
    return hasFingerprint(set) ? numbers.get(set) : LabelSetNumbers.UNKNOWN;
  }

  void add(int set, long number, long high, long low, long slice) {
    while (numbers.size() < set) {
      put(NO_FORM, 0, 0, 0);
    }
    if (numbers.size() > set) {
      throw new IllegalArgumentException("the form of set %d is known already".formatted(set));
    }
    put(number, high, low, slice);
  }

  /** Tells where the forms of sets stand that are not packed. */
  @SuppressWarnings("ReferenceEquality") // The very array: the sets' slices are places in it.
  void standIn(byte[] bytes, LabelSetTable.Packer by) {
    if (packer != null && body != bytes) {
      throw new IllegalArgumentException("the numbered sets of a table stand in one body");
    }
    body = bytes;
    packer = by;
  }

  /** Where the sender's form of a numbered set stands. */
  long slice(int set) {
    return slices.get(set);
  }

  byte[] packed(int set) {
    LabelSetTable.Packer by = packer;
    if (by == null) {
      throw new IllegalStateException("no set of the table is numbered");
    }
    long slice = slice(set);
    return by.pack(body, ByteArena.offset(slice), ByteArena.length(slice));
  }

  private void put(long number, long high, long low, long slice) {
    numbers.add(number);
    highs.add(high);
    lows.add(low);
    slices.add(slice);
  }
}
