package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one series at all steps of a grid. A step without a value holds the bits of the
 * staleness marker, which no computation gives and no selector lets through; a step with a
 * histogram holds it in the other array. Owned by the operator that made it, handed on to the next
 * one, which may write into it.
 */
final class Series {
  static final double ABSENT = Double.longBitsToDouble(Samples.STALE_BITS);

  private Labels labels;
  private boolean dropName;
  private final double[] values;
  private @Nullable FloatHistogram @Nullable [] histograms;

  Series(Labels labels, boolean dropName, int steps) {
    this.labels = labels;
    this.dropName = dropName;
    this.values = new double[steps];
    Arrays.fill(values, ABSENT);
  }

  Labels labels() {
    return labels;
  }

  void setLabels(Labels newLabels) {
    labels = newLabels;
  }

  /** Whether the metric's name is to fall away at the end of the query. */
  boolean dropName() {
    return dropName;
  }

  void setDropName(boolean drop) {
    dropName = drop;
  }

  String metricName() {
    return labels.metricName();
  }

  int steps() {
    return values.length;
  }

  /** The values; only those of steps with a float are numbers. */
  double[] values() {
    return values;
  }

  double value(int step) {
    return values[step];
  }

  @Nullable FloatHistogram histogram(int step) {
    return histograms == null ? null : histograms[step];
  }

  boolean hasFloat(int step) {
    return isPresent(values[step]);
  }

  /** Whether a value of {@link #values} is a float. */
  static boolean isPresent(double value) {
    return !Samples.isStale(value);
  }

  boolean has(int step) {
    return hasFloat(step) || histogram(step) != null;
  }

  boolean hasHistograms() {
    return histograms != null;
  }

  void set(int step, double value) {
    values[step] = value;
    if (histograms != null) {
      histograms[step] = null;
    }
  }

  void set(int step, FloatHistogram histogram) {
    values[step] = ABSENT;
    if (histograms == null) {
      histograms = new @Nullable FloatHistogram[values.length];
    }
    histograms[step] = histogram;
  }

  /** Takes over the sample of another series. */
  void copy(int step, Series other, int otherStep) {
    FloatHistogram histogram = other.histogram(otherStep);
    if (histogram != null) {
      set(step, histogram);
    } else {
      set(step, other.values[otherStep]);
    }
  }

  void remove(int step) {
    set(step, ABSENT);
  }

  boolean hasFloats() {
    for (double value : values) {
      if (!Samples.isStale(value)) {
        return true;
      }
    }
    return false;
  }

  /** How many steps have a value. */
  int size() {
    int size = 0;
    if (histograms == null) {
      for (double value : values) {
        size += Samples.isStale(value) ? 0 : 1;
      }
      return size;
    }
    for (int i = 0; i < values.length; i++) {
      if (has(i)) {
        size++;
      }
    }
    return size;
  }

  boolean isEmpty() {
    return firstStep() < 0;
  }

  /** The first step that has a value, or -1. */
  int firstStep() {
    for (int i = 0; i < values.length; i++) {
      if (has(i)) {
        return i;
      }
    }
    return -1;
  }

  /** Forgets everything, for another series of as many steps. */
  void reset(Labels newLabels) {
    labels = newLabels;
    dropName = false;
    histograms = null;
    Arrays.fill(values, ABSENT);
  }

  /** The labels without the metric's name, type and unit. */
  static Labels withoutMetadata(Labels labels) {
    int kept = 0;
    for (int i = 0; i < labels.size(); i++) {
      kept += isMetadata(labels.name(i)) ? 0 : 1;
    }
    if (kept == labels.size()) {
      return labels;
    }
    String[] pairs = new String[2 * kept];
    int at = 0;
    for (int i = 0; i < labels.size(); i++) {
      if (!isMetadata(labels.name(i))) {
        pairs[at++] = labels.name(i);
        pairs[at++] = labels.value(i);
      }
    }
    return Labels.ofSorted(pairs);
  }

  /** Whether a label says what a metric is, which a computation changes. */
  static boolean isMetadata(String name) {
    return name.startsWith("__")
        && (name.equals(Labels.METRIC_NAME) || name.equals("__type__") || name.equals("__unit__"));
  }

  /** Whether labels tell more of a metric than its name. */
  static boolean hasTypeOrUnit(Labels labels) {
    for (int i = 0; i < labels.size() && labels.name(i).compareTo("__unit__") <= 0; i++) {
      if (isMetadata(labels.name(i)) && !labels.name(i).equals(Labels.METRIC_NAME)) {
        return true;
      }
    }
    return false;
  }

  SeriesPoints points(Grid grid) {
    int size = size();
    long[] timestampsMs = new long[size];
    double[] kept = new double[size];
    @Nullable FloatHistogram[] keptHistograms =
        histograms == null ? null : new @Nullable FloatHistogram[size];
    int at = 0;
    for (int step = 0; step < values.length; step++) {
      if (has(step)) {
        timestampsMs[at] = grid.timeMs(step);
        kept[at] = values[step];
        if (keptHistograms != null) {
          keptHistograms[at] = histogram(step);
        }
        at++;
      }
    }
    return new SeriesPoints(labels, timestampsMs, kept, keptHistograms);
  }
}
