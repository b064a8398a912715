package io.ghostworks.server.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.AlertmanagerConfigReader;
import io.ghostworks.alertmanager.config.NobodyIsTold;
import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.alertmanager.notify.NotificationTemplates;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.ConfigNode.Entry;
import io.ghostworks.config.ConfigNode.ListNode;
import io.ghostworks.config.ConfigNode.MapNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.TreeLimits;
import io.ghostworks.config.YamlReader;
import io.ghostworks.model.TenantId;
import io.ghostworks.state.AlertmanagerConfigurations;
import io.ghostworks.state.State;
import io.ghostworks.state.StateException;
import io.ghostworks.template.TemplateException;
import io.ghostworks.template.TemplateSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A configuration that a tenant has set, in the form of Mimir's API: an {@code alertmanager.yml}
 * and the templates that it names. It reads no files of this machine and uses no proxy.
 *
 * @param text an {@code alertmanager.yml}
 * @param templates text by name
 */
record TenantConfiguration(String text, Map<String, String> templates) {

  /** Of the whole body. */
  static final int BYTES_MAX = 1 << 20;

  private static final int TEMPLATES_MAX = 100;
  private static final int VERSIONS_MAX = 20;
  private static final String FILE = "alertmanager_config";
  private static final TreeLimits LIMITS = new TreeLimits(BYTES_MAX, 50, 100_000);
  private static final Path NO_FOLDER = Path.of("/");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Below these keys names are a user's own. */
  private static final Set<String> FREE =
      Set.of("labels", "match", "match_re", "details", "payload", "fields", "custom_fields");

  TenantConfiguration {
    templates = Map.copyOf(templates);
  }

  /** What holds where nothing is set. */
  static AlertmanagerConfig nobody() {
    return Nobody.CONFIG;
  }

  /**
   * Reads a request's body, YAML or JSON.
   *
   * @throws ConfigException if it is none
   */
  static TenantConfiguration read(byte[] body) {
    Findings findings = new Findings();
    ConfigMap map =
        ConfigMap.of(
            YamlReader.read("body", new String(body, StandardCharsets.UTF_8), LIMITS), findings);
    TenantConfiguration configuration =
        new TenantConfiguration(
            map.string(FILE, ""), new TreeMap<>(map.stringMap("template_files")));
    map.rejectUnknownKeys();
    findings.throwIfErrors();
    return configuration;
  }

  static TenantConfiguration of(AlertmanagerConfigurations.Row row) {
    try {
      return new TenantConfiguration(
          row.configuration(),
          JSON.readValue(row.templates(), new TypeReference<Map<String, String>>() {}));
    } catch (JsonProcessingException e) {
      throw new StateException("the templates of a stored configuration are damaged", e);
    }
  }

  void store(State.Tables tables, TenantId tenant, long nowNanos) {
    try {
      var _ =
          tables
              .alertmanagerConfigurations()
              .put(tenant, text, JSON.writeValueAsString(templates), nowNanos, VERSIONS_MAX);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts by name cannot be written as JSON", e);
    }
  }

  /**
   * The configuration, checked.
   *
   * @throws ConfigException if it is wrong, or asks for what a tenant may not have
   */
  AlertmanagerConfig config() {
    Findings findings = new Findings();
    ConfigNode root = YamlReader.read(FILE, text, LIMITS);
    TemplateSet parsed = parsedTemplates(root, findings);
    refuseFiles(root, findings);
    findings.throwIfErrors();
    AlertmanagerConfig config =
        AlertmanagerConfigReader.read(
            text, withoutTemplates(root), NO_FOLDER, MatcherSyntax.FALLBACK, findings);
    findings.throwIfNotServable();
    return config.with(parsed);
  }

