package io.ghostworks.model;

import java.util.List;

/**
 * What became of an offered batch.
 *
 * @param acceptedRows rows that are on disk and visible, identical repetitions of stored rows
 *     included
 * @param rejections what was refused, by reason; empty if nothing was
 */
public record Acknowledgement(int acceptedRows, List<Rejection> rejections) {

  public Acknowledgement {
    rejections = List.copyOf(rejections);
  }

  /** All rows accepted. */
  public static Acknowledgement accepted(int rows) {
    return new Acknowledgement(rows, List.of());
  }

  /** The number of refused rows. */
  public int rejectedRows() {
    int sum = 0;
    for (Rejection rejection : rejections) {
      sum += rejection.rows();
    }
    return sum;
  }
}
