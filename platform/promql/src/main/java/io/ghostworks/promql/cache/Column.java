package io.ghostworks.promql.cache;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.promql.eval.SeriesPoints;
import java.util.Arrays;

/**
 * The floats of one series at consecutive steps. Immutable by agreement.
 *
 * @param first the step of the first value, counted from the beginning of the extent
 * @param values with the bits of the staleness marker, which no result has, where there is none
 */
record Column(Labels labels, int first, double[] values) {
  private static final double ABSENT = Double.longBitsToDouble(Samples.STALE_BITS);
  private static final long OBJECT_BYTES = 128;
  private static final long TEXT_BYTES = 48;

  /** The values of a series whose steps begin at a time. */
  static Column of(SeriesPoints points, long firstMs, long stepMs) {
    int last = points.size() - 1;
    int from = (int) ((points.timestampMs(0) - firstMs) / stepMs);
    int steps = (int) ((points.timestampMs(last) - firstMs) / stepMs) - from + 1;
    double[] values = new double[steps];
    if (steps > points.size()) {
      Arrays.fill(values, ABSENT);
    }
    for (int i = 0; i <= last; i++) {
      values[(int) ((points.timestampMs(i) - firstMs) / stepMs) - from] = points.value(i);
    }
    return new Column(points.labels(), from, values);
  }

  /** The step after the last value. */
  int end() {
    return first + values.length;
  }

  /** The same counted from another beginning, so many steps earlier. */
  Column movedBy(int steps) {
    return steps == 0 ? this : new Column(labels, first + steps, values);
  }

  /** The values of the same series before, and these. */
  Column after(Column before) {
    double[] joined = new double[end() - before.first];
    System.arraycopy(before.values, 0, joined, 0, before.values.length);
    Arrays.fill(joined, before.values.length, first - before.first, ABSENT);
    System.arraycopy(values, 0, joined, first - before.first, values.length);
    return new Column(labels, before.first, joined);
  }

  /** What lies between two steps, of which the second is excluded; null where nothing does. */
  @org.jspecify.annotations.Nullable
  Column between(int from, int to) {
    int start = Math.max(from, first);
    int stop = Math.min(to, end());
    while (start < stop && !has(start)) {
      start++;
    }
    while (start < stop && !has(stop - 1)) {
      stop--;
    }
    if (start >= stop) {
      return null;
    }
    return start == first && stop == end()
        ? this
        : new Column(labels, start, Arrays.copyOfRange(values, start - first, stop - first));
  }

  /** How many steps have a value. */
  int size() {
    int size = 0;
    for (double value : values) {
      size += Samples.isStale(value) ? 0 : 1;
    }
    return size;
  }

  private boolean has(int step) {
    return !Samples.isStale(values[step - first]);
  }

  /**
   * The values with their times.
   *
   * @param timesMs of all steps of the extent
   */
  SeriesPoints points(long[] timesMs) {
    int size = size();
    if (size == values.length) {
      boolean all = size == timesMs.length;
      return SeriesPoints.ofFloats(
          labels, all ? timesMs : Arrays.copyOfRange(timesMs, first, end()), values);
    }
    long[] times = new long[size];
    double[] kept = new double[size];
    int at = 0;
    for (int i = 0; i < values.length; i++) {
      if (!Samples.isStale(values[i])) {
        times[at] = timesMs[first + i];
        kept[at++] = values[i];
      }
    }
    return SeriesPoints.ofFloats(labels, times, kept);
  }

  /** About the memory that it takes. */
  long bytes() {
    long bytes = OBJECT_BYTES + 8L * values.length;
    for (int i = 0; i < labels.size(); i++) {
      bytes += 2 * TEXT_BYTES + labels.name(i).length() + labels.value(i).length();
    }
    return bytes;
  }
}
