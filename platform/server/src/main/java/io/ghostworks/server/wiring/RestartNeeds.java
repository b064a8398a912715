package io.ghostworks.server.wiring;

import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import io.ghostworks.scrape.prometheusfile.StorageSettings;
import io.ghostworks.server.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a configuration that was read anew counts from the next start only. */
final class RestartNeeds {
  private static final Duration EVALUATION_INTERVAL = Duration.ofMinutes(1);

  private final List<String> needs = new ArrayList<>();

  private RestartNeeds() {}

  /**
   * One sentence for each part that differs.
   *
   * @param running with which the process started
   */
  static List<String> of(ReadConfiguration running, ReadConfiguration anew) {
    RestartNeeds needs = new RestartNeeds();
    needs.ghostworks(running.settings(), anew.settings());
    needs.prometheus(running.files().prometheus(), anew.files().prometheus());
    needs.compare(
        "the collector file (files.collector)",
        running.files().collector(),
        anew.files().collector());
    return List.copyOf(needs.needs);
  }

  private void ghostworks(Settings running, Settings anew) {
    compare("listen of ghostworks.yml", running.listen(), anew.listen());
    compare("hosts of ghostworks.yml", running.hosts(), anew.hosts());
    compare(
        "collector.not_stored of ghostworks.yml",
        running.pipelinesNotStored(),
        anew.pipelinesNotStored());
    compare("storage of ghostworks.yml", running.storage(), anew.storage());
    compare("retention of ghostworks.yml", running.retention(), anew.retention());
    compare("tenants of ghostworks.yml", running.tenants(), anew.tenants());
    limits(running.limits(), anew.limits());
    compare("promql of ghostworks.yml", running.promql(), anew.promql());
    compare("queries of ghostworks.yml", running.queries(), anew.queries());
    compare("ingest of ghostworks.yml", running.ingest(), anew.ingest());
  }

  /** Those of series hold at once. */
  private void limits(Settings.Limits running, Settings.Limits anew) {
    compare("limits.request_bytes_max", running.requestBytesMax(), anew.requestBytesMax());
    compare("limits.query_memory", running.queryMemoryBytes(), anew.queryMemoryBytes());
    compare("limits.query_timeout", running.queryTimeout(), anew.queryTimeout());
    compare("limits.query_samples_max", running.querySamplesMax(), anew.querySamplesMax());
  }

  private void prometheus(Optional<PrometheusFile> running, Optional<PrometheusFile> anew) {
    StorageSettings before = running.map(PrometheusFile::storage).orElse(StorageSettings.NONE);
    StorageSettings now = anew.map(PrometheusFile::storage).orElse(StorageSettings.NONE);
    compare("storage.tsdb.retention of prometheus.yml", before.retention(), now.retention());
    compare("storage.exemplars of prometheus.yml", before.exemplarsMax(), now.exemplarsMax());
    compare(
        "global.evaluation_interval of prometheus.yml as the step of subqueries without one",
        evaluationInterval(running),
        evaluationInterval(anew));
  }

  private static Duration evaluationInterval(Optional<PrometheusFile> file) {
    return file.map(given -> given.global().evaluationInterval()).orElse(EVALUATION_INTERVAL);
  }

  private void compare(String what, Object running, Object anew) {
    if (!running.equals(anew)) {
      needs.add("restart needed: " + what + " changed and counts from the next start");
    }
  }
}
