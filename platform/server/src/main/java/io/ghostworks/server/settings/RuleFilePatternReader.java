package io.ghostworks.server.settings;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.model.TenantId;
import io.ghostworks.rules.RuleLanguage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code files.rules}, {@code files.loki_rules} and {@code files.trace_rules}: lists of paths
 * and globs, and of mappings with {@code path} and {@code tenant}.
 */
final class RuleFilePatternReader {

  private RuleFilePatternReader() {}

  static List<RuleFilePattern> read(ConfigMap files, Path folder) {
    List<RuleFilePattern> patterns = new ArrayList<>();
    read(files, "rules", RuleLanguage.PROMQL, folder, patterns);
    read(files, "loki_rules", RuleLanguage.LOGQL, folder, patterns);
    read(files, "trace_rules", RuleLanguage.TRACEQL, folder, patterns);
    return patterns;
  }

  private static void read(
      ConfigMap files,
      String key,
      RuleLanguage language,
      Path folder,
      List<RuleFilePattern> patterns) {
    for (ConfigNode item : files.list(key)) {
      if (item instanceof ConfigNode.MapNode) {
        ConfigMap map = ConfigMap.of(item, files.findings());
        String path = map.requiredString("path");
        Optional<TenantId> tenant = tenant(map);
        map.rejectUnknownKeys();
        patterns.add(new RuleFilePattern(resolved(path, folder), language, tenant));
      } else {
        files
            .text(item)
            .ifPresent(path ->
                patterns.add(
                    new RuleFilePattern(resolved(path, folder), language, Optional.empty())));
      }
    }
  }

  private static Optional<TenantId> tenant(ConfigMap map) {
    String id = map.requiredString("tenant");
    if (TenantId.isValid(id)) {
      return Optional.of(new TenantId(id));
    }
    if (!id.isEmpty()) {
      map.error("tenant", "must match [A-Za-z0-9_-]{1,64}", "");
    }
    return Optional.empty();
  }

  private static String resolved(String path, Path folder) {
    return path.startsWith("/") ? path : folder + "/" + path;
  }
}
