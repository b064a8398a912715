package io.ghostworks.alertmanager.config;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.Findings;
import io.ghostworks.config.conformance.CaseResult;
import io.ghostworks.config.conformance.ConformanceKind;
import java.nio.file.Path;
import java.util.List;

/**
 * The conformance kind alertmanager-config: configuration files that Alertmanager accepts, and such
 * that it refuses.
 */
public final class AlertmanagerConfigConformance implements ConformanceKind {

  @Override
  public String name() {
    return "alertmanager-config";
  }

  @Override
  public boolean accepts(Path file) {
    String name = file.toString();
    return name.endsWith(".yml") || name.endsWith(".yaml") || name.endsWith(".json");
  }

  @Override
  public List<CaseResult> run(Path file) {
    Findings findings = new Findings();
    try {
      AlertmanagerConfigReader.read(file, findings);
    } catch (ConfigException e) {
      findings.errors(e);
    }
    return List.of(
        ConformanceKind.judge(
            file, findings.errors().stream().map(ConfigError::toString).toList()));
  }
}
