package io.ghostworks.wire.otlp.metrics;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.CustomBuckets;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.Distributions;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.MetricExemplars;
import io.ghostworks.wire.number.DecimalText;
import io.ghostworks.wire.otlp.AnyValueText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds the samples of histograms, exponential histograms and summaries, and makes exemplars. */
final class DistributionSamples {
  private static final byte[] LE = PointLabels.bytes("le");
  private static final byte[] QUANTILE = PointLabels.bytes("quantile");
  private static final byte[] INFINITY = PointLabels.bytes("+Inf");
  private static final byte[] NONE = {};

  /** OpenMetrics 1.0, "Exemplars": the characters of an exemplar's labels. */
  private static final int EXEMPLAR_CHARACTERS_MAX = 128;

  private final MetricBatch batch;
  private final Distributions rows;
  private final PointLabels labels;
  private final SeriesBatch series;
  private final NativeHistograms histograms = new NativeHistograms();
  private final boolean customBuckets;
  private @Nullable DeltaStream stream;

  /**
   * @param customBuckets whether histograms with explicit bounds become native ones
   */
  DistributionSamples(
      MetricBatch batch, PointLabels labels, SeriesBatch series, boolean customBuckets) {
    this.customBuckets = customBuckets;
    this.batch = batch;
    this.rows = batch.distributions();
    this.labels = labels;
    this.series = series;
  }

  /** Says which stream the next points, being deltas, belong to; null if they are none. */
  void enter(@Nullable DeltaStream ofPoints) {
    stream = ofPoints;
  }

  /** Says when the series of the sample added last began. */
  void start(int point) {
    DeltaStream ofPoint = stream;
    long startNanos = ofPoint == null ? batch.startNanos(point) : ofPoint.startNanos();
    long startMs = startNanos / 1_000_000;
    if (startMs != 0) {
      series.startTimestampOfLast(startMs);
    }
  }

  void histogram(int point, String family) {
    int row = (int) batch.value(point);
    int bounds = rows.boundsEnd(row) - rows.boundsStart(row);
    int counts = rows.countsEnd(row) - rows.countsStart(row);
    DeltaStream summed = stream;
    if (summed != null) {
      summed.addBuckets(
          bounds(row, bounds),
          Arrays.copyOfRange(
              rows.counts().array(), rows.countsStart(row), rows.countsStart(row) + counts),
          rows.count(row),
          rows.has(row, Distributions.HAS_SUM),
          rows.has(row, Distributions.HAS_SUM) ? rows.sum(row) : 0);
    }
    if (customBuckets) {
      custom(point, family, bounds(row, bounds), counts);
      return;
    }
    if (summed == null ? rows.has(row, Distributions.HAS_SUM) : summed.hasSum()) {
      add(point, family + "_sum", null, NONE, summed == null ? rows.sum(row) : summed.sum());
    }
    double count = NativeHistograms.unsigned(summed == null ? rows.count(row) : summed.count());
    add(point, family + "_count", null, NONE, count);
    List<Exemplar> exemplars = exemplars(point);
    int nextExemplar = 0;
    long cumulative = 0;
    String bucket = family + "_bucket";
    for (int i = 0; i < bounds && i < counts; i++) {
      double bound = Double.longBitsToDouble(rows.bounds().get(rows.boundsStart(row) + i));
      cumulative +=
          summed == null ? rows.counts().get(rows.countsStart(row) + i) : summed.counts()[i];
      int set =
          add(
              point,
              bucket,
              LE,
              PointLabels.bytes(DecimalText.plain(bound)),
              NativeHistograms.unsigned(cumulative));
      while (nextExemplar < exemplars.size() && exemplars.get(nextExemplar).value() <= bound) {
        series.addExemplar(set, exemplars.get(nextExemplar++));
      }
    }
    int set = add(point, bucket, LE, INFINITY, count);
    while (nextExemplar < exemplars.size()) {
      series.addExemplar(set, exemplars.get(nextExemplar++));
    }
  }

  private void custom(int point, String family, double[] bounds, int buckets) {
    int row = (int) batch.value(point);
    DeltaStream summed = stream;
    double[] counts = new double[buckets];
    for (int i = 0; i < buckets; i++) {
      counts[i] =
          NativeHistograms.unsigned(
              summed == null ? rows.counts().get(rows.countsStart(row) + i) : summed.counts()[i]);
    }
    boolean hasSum = summed == null ? rows.has(row, Distributions.HAS_SUM) : summed.hasSum();
    double sum = !hasSum ? 0 : summed == null ? rows.sum(row) : summed.sum();
    double count = NativeHistograms.unsigned(summed == null ? rows.count(row) : summed.count());
    addNative(
        point, family, CustomBuckets.histogram(CounterReset.UNKNOWN, bounds, counts, count, sum));
  }

