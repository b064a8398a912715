package io.ghostworks.series;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.RowRefusals;
import java.util.List;

/**
 * The decision about a batch.
 *
 * @param frames the rows to store, cut into frames
 * @param repeated rows that are stored, or wait, already
 * @param repeatsWaiting whether one of those still waits for the journal
 * @param rejectedHistograms how many of the refused rows are histograms
 * @param refusals which rows are refused
 */
record Admitted(
    List<Rows> frames,
    int repeated,
    boolean repeatsWaiting,
    List<Rejection> rejections,
    int rejectedHistograms,
    int rejectedExemplars,
    RowRefusals refusals) {

  int rows() {
    int rows = repeated;
    for (Rows frame : frames) {
      rows += frame.size();
    }
    return rows;
  }
}
