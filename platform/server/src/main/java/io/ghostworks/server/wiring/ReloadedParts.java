package io.ghostworks.server.wiring;

import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import io.ghostworks.server.alerts.Heartbeat;
import io.ghostworks.server.prometheus.QueryLog;

/** What a reload of the configuration changes in the running platform. */
record ReloadedParts(
    Foundation foundation,
    Scraping scraping,
    Alerting alerting,
    Heartbeat heartbeat,
    Collection collection)
    implements ConfigurationReload.Application {

  /** What can fail comes first: the query log, then certificates of jobs, then the state. */
  @Override
  public void apply(ReadConfiguration anew) throws Exception {
    try (QueryLog.Opened next =
        foundation
            .queryLog()
            .open(anew.files().prometheus().flatMap(PrometheusFile::queryLogFile))) {
      scraping.replace(anew.files());
      replaceOthers(anew);
      next.use();
    }
  }

  /** The query log is still the former one; parts that did not change go on undisturbed. */
  @Override
  public void takeBack(ReadConfiguration former) throws Exception {
    try {
      scraping.replace(former.files());
    } finally {
      replaceOthers(former);
    }
  }

  private void replaceOthers(ReadConfiguration read) {
    alerting.replace(read.files());
    heartbeat.replace(read.settings().heartbeat());
    collection.replace(read.files(), foundation.installation().settings());
    foundation.limits().replace(read.settings(), read.files().prometheus());
  }
}
