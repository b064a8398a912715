package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.model.relabel.RelabelRule;
import io.ghostworks.wire.otlp.metrics.MetricTranslation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a prometheus.yml asks for, as far as this program does it.
 *
 * @param jobs those of the file first, then those of its scrape_config_files; names are unique
 * @param ruleFiles patterns of rule files, joined with the file's folder
 * @param alertmanagers where alerts go besides this program's own notifications
 * @param alertRelabelRules what becomes of the labels of each alert that is sent
 * @param otlp how OTLP metrics are named
 * @param storage how long and how much is kept, and how late samples may come
 */
public record PrometheusFile(
    Path path,
    GlobalSettings global,
    List<ScrapeJob> jobs,
    List<String> ruleFiles,
    List<AlertmanagerTargets> alertmanagers,
    List<RelabelRule> alertRelabelRules,
    MetricTranslation otlp,
    StorageSettings storage) {

  public PrometheusFile {
    jobs = List.copyOf(jobs);
    ruleFiles = List.copyOf(ruleFiles);
    alertmanagers = List.copyOf(alertmanagers);
    alertRelabelRules = List.copyOf(alertRelabelRules);
  }

  /** Where every evaluated query is logged, joined with the file's folder. */
  public Optional<Path> queryLogFile() {
    return Optional.of(global.queryLogFile())
        .filter(file -> !file.isEmpty())
        .map(path::resolveSibling);
  }
}
