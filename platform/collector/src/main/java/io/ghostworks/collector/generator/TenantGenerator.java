package io.ghostworks.collector.generator;

import io.ghostworks.collector.config.ConnectorConfig;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.memory.MemoryBudget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes the metrics of one tenant. Not thread-safe.
 *
 * <p>Batches up to the position that was stored with the last samples are counted already: their
 * spans only find again which of them wait for their other sides.
 */
final class TenantGenerator {
  private final GeneratorSettings settings;
  private final GeneratorPosition stored;
  private final GeneratorMetrics metrics;
  private final SeriesRegistry registry;
  private final @Nullable SpanProcessor spanMetrics;
  private final String scope;
  private final Duration resourceExpiration;
  private final @Nullable ServiceGraphProcessor serviceGraph;
  private boolean replaying;
  private long position;
  private long collecting;
  private long collectingFrom;
  private long acknowledged;
  private long collectedMs;
  private boolean underway;

  /**
   * @param restored what the series had when the process ended before
   */
  TenantGenerator(
      GeneratorSettings settings,
      GeneratorPosition stored,
      RestoredSamples restored,
      MemoryBudget memory,
      GeneratorMetrics metrics,
      GeneratedOutput output,
      long nowMs) {
    this.settings = settings;
    this.stored = stored;
    this.metrics = metrics;
    ConnectorConfig.SpanMetrics spans =
        output instanceof GeneratedOutput.Points points ? points.spans() : null;
    this.scope = spans == null ? "traces_service_graph" : "spanmetricsconnector";
    this.resourceExpiration = spans == null ? Duration.ZERO : spans.flushing().resourceExpiration();
    this.registry =
        new SeriesRegistry(
            settings,
            memory,
            restored,
            metrics.limited(),
            nowMs,
            output instanceof GeneratedOutput.Points
                ? new SeriesRegistry.Bounds(
                    spans == null ? 0 : spans.cardinalityMax(),
                    Labels.of("otel.metric.overflow", "true"))
                : SeriesRegistry.Bounds.SERIES);
    this.spanMetrics =
        spans != null
            ? new SpanMetricsConnector(spans, registry)
            : settings.spanMetrics().isOn() ? new SpanMetricsProcessor(settings, registry) : null;
    this.serviceGraph =
        settings.serviceGraphs().isOn()
            ? new ServiceGraphProcessor(settings, registry, metrics)
            : null;
    this.replaying = stored.read() >= 0;
    this.position = stored.read();
    this.acknowledged = stored.read();
    this.collectedMs = nowMs;
    if (serviceGraph != null) {
      serviceGraph.setSilent(replaying);
    }
  }

  /**
   * Takes a batch.
   *
   * @param slack whether spans that ended too long ago are left out
   */
  void push(long at, SpanBatch batch, boolean slack, long nowMs, long nowNanos) {
    if (replaying && at > stored.read()) {
      endReplay();
    }
    SpanWindow window = window(slack, nowMs);
    if (serviceGraph != null) {
      Weigher weigher = new Weigher(settings.serviceGraphs().weighing(), batch);
      serviceGraph.push(batch, window, weigher, at, nowMs, nowNanos);
      if (spanMetrics == null && !replaying) {
        weigher.report(metrics.unknownProbability());
      }
    }
    if (replaying) {
      return;
    }
    position = at;
    if (spanMetrics != null) {
      Weigher weigher = new Weigher(settings.spanMetrics().weighing(), batch);
      metrics.spans().add(spanMetrics.push(batch, window, weigher, nowMs));
      weigher.report(metrics.unknownProbability());
    } else {
      metrics.spans().add(batch.rows());
    }
  }

  private SpanWindow window(boolean slack, long nowMs) {
    long slackNanos = settings.ingestionSlack().toNanos();
    return slack && slackNanos > 0
        ? new SpanWindow(nowMs * 1_000_000 - slackNanos, nowMs * 1_000_000 + slackNanos)
        : SpanWindow.ALL;
  }

  /** Every batch that was there when the process started is read. */
  void endReplay() {
    if (replaying && serviceGraph != null) {
      serviceGraph.forgetBefore(stored.waitingFrom());
      serviceGraph.setSilent(false);
    }
    replaying = false;
  }

  /** Gives up spans that waited too long, and series that got nothing for too long. */
  void expire(long nowMs, long nowNanos) {
    if (serviceGraph != null && !replaying) {
      serviceGraph.expire(nowMs, nowNanos);
    }
  }

  boolean isDue(long nowMs) {
    return !underway
        && !registry.isEmpty()
        && nowMs - collectedMs >= settings.collectionInterval().toMillis();
  }

  /** Whether something was counted that is not stored. */
  boolean isUncollected() {
    return position > acknowledged && !registry.isEmpty();
  }

  /** All samples, which {@link #written} or {@link #refused} must follow. */
  SeriesBatch collect(long nowMs) {
    beginCollecting(nowMs);
    return registry.collect(nowMs, position, collectingFrom);
  }

  /** The same as OTLP points. */
  MetricBatch collectPoints(long nowMs) {
    beginCollecting(nowMs);
    return registry.collectPoints(nowMs, scope);
  }

  private void beginCollecting(long nowMs) {
    long seenBeforeMs =
        resourceExpiration.isZero() ? Long.MIN_VALUE : nowMs - resourceExpiration.toMillis();
    registry.expire(nowMs - settings.staleDuration().toMillis(), seenBeforeMs);
    if (spanMetrics != null) {
      spanMetrics.expire(seenBeforeMs);
    }
    underway = true;
    collectedMs = nowMs;
    collecting = position;
    collectingFrom = waitingFrom(position + 1);
  }

  /** Up to where the spans are counted that were collected last. */
  GeneratorPosition collected() {
    return new GeneratorPosition(collecting, collectingFrom);
  }

  /** What was collected is stored. */
  void written() {
    underway = false;
    acknowledged = collecting;
    registry.written();
  }

  /** What was collected is perhaps not stored; the next collection has it again. */
  void refused() {
    underway = false;
  }

  /** The position behind which all batches are needed again after a crash. */
  long neededFrom(long absent) {
    long counted = isUncollected() ? Math.min(acknowledged, absent) : absent;
    return Math.min(counted, waitingFrom(absent + 1) - 1);
  }

  /** Whether its samples are on their way to the store. */
  boolean isUnderway() {
    return underway;
  }

  private long waitingFrom(long absent) {
    return serviceGraph == null ? absent : serviceGraph.waitingFrom(absent);
  }

  /** Whether nothing is left of it. */
  boolean isIdle() {
    return registry.isEmpty()
        && !underway
        && !replaying
        && (serviceGraph == null || serviceGraph.waiting() == 0);
  }

  long activeSeries() {
    return registry.activeSeries();
  }

  int waitingEdges() {
    return serviceGraph == null ? 0 : serviceGraph.waiting();
  }

  void close() {
    registry.close();
  }
}
