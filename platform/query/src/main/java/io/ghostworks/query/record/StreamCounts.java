package io.ghostworks.query.record;

import io.ghostworks.model.label.Labels;

/**
 * How many records of a stream, and of a level where levels are told apart, the steps of a {@link
 * CountRequest} have. Steps without a record are left out; the arrays have one length and are the
 * receiver's.
 *
 * @param level "" where levels are not told apart, or none was to be looked for
 * @param steps ascending
 * @param rows at least 1 each
 * @param bytes of the records' lines as UTF-8, without labels and metadata
 */
@SuppressWarnings("ArrayRecordComponent") // an answer, looked at and never compared
public record StreamCounts(Labels stream, String level, int[] steps, long[] rows, long[] bytes) {

  /** The records of all steps. */
  public long totalRows() {
    long sum = 0;
    for (long each : rows) {
      sum += each;
    }
    return sum;
  }

  /** The bytes of all steps. */
  public long totalBytes() {
    long sum = 0;
    for (long each : bytes) {
      sum += each;
    }
    return sum;
  }
}
