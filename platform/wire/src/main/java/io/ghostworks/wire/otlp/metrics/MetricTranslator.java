package io.ghostworks.wire.otlp.metrics;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.MetricTable;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.RejectionTally;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns OTLP metrics into samples as Prometheus's OTLP receiver does: {@code job} and {@code
 * instance}, promoted attributes, scope labels, {@code target_info}, classic histograms with {@code
 * le}, summaries, exponential histograms as native ones, exemplars, start timestamps, and staleness
 * markers for points without a recorded value. Points that it cannot take are counted by reason.
 * Immutable and thread-safe.
 *
 * <p>Source: the behaviour of prometheus storage/remote/otlptranslator.
 */
public final class MetricTranslator {
  private static final long TARGET_INFO_EVERY_MS = 150_000;

  /** Points of one request that lie further apart are no reason to fill the time between them. */
  private static final long TARGET_INFO_SPAN_MAX_MS = 86_400_000;

  private static final byte[] TARGET_INFO = PointLabels.bytes("target_info");

  private final MetricTranslation translation;
  private final MetricNames names;

  public MetricTranslator(MetricTranslation translation) {
    this.translation = translation;
    this.names = new MetricNames(translation.strategy(), translation.namespace());
  }

  /** Translates a batch; its rows are the points' samples, its rejections count points. */
  public Decoded<SeriesBatch> translate(MetricBatch batch) {
    return new Run(batch, TenantId.DEFAULT, null).translate();
  }

  /**
   * The same, with points of delta temporality summed up: monotonic sums, histograms and
   * exponential histograms. Other deltas are refused, as is a point that is not newer than the last
   * of its stream.
   */
  public Decoded<SeriesBatch> translate(MetricBatch batch, TenantId tenant, DeltaStreams deltas) {
    return new Run(batch, tenant, deltas).translate();
  }

  /** The translation of one batch. */
  private final class Run {
    private final MetricBatch batch;
    private final MetricTable metrics;
    private final RejectionTally rejections = new RejectionTally();
    private final PointLabels labels;
    private final Map<Integer, long[]> timesOfResource = new LinkedHashMap<>();
    private @Nullable SeriesBatch series;
    private @Nullable PointSamples samples;
    private int resource = -1;
    private int scope = -1;
    private int metric = -1;
    private String family = "";
    private @Nullable String problem;
    private Reason reason = Reason.INVALID_ROW;
    private final TenantId tenant;
    private final @Nullable DeltaStreams deltas;
    private boolean delta;

    Run(MetricBatch batch, TenantId tenant, @Nullable DeltaStreams deltas) {
      this.tenant = tenant;
      this.deltas = deltas;
      this.batch = batch;
      this.metrics = batch.metrics();
      this.labels = new PointLabels(batch, translation);
    }

    Decoded<SeriesBatch> translate() {
      for (int point = 0; point < batch.points(); point++) {
        try {
          enter(batch.metric(point));
          noteTime(point);
          if (problem == null) {
            labels.enterPoint(point);
            add(point);
          }
          if (problem == null) {
            continue;
          }
        } catch (IllegalArgumentException e) {
          reason = Reason.INVALID_LABELS;
          problem = String.valueOf(e.getMessage());
        }
        String why = problem;
        rejections.add(reason, () -> why);
        metric = -1; // A problem of one point must not stick to the next.
      }
      if (translation.targetInfo()) {
        timesOfResource.forEach(this::targetInfo);
      }
      return new Decoded<>(series == null ? new SeriesBatch("") : series, rejections.toList());
    }

    private void add(int point) {
      PointSamples into = samples();
      if (!delta || deltas == null) {
        into.enter(null);
        into.add(point, family);
        return;
      }
      synchronized (deltas) {
        LabelSetTable identity = new LabelSetTable();
        labels.series(identity, PointLabels.bytes(family), null, new byte[0]);
        DeltaStream stream =
            deltas.stream(tenant, identity.arena().array(), 0, identity.arena().size());
        if (stream == null) {
          reason = Reason.LIMIT_EXCEEDED;
          problem =
              "at most %d streams of delta temporality are summed up at a time"
                  .formatted(DeltaStreams.STREAMS_MAX);
          return;
        }
        if (stream.isNew()) {
          new StoredSums(deltas.stored(), batch, labels, translation.customBuckets())
              .restore(stream, tenant, point, family, deltas.freshFromMs());
        }
        problem = stream.enter(batch.startNanos(point), batch.timeNanos(point));
        if (problem != null) {
          reason = Reason.OUT_OF_ORDER;
          return;
        }
        into.enter(stream);
        into.add(point, family);
      }
    }

    private PointSamples samples() {
      if (samples == null) {
        series = new SeriesBatch(labels.target());
        samples = new PointSamples(batch, labels, series, translation.customBuckets());
      }
      return samples;
    }

    private void enter(int newMetric) {
      if (newMetric == metric) {
        return;
      }
      metric = newMetric;
      problem = null;
      if (metrics.resource(metric) != resource || scope < 0) {
        resource = metrics.resource(metric);
        scope = -1;
        labels.enterResource(resource);
      }
      if (metrics.scope(metric) != scope) {
        labels.enterScope(metrics.scope(metric));
        scope = metrics.scope(metric);
      }
      String name = batch.arena().text(metrics.name(metric));
      checkTemporality(name);
      String unit = batch.arena().text(metrics.unit(metric));
      family = names.family(name, unit, metrics.kind(metric), metrics.isMonotonic(metric));
      labels.enterMetric(type(metric), MetricNames.unit(unit));
      if (problem == null) {
        samples();
        if (series != null) {
          String help = batch.arena().text(metrics.description(metric));
          series.addMetadata(
              family, new MetricMetadata(type(metric), help, MetricNames.unit(unit)));
        }
      }
    }

