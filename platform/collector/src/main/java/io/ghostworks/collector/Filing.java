package io.ghostworks.collector;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.MetricBatch;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.otlp.logs.LogStreams;
import io.ghostworks.wire.otlp.metrics.DeltaStreams;
import io.ghostworks.wire.otlp.metrics.MetricTranslator;
import io.ghostworks.wire.otlp.metrics.StoredSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Gives OTLP's log records their streams, and makes samples of its metrics. Thread-safe. */
public final class Filing {
  private final Function<TenantId, LogStreams> streams;
  private volatile MetricTranslator translator;
  private final Clock clock;
  private final DeltaStreams deltas;

  /**
   * @param streams gives a tenant's log records their streams, as it holds at the moment
   * @param stored what is stored of series, for sums of deltas to go on
   */
  public Filing(
      Function<TenantId, LogStreams> streams,
      MetricTranslator translator,
      Clock clock,
      StoredSeries stored) {
    this.streams = streams;
    this.translator = translator;
    this.clock = clock;
    this.deltas = new DeltaStreams(clock, stored);
  }

  /** From now on metrics are named otherwise. */
  public void translateBy(MetricTranslator otherwise) {
    translator = otherwise;
  }

  /** How many streams of delta temporality are summed up. */
  public int deltaStreams() {
    return deltas.size();
  }

  LogBatch filed(TenantId tenant, LogBatch batch) {
    streams.apply(tenant).assign(batch, clock.epochNanos());
    return batch;
  }

  CompletableFuture<Acknowledgement> offer(
      TenantId tenant, MetricBatch batch, TelemetrySink<SeriesBatch> series) {
    Decoded<SeriesBatch> translated = translator.translate(batch, tenant, deltas);
    if (translated.batch().rows() == 0) {
      return CompletableFuture.completedFuture(new Acknowledgement(0, translated.rejections()));
    }
    return series.offer(tenant, translated.batch()).thenApply(answer -> merged(answer, translated));
  }

  /** What the engine refused, and the points that never reached it. */
  private static Acknowledgement merged(Acknowledgement answer, Decoded<SeriesBatch> translated) {
    List<Rejection> all = new ArrayList<>(translated.rejections());
    all.addAll(answer.rejections());
    return new Acknowledgement(answer.acceptedRows(), all);
  }
}
