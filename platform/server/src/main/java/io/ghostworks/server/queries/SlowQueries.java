package io.ghostworks.server.queries;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.AskedQuery;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryWatch;
import io.ghostworks.query.RunningQuery;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the queries that took long, and counts all of them. */
public final class SlowQueries implements QueryWatch {

  private static final Logger log = LoggerFactory.getLogger(SlowQueries.class);

  private final Duration threshold;
  private final PlatformMetrics.Counter slow;
  private final PlatformMetrics.Counter samples;
  private final PlatformMetrics.Counter canceled;
  private final PlatformMetrics.Histogram seconds;

  /**
   * @param threshold from which time on, with waiting, a query is slow
   */
  public SlowQueries(Duration threshold, PlatformMetrics metrics) {
    this.threshold = threshold;
    this.slow =
        metrics.counter(
            "ghostworks_slow_queries_total",
            "Queries that took longer than queries.slow_threshold.",
            Labels.EMPTY);
    this.samples =
        metrics.counter(
            "ghostworks_query_samples_read_total",
            "Samples of series that queries have read.",
            Labels.EMPTY);
    this.canceled =
        metrics.counter(
            "ghostworks_queries_canceled_total",
            "Queries that were stopped: by somebody, or because their client had left.",
            Labels.EMPTY);
    this.seconds =
        metrics.histogram(
            "ghostworks_query_duration_seconds",
            "How long evaluations took, with the time that they waited.",
            Labels.EMPTY,
            0.001,
            0.01,
            0.1,
            1,
            10,
            100);
  }

  @Override
  public void begins(RunningQuery query) {}

  @Override
  public void ends(RunningQuery query) {
    QueryContext context = query.context();
    long nanos = context.elapsedNanos();
    samples.add(context.samplesRead());
    if (query.asked().kind().isEvaluation()) {
      seconds.observe(nanos / 1e9);
    }
    if (context.isCanceled()) {
      canceled.increment();
    }
    if (nanos < threshold.toNanos()) {
      return;
    }
    slow.increment();
    AskedQuery asked = query.asked();
    log.warn(
        "slow query: {} s, {} samples, {} rows, {} bytes at most{}; tenant {}, from '{}', {}: {}",
        "%.3f".formatted(nanos / 1e9),
        context.samplesRead(),
        context.rowsRead(),
        context.peakBytes(),
        context.isCanceled() ? ", canceled" : "",
        asked.tenant(),
        LoggedText.of(asked.source()),
        asked.language(),
        LoggedText.of(asked.text()));
  }
}