    private void checkTemporality(String name) {
      boolean has =
          switch (metrics.kind(metric)) {
            case GAUGE, SUMMARY -> false;
            case SUM, HISTOGRAM, EXPONENTIAL_HISTOGRAM -> true;
          };
      delta = has && metrics.temporality(metric) == MetricTable.DELTA;
      boolean summed =
          deltas != null
              && (metrics.kind(metric) != MetricTable.Kind.SUM || metrics.isMonotonic(metric));
      if (delta && summed) {
        return;
      }
      if (delta) {
        reason = Reason.UNSUPPORTED;
        problem =
            "metric \"%s\" has delta temporality; send cumulative (in SDKs:".formatted(name)
                + " OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative)";
      } else if (has && metrics.temporality(metric) != MetricTable.CUMULATIVE) {
        reason = Reason.INVALID_ROW;
        problem = "invalid temporality and type combination for metric \"%s\"".formatted(name);
      }
    }

    private MetricType type(int index) {
      return switch (metrics.kind(index)) {
        case GAUGE -> MetricType.GAUGE;
        case SUM -> metrics.isMonotonic(index) ? MetricType.COUNTER : MetricType.GAUGE;
        case HISTOGRAM, EXPONENTIAL_HISTOGRAM -> MetricType.HISTOGRAM;
        case SUMMARY -> MetricType.SUMMARY;
      };
    }

    private void noteTime(int point) {
      long timeNanos = batch.timeNanos(point);
      long[] times =
          timesOfResource.computeIfAbsent(
              metrics.resource(batch.metric(point)), r -> new long[] {-1, 0});
      if (Long.compareUnsigned(timeNanos, times[0]) < 0) {
        times[0] = timeNanos;
      }
      if (Long.compareUnsigned(timeNanos, times[1]) > 0) {
        times[1] = timeNanos;
      }
    }

    private void targetInfo(int resourceNumber, long[] times) {
      try {
        labels.enterResource(resourceNumber);
        if (series == null || !labels.enterTargetInfo(resourceNumber)) {
          return;
        }
      } catch (IllegalArgumentException e) {
        return; // Counted with the resource's points already.
      }
      byte[] name =
          translation.namespace().isEmpty()
              ? TARGET_INFO
              : PointLabels.bytes(translation.namespace() + "_target_info");
      int set = labels.series(series.sets(), name, null, name);
      series.addMetadata(
          new String(name, java.nio.charset.StandardCharsets.UTF_8),
          new MetricMetadata(MetricType.GAUGE, "Target metadata", ""));
      long lastMs = times[1] / 1_000_000;
      long firstMs = Math.max(times[0] / 1_000_000, lastMs - TARGET_INFO_SPAN_MAX_MS);
      for (long ms = firstMs; ms < lastMs; ms += TARGET_INFO_EVERY_MS) {
        series.add(set, ms, 1);
      }
      series.add(set, lastMs, 1);
    }
  }

  /** Adds the samples of points to the batch of series. */
  private static final class PointSamples {
    private final MetricBatch batch;
    private final PointLabels labels;
    private final SeriesBatch series;
    private final DistributionSamples distributions;
    private @Nullable DeltaStream stream;

    PointSamples(MetricBatch batch, PointLabels labels, SeriesBatch series, boolean customBuckets) {
      this.batch = batch;
      this.labels = labels;
      this.series = series;
      this.distributions = new DistributionSamples(batch, labels, series, customBuckets);
    }

    /** Says which stream the next point, being a delta, belongs to; null if it is none. */
    void enter(@Nullable DeltaStream ofPoint) {
      stream = ofPoint;
      distributions.enter(ofPoint);
    }

    void add(int point, String family) {
      switch (batch.metrics().kind(batch.metric(point))) {
        case GAUGE -> number(point, family, false);
        case SUM -> number(point, family, true);
        case HISTOGRAM -> distributions.histogram(point, family);
        case EXPONENTIAL_HISTOGRAM -> distributions.exponential(point, family);
        case SUMMARY -> distributions.summary(point, family);
      }
    }

    private void number(int point, String family, boolean isSum) {
      int set = labels.series(series.sets(), PointLabels.bytes(family), null, new byte[0]);
      long ms = batch.timeNanos(point) / 1_000_000;
      if (batch.noRecordedValue(point)) {
        series.addBits(set, ms, Samples.STALE_BITS);
      } else {
        series.add(set, ms, value(point));
      }
      distributions.start(point);
      if (isSum) {
        for (int i = batch.exemplarStart(point); i < batch.exemplarEnd(point); i++) {
          Exemplar exemplar = distributions.exemplar(i, ms);
          if (exemplar != null) {
            series.addExemplar(set, exemplar);
          }
        }
      }
    }

    private double value(int point) {
      DeltaStream summed = stream;
      return switch (batch.valueKind(point)) {
        case MetricBatch.INT_VALUE ->
            summed == null ? (double) batch.value(point) : summed.addWhole(batch.value(point));
        case MetricBatch.DOUBLE_VALUE -> {
          double value = Double.longBitsToDouble(batch.value(point));
          yield summed == null ? value : summed.addReal(value);
        }
        default -> 0;
      };
    }
  }
}
