package io.ghostworks.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of an offered batch were refused, and why. Rows that are told nothing of were taken,
 * or refused for a reason that is counted only. Immutable.
 */
public final class RowRefusals {

  /** No row is told of. */
  public static final RowRefusals NONE = new RowRefusals(new Rejection.Reason[0]);

  private final Rejection.@Nullable Reason[] reasons;

  private RowRefusals(Rejection.@Nullable Reason[] reasons) {
    this.reasons = reasons;
  }

  /** Of one row. */
  public boolean isRefused(int row) {
    return row < reasons.length && reasons[row] != null;
  }

  /**
   * Why a row is refused.
   *
   * @throws IllegalArgumentException if it is not known to be
   */
  public Rejection.Reason reason(int row) {
    Rejection.Reason reason = row < reasons.length ? reasons[row] : null;
    if (reason == null) {
      throw new IllegalArgumentException("row %d is not refused".formatted(row));
    }
    return reason;
  }

  /** Notes refusals. Used by one thread. */
  public static final class Builder {
    private Rejection.@Nullable Reason[] reasons = new Rejection.Reason[0];

    /** Rows may come in any order. */
    public void refuse(int row, Rejection.Reason reason) {
      if (row >= reasons.length) {
        reasons = Arrays.copyOf(reasons, Math.max(row + 1, 2 * reasons.length));
      }
      reasons[row] = reason;
    }

    public RowRefusals build() {
      return reasons.length == 0 ? NONE : new RowRefusals(reasons.clone());
    }
  }
}
