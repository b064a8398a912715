package io.ghostworks.rules.test;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigFile;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.conformance.CaseResult;
import io.ghostworks.config.conformance.ConformanceKind;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.rules.RuleFileReader;
import java.nio.file.Path;
import java.util.List;

/**
 * The conformance kind rules: rule files are read, files with {@code tests} are run. A file is one
 * case.
 */
public final class RulesConformance implements ConformanceKind {

  @Override
  public String name() {
    return "rules";
  }

  @Override
  public boolean accepts(Path file) {
    String name = file.toString();
    return name.endsWith(".yml") || name.endsWith(".yaml");
  }

  @Override
  public List<CaseResult> run(Path file) {
    return List.of(ConformanceKind.judge(file, mistakes(file)));
  }

  private static List<String> mistakes(Path file) {
    try {
      ConfigNode root = ConfigFile.read(file);
      if (root instanceof ConfigNode.MapNode map && map.find("tests").isPresent()) {
        return new RuleTests(TestOptions.DEFAULT, line -> {}).run(file).failures();
      }
      Findings findings = new Findings();
      new RuleFileReader(ParserOptions.DEFAULT).read(file.toString(), root, findings);
      return findings.errors().stream().map(ConfigError::toString).toList();
    } catch (ConfigException e) {
      return e.errors().stream().map(ConfigError::toString).toList();
    }
  }
}
