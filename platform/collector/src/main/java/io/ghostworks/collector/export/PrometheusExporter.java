package io.ghostworks.collector.export;

import io.ghostworks.collector.config.ExporterConfig;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.wire.exposition.ExpositionFormat;
import io.ghostworks.wire.exposition.ExpositionWriter;
import io.ghostworks.wire.otlp.metrics.MetricTranslation;
import io.ghostworks.wire.otlp.metrics.MetricTranslator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last value of each series that passes and serves them to a scrape, until they get no
 * new value for {@code metric_expiration}. Native histograms have no form in these text formats and
 * are left out. The server binds the port.
 */
public final class PrometheusExporter implements Exporter {

  /** Series kept at most; further new ones are left out and counted. */
  private static final int SERIES_MAX = 1_000_000;

  private final ExporterConfig.Prometheus config;
  private final MetricTranslator translator;
  private final Clock clock;
  private final Map<String, Family> families = new TreeMap<>();
  private int size;
  private long leftOut;

  /** The series of a family, by labels. */
  private static final class Family {
    private MetricMetadata metadata = new MetricMetadata(MetricType.UNKNOWN, "", "");
    private final Map<Labels, Sample> samples = new TreeMap<>();
  }

  private record Sample(double value, long timestampMs, long seenMs, @Nullable Exemplar exemplar) {}

  /** An answer to a scrape. */
  public record Exposition(String contentType, byte[] body) {}

  public PrometheusExporter(ExporterConfig.Prometheus config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.translator =
        new MetricTranslator(
            new MetricTranslation(
                config.strategy(),
                config.namespace(),
                config.resourceToTelemetry(),
                Set.of(),
                false,
                true,
                true));
  }

  /** Host and port at which the file wants to be scraped. */
  public String endpoint() {
    return config.endpoint();
  }

  @Override
  public void traces(SpanBatch batch) {}

  @Override
  public void logs(LogBatch batch) {}

  @Override
  public void metrics(MetricBatch batch) {
    SeriesBatch series = translator.translate(batch).batch();
    long nowMs = clock.epochMs();
    Map<Integer, Exemplar> exemplars = new java.util.HashMap<>();
    for (int i = 0; i < series.exemplars(); i++) {
      exemplars.put(series.exemplarSet(i), series.exemplar(i));
    }
    synchronized (families) {
      series.metadata().forEach((name, metadata) -> family(name).metadata = metadata);
      for (int row = 0; row < series.rows(); row++) {
        if (!series.isHistogram(row)) {
          keep(series, row, nowMs, exemplars.get(series.set(row)));
        }
      }
    }
  }

  private void keep(SeriesBatch series, int row, long nowMs, @Nullable Exemplar exemplar) {
    Labels.Builder builder = series.sets().labels(series.set(row)).toBuilder();
    config.constLabels().forEach(builder::set);
    Labels labels = builder.build();
    Family family = family(familyOf(labels.metricName()));
    if (Samples.isStale(series.valueBits(row))) {
      size -= family.samples.remove(labels) == null ? 0 : 1;
      return;
    }
    if (size >= SERIES_MAX && !family.samples.containsKey(labels)) {
      leftOut++;
      return;
    }
    Sample sample =
        new Sample(
            Double.longBitsToDouble(series.valueBits(row)),
            series.timestampMs(row),
            nowMs,
            exemplar);
    size += family.samples.put(labels, sample) == null ? 1 : 0;
  }

  private Family family(String name) {
    return families.computeIfAbsent(name, n -> new Family());
  }

  /** The family that a series belongs to: its own name, or that of its histogram or summary. */
  private String familyOf(String name) {
    if (!families.containsKey(name)) {
      for (String suffix : new String[] {"_bucket", "_count", "_sum"}) {
        String base =
            name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
        if (!base.equals(name) && families.containsKey(base)) {
          return base;
        }
      }
    }
    return name;
  }

  /** How many samples of new series found no room. */
  public long leftOut() {
    synchronized (families) {
      return leftOut;
    }
  }

  /**
   * What a scrape gets.
   *
   * @param accept the request's Accept header, or null
   */
  public Exposition expose(@Nullable String accept) {
    ExpositionFormat format =
        config.openMetrics()
            ? ExpositionFormat.negotiate(accept)
            : ExpositionFormat.PROMETHEUS_TEXT;
    ExpositionWriter writer = new ExpositionWriter(format);
    long oldestMs = clock.epochMs() - config.expiration().toMillis();
    synchronized (families) {
      families.forEach((name, family) -> {
        int before = family.samples.size();
        family.samples.values().removeIf(sample -> sample.seenMs() < oldestMs);
        size -= before - family.samples.size();
        if (!family.samples.isEmpty()) {
          write(writer, name, family);
        }
      });
      families.values().removeIf(family -> family.samples.isEmpty());
    }
    return new Exposition(format.contentType(), writer.finish());
  }

  private void write(ExpositionWriter writer, String name, Family family) {
    MetricMetadata metadata = family.metadata;
    writer.family(name, metadata.help(), metadata.type(), metadata.unit());
    family.samples.forEach((labels, sample) ->
        writer.sample(
            labels.metricName(),
            labels,
            sample.value(),
            config.sendTimestamps() ? sample.timestampMs() : null,
            sample.exemplar()));
  }
}
