package io.ghostworks.server.files;

import io.ghostworks.config.ConfigNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of configuration files. */
public enum FileKind {
  GHOSTWORKS,
  PROMETHEUS,
  RULES,
  LOKI_RULES,
  TRACE_RULES,
  ALERTMANAGER,
  COLLECTOR,
  DASHBOARDS;

  private static final Set<String> PROMETHEUS_KEYS =
      Set.of(
          "global",
          "scrape_configs",
          "scrape_config_files",
          "rule_files",
          "alerting",
          "remote_write",
          "remote_read",
          "storage",
          "tracing",
          "otlp",
          "runtime");
  private static final Set<String> RESOURCES =
      Set.of("PrometheusRule", "PrometheusRuleList", "List");
  private static final Set<String> GHOSTWORKS_KEYS =
      Set.of("files", "listen", "hosts", "collector", "storage", "retention", "tenants", "limits");

  /** Its word on the command line and in answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<FileKind> find(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** A resource of Kubernetes that holds rules, or a list of some. */
  private static boolean isRuleResource(ConfigNode.MapNode map) {
    return map.find("kind")
        .filter(
            kind -> kind instanceof ConfigNode.ScalarNode word && RESOURCES.contains(word.text()))
        .isPresent();
  }

  /**
   * The kind that a file's keys tell, if they tell one. Rules of Loki and of spans look like those
   * of Prometheus, which they are taken for.
   */
  public static Optional<FileKind> of(ConfigNode root) {
    if (!(root instanceof ConfigNode.MapNode map)) {
      return Optional.empty();
    }
    Set<String> keys =
        map.entries().stream().map(entry -> entry.key().text()).collect(Collectors.toSet());
    if (keys.contains("groups") || isRuleResource(map)) {
      return Optional.of(RULES);
    }
    if (keys.contains("route") || (keys.contains("receivers") && !keys.contains("service"))) {
      return Optional.of(ALERTMANAGER);
    }
    if (keys.contains("service") || keys.contains("exporters") || keys.contains("processors")) {
      return Optional.of(COLLECTOR);
    }
    if (keys.contains("dashboard") || keys.contains("panels") || keys.contains("rows")) {
      return Optional.of(DASHBOARDS);
    }
    if (!keys.isEmpty() && GHOSTWORKS_KEYS.containsAll(keys)) {
      return Optional.of(GHOSTWORKS);
    }
    if (keys.stream().anyMatch(PROMETHEUS_KEYS::contains)) {
      return Optional.of(PROMETHEUS);
    }
    return keys.stream().anyMatch(GHOSTWORKS_KEYS::contains)
        ? Optional.of(GHOSTWORKS)
        : Optional.empty();
  }
}