  private double[] bounds(int row, int count) {
    double[] bounds = new double[count];
    for (int i = 0; i < count; i++) {
      bounds[i] = Double.longBitsToDouble(rows.bounds().get(rows.boundsStart(row) + i));
    }
    return bounds;
  }

  void exponential(int point, String family) {
    FloatHistogram histogram = histograms.of(rows, (int) batch.value(point));
    if (stream != null) {
      histogram = stream.add(histogram);
    }
    addNative(point, family, histogram);
  }

  private void addNative(int point, String family, FloatHistogram histogram) {
    int set = labels.series(series.sets(), PointLabels.bytes(family), null, NONE);
    series.add(
        set,
        batch.timeNanos(point) / 1_000_000,
        batch.noRecordedValue(point) ? FloatHistogram.stale() : histogram);
    start(point);
    for (Exemplar exemplar : exemplars(point)) {
      series.addExemplar(set, exemplar);
    }
  }

  void summary(int point, String family) {
    int row = (int) batch.value(point);
    add(point, family + "_sum", null, NONE, rows.sum(row));
    add(point, family + "_count", null, NONE, NativeHistograms.unsigned(rows.count(row)));
    for (int i = rows.boundsStart(row); i < rows.boundsEnd(row); i += 2) {
      double quantile = Double.longBitsToDouble(rows.bounds().get(i));
      add(
          point,
          family,
          QUANTILE,
          PointLabels.bytes(DecimalText.plain(quantile)),
          Double.longBitsToDouble(rows.bounds().get(i + 1)));
    }
  }

  private int add(
      int point, String name, byte @Nullable [] extraName, byte[] extraValue, double value) {
    int set = labels.series(series.sets(), PointLabels.bytes(name), extraName, extraValue);
    long ms = batch.timeNanos(point) / 1_000_000;
    if (batch.noRecordedValue(point)) {
      series.addBits(set, ms, Samples.STALE_BITS);
    } else {
      series.add(set, ms, value);
    }
    start(point);
    return set;
  }

  /** The exemplars of a point, by value. */
  private List<Exemplar> exemplars(int point) {
    List<Exemplar> list = new ArrayList<>();
    for (int i = batch.exemplarStart(point); i < batch.exemplarEnd(point); i++) {
      Exemplar exemplar = exemplar(i, batch.timeNanos(point) / 1_000_000);
      if (exemplar != null) {
        list.add(exemplar);
      }
    }
    list.sort(Comparator.comparingDouble(Exemplar::value));
    return list;
  }

  /** An exemplar, or null where it has no value. */
  @Nullable Exemplar exemplar(int index, long defaultTimestampMs) {
    MetricExemplars source = batch.exemplars();
    if (source.valueKind(index) == MetricBatch.NO_VALUE) {
      return null;
    }
    Labels.Builder builder = Labels.builder();
    int characters = 0;
    if ((source.traceIdHigh(index) | source.traceIdLow(index)) != 0) {
      builder.set(
          "trace_id", "%016x%016x".formatted(source.traceIdHigh(index), source.traceIdLow(index)));
      characters += "trace_id".length() + 32;
    }
    if (source.spanId(index) != 0) {
      builder.set("span_id", "%016x".formatted(source.spanId(index)));
      characters += "span_id".length() + 16;
    }
    AttributeColumns filtered = source.attributes();
    for (int entry = filtered.start(index); entry < filtered.end(index); entry++) {
      characters += length(filtered.key(entry));
      characters += length(AnyValueText.of(filtered.values(), entry));
    }
    if (characters <= EXEMPLAR_CHARACTERS_MAX) {
      for (int entry = filtered.start(index); entry < filtered.end(index); entry++) {
        builder.set(filtered.key(entry), AnyValueText.of(filtered.values(), entry));
      }
    }
    double value =
        source.valueKind(index) == MetricBatch.INT_VALUE
            ? (double) source.value(index)
            : Double.longBitsToDouble(source.value(index));
    long timestampMs = source.timeNanos(index) / 1_000_000;
    return new Exemplar(
        builder.build(), value, timestampMs == 0 ? defaultTimestampMs : timestampMs);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
