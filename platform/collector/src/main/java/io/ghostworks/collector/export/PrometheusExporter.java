package io.ghostworks.collector.export;

import io.ghostworks.collector.config.ExporterConfig;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.AttributeNames;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last value of each series that passes and serves them to a scrape of the same tenant,
 * until they get no new value for {@code metric_expiration}. Native histograms have no form in
 * these text formats and are left out. The server binds the port.
 */
public final class PrometheusExporter implements Exporter {

  /** Series kept at most, of all tenants; further new ones are left out and counted. */
  private static final int SERIES_MAX = 1_000_000;

  private static final long EXPIRE_EVERY_MS = 60_000;

  private final ExporterConfig.Prometheus config;
  private final MetricTranslator translator;
  private final Clock clock;
  private final Map<TenantId, Families> tenants = new HashMap<>();
  private long expiredMs;
  private int size;
  private long leftOut;

  /** The families of a tenant, by name. */
  private static final class Families {
    private final Map<String, Family> byName = new TreeMap<>();

    Family family(String name) {
      return byName.computeIfAbsent(name, n -> new Family());
    }

    /** The family that a series belongs to: its own name, or that of its histogram or summary. */
    Family familyOf(String name) {
      if (!byName.containsKey(name)) {
        for (String suffix : new String[] {"_bucket", "_count", "_sum"}) {
          String base =
              name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
          if (!base.equals(name) && byName.containsKey(base)) {
            return family(base);
          }
        }
      }
      return family(name);
    }
  }

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
                true,
                AttributeNames.prometheus(config.strategy().escapes()),
                false,
                false));
  }

  /** Host and port at which the file wants to be scraped. */
  public String endpoint() {
    return config.endpoint();
  }

  @Override
  public void traces(TenantId tenant, SpanBatch batch) {}

  @Override
  public void logs(TenantId tenant, LogBatch batch) {}

  @Override
  public void metrics(TenantId tenant, MetricBatch batch) {
    SeriesBatch series = translator.translate(batch).batch();
    long nowMs = clock.epochMs();
    Map<Integer, Exemplar> exemplars = new HashMap<>();
    for (int i = 0; i < series.exemplars(); i++) {
      exemplars.put(series.exemplarSet(i), series.exemplar(i));
    }
    synchronized (tenants) {
      if (nowMs - expiredMs >= EXPIRE_EVERY_MS) {
        expire(nowMs); // Also what no scrape of its tenant asks for.
      }
      Families families = tenants.computeIfAbsent(tenant, t -> new Families());
      series.metadata().forEach((name, metadata) -> families.family(name).metadata = metadata);
      for (int row = 0; row < series.rows(); row++) {
        if (!series.isHistogram(row)) {
          keep(families, series, row, nowMs, exemplars.get(series.set(row)));
        }
      }
    }
  }

  private void keep(
      Families families, SeriesBatch series, int row, long nowMs, @Nullable Exemplar exemplar) {
    Labels.Builder builder = series.sets().labels(series.set(row)).toBuilder();
    config.constLabels().forEach(builder::set);
    Labels labels = builder.build();
    Family family = families.familyOf(labels.metricName());
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

  /** How many samples of new series found no room. */
  public long leftOut() {
    synchronized (tenants) {
      return leftOut;
    }
  }

  /**
   * What a scrape of a tenant gets: its series only.
   *
   * @param accept the request's Accept header, or null
   */
  public Exposition expose(TenantId tenant, @Nullable String accept) {
    ExpositionFormat format =
        config.openMetrics()
            ? ExpositionFormat.negotiate(accept)
            : ExpositionFormat.PROMETHEUS_TEXT;
    ExpositionWriter writer = new ExpositionWriter(format);
    synchronized (tenants) {
      expire(clock.epochMs());
      Families families = tenants.get(tenant);
      if (families != null) {
        families.byName.forEach((name, family) -> write(writer, name, family));
      }
    }
    return new Exposition(format.contentType(), writer.finish());
  }

  private void expire(long nowMs) {
    expiredMs = nowMs;
    long oldestMs = nowMs - config.expiration().toMillis();
    for (Families families : tenants.values()) {
      for (Family family : families.byName.values()) {
        int before = family.samples.size();
        family.samples.values().removeIf(sample -> sample.seenMs() < oldestMs);
        size -= before - family.samples.size();
      }
      families.byName.values().removeIf(family -> family.samples.isEmpty());
    }
    tenants.values().removeIf(families -> families.byName.isEmpty());
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
