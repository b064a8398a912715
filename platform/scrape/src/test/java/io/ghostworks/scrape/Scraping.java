package io.ghostworks.scrape;

import io.ghostworks.config.Findings;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import io.ghostworks.scrape.prometheusfile.PrometheusFileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A manager over simulated time whose targets are fakes and whose samples end in a list. */
final class Scraping implements AutoCloseable {
  static final long START_MS = 1_700_000_000_000L;

  /** One stored sample, as text: {@code up{...} 1 @time} or {@code ... STALE @time}. */
  record Stored(Labels labels, long timestampMs, long bits) {
    String value() {
      return Samples.isStale(bits) ? "stale" : String.valueOf(Double.longBitsToDouble(bits));
    }
  }

  final SimulatedTime time = new SimulatedTime(START_MS);
  final FakeTarget target = new FakeTarget();
  final PlatformMetrics metrics = new PlatformMetrics();
  final List<Stored> stored = new ArrayList<>();
  final List<List<Stored>> batches = new ArrayList<>();
  final List<Exemplar> exemplars = new ArrayList<>();
  final Map<String, MetricMetadata> metadata = new LinkedHashMap<>();
  final ScrapePools manager;

  Scraping() {
    ScrapeSettings settings =
        new ScrapeSettings(Map.of(), "here", "Test/1", 1 << 20, SampleOptions.DEFAULT);
    manager =
        new ScrapePools(
            settings,
            job -> target,
            ScrapePools.context(
                settings,
                TenantId.DEFAULT,
                (tenant, batch) -> take(batch),
                time,
                time,
                Runnable::run,
                metrics));
  }

  /** Applies the scrape_configs in {@code yaml}. */
  void apply(String yaml) {
    try {
      Path file = Files.createTempFile("prometheus", ".yml");
      Files.writeString(file, yaml);
      Findings findings = new Findings();
      PrometheusFile read = PrometheusFileReader.read(file, name -> "", findings);
      findings.throwIfNotServable();
      Files.delete(file);
      manager.apply(read.jobs(), read.global().externalLabels());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ScrapeException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets one interval of ten seconds pass and gives what was stored in it. */
  Map<String, String> next() {
    return next(10);
  }

  Map<String, String> next(int seconds) {
    stored.clear();
    batches.clear();
    time.advance(Duration.ofSeconds(seconds));
    return byName(sample -> true);
  }

  /** What was stored last by series, without those that the scrape itself makes. */
  Map<String, String> samples() {
    return byName(sample -> !isReport(sample));
  }

  private Map<String, String> byName(java.util.function.Predicate<Stored> which) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Stored sample : stored) {
      if (which.test(sample)) {
        values.put(sample.labels().toString(), sample.value());
      }
    }
    return values;
  }

  <T> List<T> each(Function<Stored, T> of) {
    return stored.stream().map(of).toList();
  }

  static boolean isReport(Stored sample) {
    String name = sample.labels().metricName();
    return name.equals("up") || name.startsWith("scrape_");
  }

  @Override
  public void close() {
    manager.close();
  }

  private CompletableFuture<Acknowledgement> take(SeriesBatch batch) {
    List<Stored> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      rows.add(
          new Stored(
              batch.sets().labels(batch.set(row)), batch.timestampMs(row), batch.valueBits(row)));
    }
    for (int i = 0; i < batch.exemplars(); i++) {
      exemplars.add(batch.exemplar(i));
    }
    metadata.putAll(batch.metadata());
    stored.addAll(rows);
    batches.add(rows);
    return CompletableFuture.completedFuture(Acknowledgement.accepted(batch.rows()));
  }
}
