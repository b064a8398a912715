package io.ghostworks.series;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.series.chunk.HistogramCodec;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.head.SeriesStates;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a row may stand where its time puts it among the samples of its series: not too
 * far behind the newest, and one value at a time. Used by the holder of the admission lock.
 */
final class SampleOrder {
  private final Head head;
  private final LiveLayers live;
  private final StoredSamples stored;
  private final FrameCutter frames;
  private int repeated;
  private boolean repeatsWaiting;

  /**
   * @param frames what was accepted of the batch before the row
   */
  SampleOrder(Head head, LiveLayers live, StoredSamples stored, FrameCutter frames) {
    this.head = head;
    this.live = live;
    this.stored = stored;
    this.frames = frames;
  }

  void begin() {
    repeated = 0;
    repeatsWaiting = false;
  }

  void end() {
    stored.forget();
  }

  /** Rows of the batch that are stored, or wait, already. */
  int repeated() {
    return repeated;
  }

  /** Whether one of those still waits for the journal. */
  boolean repeatsWaiting() {
    return repeatsWaiting;
  }

  /** Whether the row is to be stored; a repetition is counted, a row out of order refused. */
  boolean takes(ArrivingBatch batch, int row, int series, long time) {
    SeriesStates states = head.states();
    if (states.mayBeOlderThanParts(series)) {
      learnNewest(series, time);
    }
    long newest = states.newestMs(series);
    return time > newest || takesNotNewest(batch, row, series, time, newest);
  }

  private boolean takesNotNewest(ArrivingBatch batch, int row, int series, long time, long newest) {
    if (newest - time > batch.limits().outOfOrderWindow().toMillis()) {
      batch.refuse(
          row,
          Reason.OUT_OF_ORDER,
          () ->
              "a sample must be at most %s behind the newest of its series, which is %s, got %s"
                  .formatted(
                      ArrivingBatch.show(batch.limits().outOfOrderWindow()),
                      ArrivingBatch.show(newest),
                      ArrivingBatch.show(time)));
      return false;
    }
    SeriesStates states = head.states();
    if (time == newest
        && !batch.rows().isHistogram(row)
        && !states.newestIsHistogram(series)
        && states.isNewest(series, batch.rows().valueBits(row))) {
      repeat(series);
      return false;
    }
    Boolean same = compareWithKnown(batch, row, series, time);
    if (same == null) {
      return true;
    }
    if (same) {
      repeat(series);
    } else {
      batch.refuse(
          row,
          Reason.DUPLICATE_TIMESTAMP,
          () ->
              "a series must have one value a timestamp, got a different one at %s"
                  .formatted(ArrivingBatch.show(time)));
    }
    return false;
  }

  private void repeat(int series) {
    repeated++;
    repeatsWaiting |= head.states().waiting(series) > 0;
  }

  /** After a restart the head does not know of samples in parts; new series have none there. */
  private void learnNewest(int series, long time) {
    SeriesStates states = head.states();
    long known = states.newestMs(series);
    long unknownFrom = Math.max(time, known);
    if (live.current().newestOutsideHead() >= unknownFrom) {
      long outside = stored.newestOutsideHead(head.index(), series, unknownFrom);
      if (outside > known) {
        // Its value is not known here: compared with what is stored, like a histogram.
        states.newest(series, outside, 0, true);
      }
    }
    states.mayBeOlderThanParts(series, false);
  }

  /** Whether the row equals what is known at its time; null where nothing is. */
  private @Nullable Boolean compareWithKnown(ArrivingBatch batch, int row, int series, long time) {
    if (head.states().waiting(series) > 0) {
      for (Rows waiting : head.waiting()) {
        int number = head.numberIn(waiting.index, series);
        int other = number < 0 ? -1 : waiting.find(number, time);
        if (other >= 0) {
          return equalsWaiting(batch, row, waiting, other);
        }
      }
      for (Rows frame : frames.frames()) {
        int other = frame.find(series, time);
        if (other >= 0) {
          return equalsWaiting(batch, row, frame, other);
        }
      }
    }
    long from = head.states().newestMs(series) - batch.limits().outOfOrderWindow().toMillis();
    SampleBuffer samples = stored.from(head.index(), series, from);
    int found = samples.find(time);
    if (found < 0) {
      return null;
    }
    FloatHistogram histogram = samples.histogram(found);
    if (batch.rows().isHistogram(row)) {
      return batch.rows().histogram(row).equals(histogram);
    }
    return histogram == null && samples.valueBits(found) == batch.rows().valueBits(row);
  }

  private static boolean equalsWaiting(ArrivingBatch batch, int row, Rows waiting, int other) {
    boolean histogram = waiting.kinds.get(other) == Rows.HISTOGRAM;
    long value = waiting.values.get(other);
    if (histogram != batch.rows().isHistogram(row)) {
      return false;
    }
    if (!histogram) {
      return value == batch.rows().valueBits(row);
    }
    try {
      FloatHistogram known =
          HistogramCodec.decode(
              new BytesInput(
                  waiting.histograms.array(), ByteArena.offset(value), ByteArena.length(value)),
              null);
      return known.equals(batch.rows().histogram(row));
    } catch (DamagedDataException e) {
      throw new IllegalStateException("a histogram in memory does not decode", e);
    }
  }
}
