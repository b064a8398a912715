package io.ghostworks.server.files;

import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.AlertmanagerConfigReader;
import io.ghostworks.collector.config.CollectorConfig;
import io.ghostworks.collector.config.CollectorConfigReader;
import io.ghostworks.config.ConfigWarning;
import io.ghostworks.config.Findings;
import io.ghostworks.config.WithoutEffect;
import io.ghostworks.dashboards.Dashboards;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.RuleFileReader;
import io.ghostworks.rules.RuleLanguage;
import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import io.ghostworks.scrape.prometheusfile.PrometheusFileReader;
import io.ghostworks.server.settings.RuleFilePattern;
import io.ghostworks.server.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the files which {@code ghostworks.yml} names say.
 *
 * @param rules those of the operator's tenant, in all languages
 * @param tenantRules those that ghostworks.yml gives to single tenants
 * @param read each file with its kind and warnings, for the status page
 */
public record ConfigurationFiles(
    Optional<PrometheusFile> prometheus,
    List<RuleFile> rules,
    List<TenantRules> tenantRules,
    Optional<AlertmanagerConfig> alertmanager,
    CollectorConfig collector,
    Dashboards dashboards,
    List<ReadFile> read) {

  public ConfigurationFiles {
    rules = List.copyOf(rules);
    tenantRules = List.copyOf(tenantRules);
    read = List.copyOf(read);
  }

  /**
   * One file.
   *
   * @param withoutEffect what it asks for in vain
   */
  public record ReadFile(
      FileKind kind, Path path, List<String> warnings, List<WithoutEffect> withoutEffect) {
    public ReadFile {
      warnings = List.copyOf(warnings);
      withoutEffect = List.copyOf(withoutEffect);
    }
  }

  /** Reads all files; mistakes and what is not supported go to the findings. */
  public static ConfigurationFiles read(Optional<Path> own, Settings settings, Findings findings) {
    Reading reading = new Reading(findings, settings.promql().engine().parser());
    own.ifPresent(
        path -> reading.read.add(new ReadFile(FileKind.GHOSTWORKS, path, List.of(), List.of())));
    Optional<PrometheusFile> prometheus =
        settings
            .files()
            .prometheus()
            .map(path ->
                reading.one(
                    FileKind.PROMETHEUS,
                    path,
                    (file, found) -> reading.prometheus(file, settings, found)));
    RuleFilesReading rules = reading.rules(settings, prometheus);
    Optional<AlertmanagerConfig> alertmanager =
        settings
            .files()
            .alertmanager()
            .map(path ->
                reading.one(
                    FileKind.ALERTMANAGER,
                    path,
                    (file, found) ->
                        AlertmanagerConfigReader.read(file, settings.alertMatchers(), found)));
    CollectorConfig collector =
        settings
            .files()
            .collector()
            .map(path -> reading.one(FileKind.COLLECTOR, path, reading::collector))
            .orElse(CollectorConfig.EMPTY);
    return new ConfigurationFiles(
        prometheus,
        rules.operators(),
        rules.tenants(),
        alertmanager,
        collector,
        reading.dashboards(settings),
        reading.read);
  }

  /** Reads files one after the other and remembers which warnings are whose. */
  private static final class Reading {
    private final Findings all;
    private final ParserOptions promql;
    private final List<ReadFile> read = new ArrayList<>();

    Reading(Findings all, ParserOptions promql) {
      this.all = all;
      this.promql = promql;
    }

    private interface Reader<T> {
      T read(Path path, Findings findings);
    }

    <T> T one(FileKind kind, Path path, Reader<T> reader) {
      Findings own = new Findings();
      T result = reader.read(path, own);
      note(kind, path, own);
      return result;
    }

    private void note(FileKind kind, Path path, Findings own) {
      all.addAll(own);
      read.add(
          new ReadFile(
              kind,
              path,
              own.warnings().stream().map(ConfigWarning::toString).toList(),
              own.withoutEffect()));
    }

    PrometheusFile prometheus(Path path, Settings settings, Findings findings) {
      PrometheusFile file =
          PrometheusFileReader.read(path, name -> System.getenv().getOrDefault(name, ""), findings);
      OtherAlertmanagers.report(file, settings, findings);
      return file;
    }

    CollectorConfig collector(Path path, Findings findings) {
      return CollectorConfigReader.read(path, System::getenv, findings);
    }

    RuleFilesReading rules(Settings settings, Optional<PrometheusFile> prometheus) {
      RuleFilesReading rules =
          new RuleFilesReading(
              new RuleFileReader(promql), (path, own) -> note(FileKind.RULES, path, own));
      settings.files().rules().forEach(rules::add);
      prometheus.ifPresent(file ->
          file.ruleFiles()
              .forEach(pattern ->
                  rules.add(new RuleFilePattern(pattern, RuleLanguage.PROMQL, Optional.empty()))));
      return rules;
    }

    Dashboards dashboards(Settings settings) {
      Findings own = new Findings();
      List<Path> paths =
          settings.files().dashboards().stream()
              .flatMap(pattern -> FileGlobs.expand(pattern).stream())
              .toList();
      Dashboards dashboards = Dashboards.read(paths, own);
      all.addAll(own);
      for (Path path : paths) {
        read.add(new ReadFile(FileKind.DASHBOARDS, path, List.of(), List.of()));
      }
      return dashboards;
    }
  }
}
