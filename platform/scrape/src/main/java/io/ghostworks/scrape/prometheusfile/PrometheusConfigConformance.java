package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.Findings;
import io.ghostworks.config.conformance.CaseResult;
import io.ghostworks.config.conformance.ConformanceKind;
import java.nio.file.Path;
import java.util.List;

/**
 * The conformance kind prometheus-config: configuration files that Prometheus accepts, and such
 * that it refuses.
 */
public final class PrometheusConfigConformance implements ConformanceKind {

  @Override
  public String name() {
    return "prometheus-config";
  }

  @Override
  public boolean accepts(Path file) {
    String name = file.toString();
    return name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith(".json");
  }

  @Override
  public List<CaseResult> run(Path file) {
    Findings findings = new Findings();
    PrometheusFileReader.read(file, name -> "", findings);
    return List.of(
        ConformanceKind.judge(
            file, findings.errors().stream().map(ConfigError::toString).toList()));
  }
}
