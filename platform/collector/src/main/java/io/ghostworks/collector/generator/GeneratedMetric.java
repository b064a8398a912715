package io.ghostworks.collector.generator;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;

/**
 * What one family has counted for one label set. Owned by its registry. Series that have not begun
 * get a zero in front of their first sample.
 */
abstract sealed class GeneratedMetric permits CounterMetric, HistogramMetric {
  private int firstSet = -1;
  private boolean begun;
  private boolean written;

  /** Adds its series to a table, from now on in this order. */
  final void addSets(Labels labels, LabelSetTable table) {
    firstSet = table.size();
    add(labels, table);
  }

  final int firstSet() {
    return firstSet;
  }

  /** Whether its series have samples, of this process or one before. */
  final boolean isBegun() {
    return begun;
  }

  /** Whether this process has written it. */
  final boolean isWritten() {
    return written;
  }

  final void setWritten() {
    begun = true;
    written = true;
  }

  /** Its series go on from what was stored. */
  final void setBegun() {
    begun = true;
  }

  abstract void add(Labels labels, LabelSetTable table);

  /** How many series it has. */
  abstract int series();

  /** Goes on from what was stored before the process started. */
  abstract void restore(Labels labels, RestoredSamples restored);

  /** Writes its samples, with zeros in front where nothing was written before. */
  abstract void write(SeriesBatch into, long timeMs, long zeroMs);

  /** Adds its point, with a zero in front where nothing was written before. */
  abstract void write(PointBatch into, Labels labels);

  /** Adds a point that ends its series. */
  abstract void writeEnd(PointBatch into, Labels labels);

  /** Ends its series. */
  abstract void writeStale(SeriesBatch into, long timeMs);
}
