package io.ghostworks.scrape;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;

/** What this process counts about its scrapes. */
final class ScrapeMetrics {
  private final PlatformMetrics metrics;
  private final PlatformMetrics.Counter scrapes;
  private final PlatformMetrics.Counter failures;
  private final PlatformMetrics.Counter skipped;
  private final PlatformMetrics.Counter samples;
  private final PlatformMetrics.Counter lost;

  ScrapeMetrics(PlatformMetrics metrics) {
    this.metrics = metrics;
    scrapes = counter("ghostworks_scrapes_total", "Scrapes that ended, failed ones included.");
    failures = counter("ghostworks_scrape_failures_total", "Scrapes that failed.");
    skipped =
        counter(
            "ghostworks_scrapes_skipped_total",
            "Scrapes left out because the one before still ran.");
    samples = counter("ghostworks_scrape_samples_total", "Samples handed to the store.");
    lost =
        counter(
            "ghostworks_scrape_samples_lost_total",
            "Samples of scrapes that the store could not take as a whole.");
  }

  void scraped(boolean healthy) {
    scrapes.increment();
    if (!healthy) {
      failures.increment();
    }
  }

  void skipped() {
    skipped.increment();
  }

  void handedOver(int rows) {
    samples.add(rows);
  }

  void lost(int rows) {
    lost.add(rows);
  }

  void rejected(Rejection rejection) {
    rejected(rejection.reason().label(), rejection.rows());
  }

  void rejected(String reason, int rows) {
    if (rows > 0) {
      metrics
          .counter(
              "ghostworks_scrape_samples_rejected_total",
              "Scraped samples that were refused, by reason.",
              Labels.of("reason", reason))
          .add(rows);
    }
  }

  private PlatformMetrics.Counter counter(String name, String help) {
    return metrics.counter(name, help, Labels.EMPTY);
  }
}
