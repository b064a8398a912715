package io.ghostworks.scrape;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.metric.SeriesBatch;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands batches to the sink without waiting for it, and counts what became of them. A scrape is
 * never retried: the next one is due soon.
 */
final class SampleOutlet {
  private static final Logger LOG = LoggerFactory.getLogger(SampleOutlet.class);

  private final TenantId tenant;
  private final TelemetrySink<SeriesBatch> sink;
  private final ScrapeMetrics metrics;

  SampleOutlet(TenantId tenant, TelemetrySink<SeriesBatch> sink, ScrapeMetrics metrics) {
    this.tenant = tenant;
    this.sink = sink;
    this.metrics = metrics;
  }

  void offer(SeriesBatch batch) {
    int rows = batch.rows();
    String sender = batch.sender();
    metrics.handedOver(rows);
    try {
      var _ =
          sink.offer(tenant, batch)
              .whenComplete(
                  (acknowledgement, error) -> answered(sender, rows, acknowledgement, error));
    } catch (RuntimeException e) {
      answered(sender, rows, null, e);
    }
  }

  private void answered(
      String sender,
      int rows,
      @Nullable Acknowledgement acknowledgement,
      @Nullable Throwable error) {
    if (error != null) {
      metrics.lost(rows);
      Throwable cause =
          error instanceof CompletionException && error.getCause() != null
              ? error.getCause()
              : error;
      LOG.warn("{} samples of a scrape of {} are lost: {}", rows, sender, cause.toString());
    } else if (acknowledgement != null) {
      acknowledgement.rejections().forEach(metrics::rejected);
    }
  }
}