  /** The default ones and those that the configuration names, which are in the request. */
  private TemplateSet parsedTemplates(ConfigNode root, Findings findings) {
    if (templates.size() > TEMPLATES_MAX) {
      findings.error(
          root,
          "too many templates in the configuration: %d (limit: %d)"
              .formatted(templates.size(), TEMPLATES_MAX),
          "");
    }
    templates.keySet().forEach(name -> checkName(root, name, findings));
    TemplateSet parsed = NotificationTemplates.defaults();
    ConfigMap map = ConfigMap.of(root, new Findings());
    for (String pattern : map.strings("templates")) {
      checkName(map.find("templates").orElse(root), pattern, findings);
      try {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        for (Map.Entry<String, String> template : new TreeMap<>(templates).entrySet()) {
          if (isName(template.getKey()) && matcher.matches(Path.of(template.getKey()))) {
            parsed = parsed.parse(template.getKey(), template.getValue());
          }
        }
      } catch (TemplateException | IllegalArgumentException e) {
        findings.error(map.find("templates").orElse(root), String.valueOf(e.getMessage()), "");
      }
    }
    return parsed;
  }

  private static void checkName(ConfigNode place, String name, Findings findings) {
    if (!isName(name)) {
      findings.error(
          place,
          "invalid template name \"%s\": the template name cannot contain any path".formatted(name),
          "");
    }
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && name.indexOf('\\') < 0
        && name.indexOf('\0') < 0;
  }

  /**
   * Whoever sets a configuration by the API has no files here, and no network but the receivers'.
   */
  private static void refuseFiles(ConfigNode node, Findings findings) {
    switch (node) {
      case MapNode map -> {
        for (Entry entry : map.entries()) {
          String key = entry.key().text();
          if (isRefused(key) && !entry.value().isNull()) {
            findings.errorWithoutValue(
                entry.value(), "setting %s is not allowed".formatted(key), "");
          } else if (!FREE.contains(key)) {
            refuseOperatorsCredentials(key, entry.value(), findings);
            refuseFiles(entry.value(), findings);
          }
        }
      }
      case ListNode list -> list.items().forEach(item -> refuseFiles(item, findings));
      case ConfigNode.ScalarNode scalar -> {}
    }
  }

  /** Files of this machine, those of {@code http_headers} among them, and other networks. */
  private static boolean isRefused(String key) {
    return key.endsWith("_file")
        || key.equals("files")
        || key.startsWith("proxy_")
        || key.equals("no_proxy");
  }

  /** Without keys of its own a message to SNS would be signed with those of this process. */
  private static void refuseOperatorsCredentials(String key, ConfigNode value, Findings findings) {
    if (!key.equals("sns_configs") || !(value instanceof ListNode list)) {
      return;
    }
    for (ConfigNode item : list.items()) {
      ConfigMap sns = ConfigMap.of(item, new Findings());
      if (sns.mapOrEmpty("sigv4").string("access_key", "").isEmpty()) {
        findings.errorWithoutValue(item, "sigv4 must have access_key and secret_key", "");
      }
    }
  }

  private static ConfigNode withoutTemplates(ConfigNode root) {
    return root instanceof MapNode map
        ? new MapNode(
            map.position(),
            map.keyPath(),
            map.entries().stream()
                .filter(entry -> !entry.key().text().equals("templates"))
                .toList())
        : root;
  }

  /** As a request's body is written, in YAML. */
  byte[] yaml() {
    try {
      StringBuilder out = new StringBuilder("template_files:");
      out.append(templates.isEmpty() ? " {}\n" : "\n");
      for (Map.Entry<String, String> template : new TreeMap<>(templates).entrySet()) {
        out.append("    ").append(JSON.writeValueAsString(template.getKey())).append(": ");
        out.append(JSON.writeValueAsString(template.getValue())).append('\n');
      }
      out.append(FILE).append(": ").append(JSON.writeValueAsString(text)).append('\n');
      return out.toString().getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts cannot be written as JSON", e);
    }
  }

  /** Made when it is needed first. */
  private static final class Nobody {
    static final AlertmanagerConfig CONFIG =
        new TenantConfiguration(NobodyIsTold.TEXT, Map.of()).config();
  }
}
