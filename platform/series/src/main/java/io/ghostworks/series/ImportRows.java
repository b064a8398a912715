package io.ghostworks.series;

import io.ghostworks.model.column.ByteColumn;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.series.chunk.SampleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of an import that wait to be written, of one tenant, in any order. Not thread-safe. */
final class ImportRows {
  private static final byte FLOAT = 0;
  private static final byte HISTOGRAM = 1;
  private static final long ROW_BYTES = 32;
  private static final long SERIES_BYTES = 256;
  private static final long HISTOGRAM_BYTES = 256;

  private final Map<Labels, Integer> numbers = new HashMap<>();
  private final List<Labels> labels = new ArrayList<>();
  private final IntColumn series = new IntColumn();
  private final LongColumn timestampsMs = new LongColumn();
  private final LongColumn values = new LongColumn();
  private final LongColumn startsMs = new LongColumn();
  private final ByteColumn kinds = new ByteColumn();
  private final List<FloatHistogram> histograms = new ArrayList<>();
  private long extraBytes;
  private long minTimestampMs = Long.MAX_VALUE;
  private long maxTimestampMs = Long.MIN_VALUE;

  /** The number of a series' rows. */
  int number(Labels ofSeries) {
    Integer known = numbers.get(ofSeries);
    if (known != null) {
      return known;
    }
    int number = labels.size();
    labels.add(ofSeries);
    numbers.put(ofSeries, number);
    long texts = 0;
    for (int i = 0; i < ofSeries.size(); i++) {
      texts += ofSeries.name(i).length() + ofSeries.value(i).length();
    }
    extraBytes += SERIES_BYTES + 2 * texts;
    return number;
  }

  /** Takes a row of a batch over. */
  void add(int number, SeriesBatch batch, int row) {
    long time = batch.timestampMs(row);
    long start = batch.startTimestampMs(row);
    series.add(number);
    timestampsMs.add(time);
    startsMs.add(start < 0 || start > time ? 0 : start);
    if (batch.isHistogram(row)) {
      FloatHistogram histogram = batch.histogram(row);
      kinds.add(HISTOGRAM);
      values.add(histograms.size());
      histograms.add(histogram);
      extraBytes +=
          HISTOGRAM_BYTES
              + 8L * (histogram.positiveCounts().length + histogram.negativeCounts().length);
    } else {
      kinds.add(FLOAT);
      values.add(batch.valueBits(row));
    }
    minTimestampMs = Math.min(minTimestampMs, time);
    maxTimestampMs = Math.max(maxTimestampMs, time);
  }

  int size() {
    return series.size();
  }

  long bytes() {
    return ROW_BYTES * size() + extraBytes;
  }

  long minTimestampMs() {
    return minTimestampMs;
  }

  long maxTimestampMs() {
    return maxTimestampMs;
  }

  /** The rows grouped by series, series in the order of their labels. */
  Sorted sorted() {
    int count = labels.size();
    Integer[] order = new Integer[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    Arrays.sort(order, Comparator.comparing(labels::get));
    int[] rank = new int[count];
    for (int i = 0; i < count; i++) {
      rank[order[i]] = i;
    }
    int[] ends = new int[count + 1];
    for (int row = 0; row < size(); row++) {
      ends[rank[series.get(row)] + 1]++;
    }
    for (int i = 0; i < count; i++) {
      ends[i + 1] += ends[i];
    }
    int[] next = Arrays.copyOf(ends, count);
    int[] rows = new int[size()];
    for (int row = 0; row < size(); row++) {
      rows[next[rank[series.get(row)]]++] = row;
    }
    List<Labels> sortedLabels = new ArrayList<>(count);
    for (Integer number : order) {
      sortedLabels.add(labels.get(number));
    }
    return new Sorted(sortedLabels, ends, rows);
  }

  /** Rows by series. */
  final class Sorted {
    private final List<Labels> sortedLabels;
    private final int[] ends;
    private final int[] rows;

    private Sorted(List<Labels> sortedLabels, int[] ends, int[] rows) {
      this.sortedLabels = sortedLabels;
      this.ends = ends;
      this.rows = rows;
    }

    int series() {
      return sortedLabels.size();
    }

    Labels labels(int number) {
      return sortedLabels.get(number);
    }

    /**
     * Replaces the buffer's content by a series' rows of a range, one a time: the first that came.
     *
     * @return how many rows had the time of another one and a different value
     */
    int read(int number, long startMs, long endMs, SampleBuffer target) {
      target.clear();
      int added = 0;
      for (int i = ends[number]; i < ends[number + 1]; i++) {
        int row = rows[i];
        long time = timestampsMs.get(row);
        if (time >= startMs && time <= endMs) {
          add(row, target);
          added++;
        }
      }
      target.normalize();
      return added == target.size() ? 0 : different(number, startMs, endMs, target);
    }

    private void add(int row, SampleBuffer target) {
      if (kinds.get(row) == HISTOGRAM) {
        FloatHistogram histogram = histograms.get((int) values.get(row));
        target.add(timestampsMs.get(row), histogram, startsMs.get(row));
      } else {
        target.add(timestampsMs.get(row), values.get(row), startsMs.get(row));
      }
    }

    private int different(int number, long startMs, long endMs, SampleBuffer kept) {
      int different = 0;
      for (int i = ends[number]; i < ends[number + 1]; i++) {
        int row = rows[i];
        long time = timestampsMs.get(row);
        if (time >= startMs && time <= endMs && !equals(row, kept, kept.find(time))) {
          different++;
        }
      }
      return different;
    }

    private boolean equals(int row, SampleBuffer other, int index) {
      FloatHistogram histogram = other.histogram(index);
      if (kinds.get(row) == HISTOGRAM) {
        return histograms.get((int) values.get(row)).equals(histogram);
      }
      return histogram == null && other.valueBits(index) == values.get(row);
    }
  }
}
