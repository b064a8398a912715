package io.ghostworks.collector.generator;

import io.ghostworks.model.record.SpanBatch;

/**
 * Between which times spans must end to count.
 *
 * @param fromNanos inclusive
 * @param toNanos inclusive
 */
record SpanWindow(long fromNanos, long toNanos) {

  /** All spans count. */
  static final SpanWindow ALL = new SpanWindow(Long.MIN_VALUE, Long.MAX_VALUE);

  boolean takes(SpanBatch batch, int row) {
    long end = batch.endNanos(row);
    return end >= fromNanos && end <= toNanos;
  }
}
