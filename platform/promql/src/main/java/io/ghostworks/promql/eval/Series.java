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

  /** Labels whose meaning a computation changes. */
  private static final String[] METADATA = {Labels.METRIC_NAME, "__type__", "__unit__"};

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
    return !Samples.isStale(values[step]);
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

  /** How many steps have a value. */
  int size() {
    int size = 0;
    for (int i = 0; i < values.length; i++) {
      if (has(i)) {
        size++;
      }
    }
    return size;
  }

  boolean isEmpty() {
    for (int i = 0; i < values.length; i++) {
      if (has(i)) {
        return false;
      }
    }
    return true;
  }

  /** The labels without the metric's name, type and unit. */
  static Labels withoutMetadata(Labels labels) {
    Labels.Builder builder = null;
    for (String name : METADATA) {
      if (labels.has(name)) {
        builder = builder == null ? labels.toBuilder() : builder;
        builder.remove(name);
      }
    }
    return builder == null ? labels : builder.build();
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
