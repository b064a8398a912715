package io.ghostworks.model;

import java.util.Arrays;

/**
 * Which rows of an offered batch were refused, and why. Rows that are told nothing of were taken,
 * or refused for a reason that is counted only. Immutable.
 */
public final class RowRefusals {

  /** No row is told of. */
  public static final RowRefusals NONE = new RowRefusals(new byte[0]);

  private static final Rejection.Reason[] REASONS = Rejection.Reason.values();

  private final byte[] reasons;

  private RowRefusals(byte[] reasons) {
    this.reasons = reasons;
  }

  /** Of one row. */
  public boolean isRefused(int row) {
    return row < reasons.length && reasons[row] != 0;
  }

  /**
   * Why a row is refused.
   *
   * @throws IllegalArgumentException if it is not known to be
   */
  public Rejection.Reason reason(int row) {
    if (!isRefused(row)) {
      throw new IllegalArgumentException("row %d is not refused".formatted(row));
    }
    return REASONS[reasons[row] - 1];
  }

  /** Notes refusals. Used by one thread. */
  public static final class Builder {
    private byte[] reasons = new byte[0];

    /** Rows may come in any order. */
    public void refuse(int row, Rejection.Reason reason) {
      if (row >= reasons.length) {
        reasons = Arrays.copyOf(reasons, Math.max(row + 1, 2 * reasons.length));
      }
      reasons[row] = (byte) (reason.ordinal() + 1);
    }

    public RowRefusals build() {
      return reasons.length == 0 ? NONE : new RowRefusals(reasons.clone());
    }
  }
}
