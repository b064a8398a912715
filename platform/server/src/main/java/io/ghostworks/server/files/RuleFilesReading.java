package io.ghostworks.server.files;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.Findings;
import io.ghostworks.config.Position;
import io.ghostworks.model.TenantId;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.RuleFileReader;
import io.ghostworks.rules.RuleLanguage;
import io.ghostworks.server.settings.RuleFilePattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads the rule files of all languages and tenants, each once for its tenant. */
final class RuleFilesReading {

  private final RuleFileReader reader;
  private final BiConsumer<Path, Findings> noted;
  private final List<RuleFile> operators = new ArrayList<>();
  private final Map<TenantId, List<RuleFile>> tenants = new LinkedHashMap<>();
  private final Map<String, RuleLanguage> seen = new HashMap<>();

  /**
   * @param noted takes what was found in each file
   */
  RuleFilesReading(RuleFileReader reader, BiConsumer<Path, Findings> noted) {
    this.reader = reader;
    this.noted = noted;
  }

  /** Reads the files of a pattern. A file that its tenant has already is left out. */
  void add(RuleFilePattern pattern) {
    for (Path path : FileGlobs.expand(pattern.pattern())) {
      String key = pattern.tenant().map(TenantId::value).orElse("") + "/" + path;
      RuleLanguage before = seen.putIfAbsent(key, pattern.language());
      if (before == null) {
        read(path, pattern);
      } else if (before != pattern.language()) {
        Findings findings = new Findings();
        findings.error(
            ConfigError.at(
                Position.wholeFile(path.toString()),
                "",
                "must be of one language, but ghostworks.yml names it as %s and as %s"
                    .formatted(before.word(), pattern.language().word()),
                "",
                "name it once"));
        noted.accept(path, findings);
      }
    }
  }

  private void read(Path path, RuleFilePattern pattern) {
    Findings findings = new Findings();
    try {
      List<RuleFile> read = reader.readAll(path, pattern.language(), findings);
      Optional<TenantId> tenant = pattern.tenant();
      if (tenant.isPresent()) {
        tenants.computeIfAbsent(tenant.get(), t -> new ArrayList<>()).addAll(read);
      } else {
        operators.addAll(read);
      }
    } catch (ConfigException e) {
      findings.errors(e);
    }
    noted.accept(path, findings);
  }

  List<RuleFile> operators() {
    return operators;
  }

  List<TenantRules> tenants() {
    return tenants.entrySet().stream()
        .map(each -> new TenantRules(each.getKey(), each.getValue()))
        .toList();
  }
}
