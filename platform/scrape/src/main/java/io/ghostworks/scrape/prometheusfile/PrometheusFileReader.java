package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigFile;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.shape.Given;
import io.ghostworks.config.shape.Shape;
import io.ghostworks.model.label.NameValidation;
import io.ghostworks.wire.otlp.metrics.MetricTranslation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Reads one prometheus.yml with the scrape_config_files that it names. Everything wrong is
 * collected in the findings, and so is everything valid that has no effect here.
 */
public final class PrometheusFileReader {
  private static final Shape ROOT =
      Shape.create()
          .any("global")
          .section("runtime", OtherShapes.RUNTIME)
          .any("alerting")
          .texts("rule_files", "scrape_config_files")
          .fields(ConfigMap::list, "scrape_configs", "remote_write", "remote_read")
          .section("storage", OtherShapes.STORAGE)
          .section("tracing", OtherShapes.TRACING)
          .section("otlp", OtlpSection.SHAPE);

  private static final Shape SCRAPE_CONFIG_FILE =
      Shape.create().fields(ConfigMap::list, "scrape_configs");

  private final Path path;
  private final Findings findings;
  private final UnaryOperator<String> environment;
  private final List<ScrapeJob> jobs = new ArrayList<>();
  private final Map<String, String> placeOfJob = new HashMap<>();

  private PrometheusFileReader(Path path, Findings findings, UnaryOperator<String> environment) {
    this.path = path;
    this.findings = findings;
    this.environment = environment;
  }

  /**
   * Reads {@code path}.
   *
   * @param environment what an environment variable holds, "" where it is not set
   * @return what could be read; only to be used where {@code findings} got no errors
   */
  public static PrometheusFile read(
      Path path, UnaryOperator<String> environment, Findings findings) {
    ConfigNode root;
    try {
      root = ConfigFile.read(path);
    } catch (ConfigException e) {
      findings.errors(e);
      root = io.ghostworks.config.YamlReader.read(path.toString(), "");
    }
    return read(path, root, environment, findings);
  }

  /** Reads a configuration that stands inside another file, whose path is given. */
  public static PrometheusFile read(
      Path path, ConfigNode root, UnaryOperator<String> environment, Findings findings) {
    return new PrometheusFileReader(path, findings, environment).file(root);
  }

  private PrometheusFile file(ConfigNode root) {
    ConfigMap map = ROOT.check(root, findings).map();
    GlobalSettings global =
        GlobalSection.read(map.mapOrEmpty("global").node(), findings, environment);
    for (ConfigNode node : map.list("scrape_configs")) {
      job(node, global);
    }
    for (String pattern : paths(map, "scrape_config_files")) {
      scrapeConfigFiles(map, pattern, global);
    }
    AlertingSection.Alerting alerting =
        AlertingSection.read(map.mapOrEmpty("alerting").node(), global.nameValidation(), findings);
    remote(map, "remote_write", RemoteShapes.WRITE, global.nameValidation());
    remote(map, "remote_read", RemoteShapes.READ, global.nameValidation());
    MetricTranslation otlp =
        OtlpSection.read(map.mapOrEmpty("otlp").node(), findings, global.nameValidation());
    StorageSettings storage = StorageSettings.read(map.mapOrEmpty("storage"));
    reportWithoutEffect(map);
    List<String> ruleFiles =
        paths(map, "rule_files").stream()
            .map(pattern -> path.resolveSibling(pattern).toString())
            .toList();
    return new PrometheusFile(
        path,
        global,
        jobs,
        ruleFiles,
        alerting.alertmanagers(),
        alerting.relabelRules(),
        otlp,
        storage);
  }

  private static List<String> paths(ConfigMap map, String key) {
    List<String> patterns = new ArrayList<>();
    for (String pattern : map.strings(key)) {
      if (FilePattern.isRulePath(pattern)) {
        patterns.add(pattern);
      } else {
        map.error(key, "must have * only in the last part of a path, not '" + pattern + "'", "");
      }
    }
    return patterns;
  }

  private void job(ConfigNode node, GlobalSettings global) {
    ScrapeSection.read(node, global, findings)
        .ifPresent(job -> {
          String before = placeOfJob.putIfAbsent(job.name(), node.position().toString());
          if (before != null) {
            findings.error(
                node,
                "must not have the job_name '" + job.name() + "' of the job in " + before,
                "");
          }
          jobs.add(job);
        });
  }

  private void scrapeConfigFiles(ConfigMap map, String pattern, GlobalSettings global) {
    try {
      Path folder = path.toAbsolutePath().getParent();
      for (Path file : FilePattern.files(folder == null ? path : folder, pattern)) {
        ConfigMap content = SCRAPE_CONFIG_FILE.check(ConfigFile.read(file), findings).map();
        for (ConfigNode node : content.list("scrape_configs")) {
          job(node, global);
        }
      }
    } catch (ConfigException e) {
      findings.errors(e);
    } catch (IllegalArgumentException | IOException e) {
      map.error("scrape_config_files", "must name readable files: " + e.getMessage(), "");
    }
  }

  private void remote(ConfigMap map, String key, Shape shape, NameValidation names) {
    Set<String> seen = new HashSet<>();
    for (ConfigNode node : map.list(key)) {
      if (node.isNull()) {
        findings.error(node, "must not be empty or null", "remove it");
        continue;
      }
      Given given = shape.check(node, findings);
      if (key.equals("remote_write")) {
        RelabelSection.rules(given.map(), "write_relabel_configs", names);
      }
      if (given.filled("name") && !seen.add(given.text("name"))) {
        given.refuse("name", "must not be the name of another element of " + key + " too");
      }
    }
  }

  private static void reportWithoutEffect(ConfigMap map) {
    map.withoutEffect("runtime", "there is no Go runtime to tune");
    map.withoutEffect(
        "tracing", "the platform's own traces are stored here and not sent elsewhere");
    for (String key : List.of("remote_write", "remote_read")) {
      for (ConfigNode element : map.list(key)) {
        map.findings()
            .withoutEffect(
                element,
                key.equals("remote_write")
                    ? "samples are stored here and not sent on"
                    : "queries are answered from what is stored here only");
      }
    }
  }
}
