package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.query.histogram.HistogramHints;
import io.ghostworks.query.series.SampleColumns;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one series that a range function sees at one step: floats and histograms apart,
 * each ascending by time, without staleness markers. The window slides: {@link #moveTo} must be
 * called with times that do not go back. Buffers are reused for the next series.
 */
final class SampleWindow {
  private Labels labels = Labels.EMPTY;
  private long[] ownTimes = new long[256];
  private double[] ownFloats = new double[256];

  /** The own columns, or those of a store, which are only read. */
  private long[] floatTimes = ownTimes;

  private double[] floats = ownFloats;
  private int floatsSize;
  private long[] histogramTimes = new long[16];
  private FloatHistogram[] histograms = new FloatHistogram[16];
  private int histogramsSize;
  private int floatsFrom;
  private int floatsTo;
  private int histogramsFrom;
  private int histogramsTo;
  private double[] scratch = new double[0];
  private final boolean wantsStarts;
  private long @Nullable [] floatStarts;
  private long @Nullable [] histogramStarts;

  SampleWindow() {
    this(false);
  }

  /**
   * @param wantsStarts whether the start timestamps of samples are looked at
   */
  SampleWindow(boolean wantsStarts) {
    this.wantsStarts = wantsStarts;
  }

  /**
   * Takes over the samples of a series from a store.
   *
   * @param statisticsOnly whether histograms are needed without their buckets
   */
  void load(Labels newLabels, SampleColumns samples, boolean statisticsOnly) {
    reset(newLabels);
    if (!samples.hasHistograms() && !wantsStarts && !hasStale(samples)) {
      floatTimes = samples.timestampsMs();
      floats = samples.values();
      floatsSize = samples.size();
      return;
    }
    HistogramStatistics statistics = statisticsOnly ? new HistogramStatistics() : null;
    long[] times = samples.timestampsMs();
    double[] values = samples.values();
    int size = samples.size();
    makeRoom(size);
    for (int i = 0; i < size; i++) {
      FloatHistogram histogram = samples.histogram(i);
      if (histogram != null) {
        if (!histogram.isStale()) {
          add(times[i], statistics == null ? histogram : statistics.strip(histogram));
        }
      } else if (!Samples.isStale(values[i])) {
        floatTimes[floatsSize] = times[i];
        floats[floatsSize++] = values[i];
      }
    }
    if (wantsStarts && samples.hasStartTimestamps()) {
      loadStarts(samples);
    }
  }

  private static boolean hasStale(SampleColumns samples) {
    double[] values = samples.values();
    boolean stale = false;
    for (int i = 0; i < samples.size(); i++) {
      stale |= Samples.isStale(values[i]);
    }
    return stale;
  }

  /** Writes floats into the window's own columns from now on. */
  private void makeRoom(int size) {
    if (ownFloats.length < size) {
      ownTimes = new long[size];
      ownFloats = new double[size];
    }
    floatTimes = ownTimes;
    floats = ownFloats;
  }

  private void loadStarts(SampleColumns samples) {
    long[] ofFloats = new long[floatsSize];
    long[] ofHistograms = new long[histogramsSize];
    int f = 0;
    int h = 0;
    for (int i = 0; i < samples.size(); i++) {
      FloatHistogram histogram = samples.histogram(i);
      if (histogram == null ? Samples.isStale(samples.value(i)) : histogram.isStale()) {
        continue;
      }
      if (histogram == null) {
        ofFloats[f++] = samples.startTimestampMs(i);
      } else {
        ofHistograms[h++] = samples.startTimestampMs(i);
      }
    }
    floatStarts = ofFloats;
    histogramStarts = ofHistograms;
  }

  /**
   * Takes over what a subquery gave. Hints about resets are forgotten, as samples may be missing or
   * there twice.
   */
  void load(Series series, Grid grid) {
    reset(series.labels());
    makeRoom(grid.steps());
    for (int step = 0; step < grid.steps(); step++) {
      FloatHistogram histogram = series.histogram(step);
      if (histogram != null) {
        add(grid.timeMs(step), HistogramHints.withoutReset(histogram));
      } else if (series.hasFloat(step)) {
        floatTimes[floatsSize] = grid.timeMs(step);
        floats[floatsSize++] = series.value(step);
      }
    }
  }

  private void reset(Labels newLabels) {
    labels = newLabels;
    floatStarts = null;
    histogramStarts = null;
    floatsSize = 0;
    histogramsSize = 0;
    floatsFrom = 0;
    floatsTo = 0;
    histogramsFrom = 0;
    histogramsTo = 0;
  }

  private void add(long time, FloatHistogram histogram) {
    if (histogramsSize == histograms.length) {
      histogramTimes = Arrays.copyOf(histogramTimes, histogramsSize * 2);
      histograms = Arrays.copyOf(histograms, histogramsSize * 2);
    }
    histogramTimes[histogramsSize] = time;
    histograms[histogramsSize++] = histogram;
  }

  /** Moves to the samples with {@code startMs < time <= endMs}. */
  void moveTo(long startMs, long endMs) {
    while (floatsTo < floatsSize && floatTimes[floatsTo] <= endMs) {
      floatsTo++;
    }
    while (floatsFrom < floatsTo && floatTimes[floatsFrom] <= startMs) {
      floatsFrom++;
    }
    while (histogramsTo < histogramsSize && histogramTimes[histogramsTo] <= endMs) {
      histogramsTo++;
    }
    while (histogramsFrom < histogramsTo && histogramTimes[histogramsFrom] <= startMs) {
      histogramsFrom++;
    }
  }

  /** Like {@link #moveTo}, to times that may go back. */
  void jumpTo(long startMs, long endMs) {
    floatsFrom = 0;
    floatsTo = 0;
    histogramsFrom = 0;
    histogramsTo = 0;
    moveTo(startMs, endMs);
  }

  /** Whether the series has floats alone, of which nothing but time and value is looked at. */
  boolean hasFloatsOnly() {
    return histogramsSize == 0 && floatStarts == null && floatsSize > 0;
  }

  /**
   * The times of all floats of the series, as many as {@link #loadedSize} where it has only them.
   */
  long[] floatTimes() {
    return floatTimes;
  }

  /** The values of all floats of the series. */
  double[] floatValues() {
    return floats;
  }

  /** The labels of the series, with the metric's name. */
  Labels labels() {
    return labels;
  }

  String metricName() {
    return labels.metricName();
  }

  /** How many samples the series has in all. */
  int loadedSize() {
    return floatsSize + histogramsSize;
  }

  boolean isEmpty() {
    return floats() == 0 && histograms() == 0;
  }

  boolean isMixed() {
    return floats() > 0 && histograms() > 0;
  }

  int floats() {
    return floatsTo - floatsFrom;
  }

  long floatTime(int index) {
    return floatTimes[floatsFrom + index];
  }

  double value(int index) {
    return floats[floatsFrom + index];
  }

  /** Whether the start timestamps of samples are known and looked at. */
  boolean hasStarts() {
    return floatStarts != null;
  }

  /** When the counter of a float began, or 0. */
  long floatStart(int index) {
    return floatStarts == null ? 0 : floatStarts[floatsFrom + index];
  }

  /** When the counter of a histogram began, or 0. */
  long histogramStart(int index) {
    return histogramStarts == null ? 0 : histogramStarts[histogramsFrom + index];
  }

  int histograms() {
    return histogramsTo - histogramsFrom;
  }

  long histogramTime(int index) {
    return histogramTimes[histogramsFrom + index];
  }

  FloatHistogram histogram(int index) {
    return histograms[histogramsFrom + index];
  }

  /** A copy of the floats in a buffer that lives until the next call. */
  double[] copyOfFloats() {
    int size = floats();
    if (scratch.length != size) {
      scratch = new double[size];
    }
    System.arraycopy(floats, floatsFrom, scratch, 0, size);
    return scratch;
  }

  /** All samples, in order of time, as points. */
  SeriesPoints points() {
    int size = floats() + histograms();
    long[] times = new long[size];
    double[] values = new double[size];
    @Nullable FloatHistogram[] found =
        histograms() == 0 ? null : new @Nullable FloatHistogram[size];
    int f = 0;
    int h = 0;
    for (int i = 0; i < size; i++) {
      boolean isFloat = h >= histograms() || (f < floats() && floatTime(f) <= histogramTime(h));
      if (isFloat) {
        times[i] = floatTime(f);
        values[i] = value(f++);
      } else if (found != null) {
        times[i] = histogramTime(h);
        found[i] = histogram(h++);
        values[i] = Series.ABSENT;
      }
    }
    return new SeriesPoints(labels, times, values, found);
  }
}
