package io.ghostworks.model;

import java.util.List;

/**
 * What became of an offered batch.
 *
 * @param acceptedRows rows that are on disk and visible, identical repetitions of stored rows
 *     included
 * @param rejections what was refused, by reason; empty if nothing was
 * @param rejectedHistograms how many of the refused rows are native histograms
 * @param rejectedExemplars exemplars that were not kept; they are no rows
 */
public record Acknowledgement(
    int acceptedRows, List<Rejection> rejections, int rejectedHistograms, int rejectedExemplars) {

  public Acknowledgement {
    rejections = List.copyOf(rejections);
  }

  /** Of rows that are neither histograms nor have exemplars. */
  public Acknowledgement(int acceptedRows, List<Rejection> rejections) {
    this(acceptedRows, rejections, 0, 0);
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
