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
 * @param refusals which rows of the batch were refused, as far as the engine tells
 */
public record Acknowledgement(
    int acceptedRows,
    List<Rejection> rejections,
    int rejectedHistograms,
    int rejectedExemplars,
    RowRefusals refusals) {

  public Acknowledgement {
    rejections = List.copyOf(rejections);
  }

  /** Of rows that are neither histograms nor have exemplars. */
  public Acknowledgement(int acceptedRows, List<Rejection> rejections) {
    this(acceptedRows, rejections, 0, 0, RowRefusals.NONE);
  }

  /** Of rows that are told of one by one. */
  public Acknowledgement(int acceptedRows, List<Rejection> rejections, RowRefusals refusals) {
    this(acceptedRows, rejections, 0, 0, refusals);
  }

  /** Where the refused rows are counted only. */
  public Acknowledgement(
      int acceptedRows, List<Rejection> rejections, int rejectedHistograms, int rejectedExemplars) {
    this(acceptedRows, rejections, rejectedHistograms, rejectedExemplars, RowRefusals.NONE);
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
