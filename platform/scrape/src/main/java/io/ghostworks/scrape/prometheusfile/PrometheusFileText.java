package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.CredentialSource;
import io.ghostworks.config.DurationForm;
import io.ghostworks.model.label.NameValidation;
import io.ghostworks.model.relabel.RelabelRule;
import io.ghostworks.wire.client.ClientSettings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a prometheus.yml asks for, as YAML with all defaults, in the order and form in which
 * Prometheus shows its configuration. Secrets are shown as {@code <secret>}.
 */
public final class PrometheusFileText {

  private static final String SECRET = "<secret>";

  private PrometheusFileText() {}

  /** A whole file. */
  public static String of(PrometheusFile file) {
    YamlText yaml = new YamlText();
    global(yaml, file);
    if (!file.ruleFiles().isEmpty()) {
      yaml.list("rule_files", file.ruleFiles());
    }
    if (!file.alertmanagers().isEmpty()) {
      alerting(yaml, file.alertmanagers());
    }
    if (!file.jobs().isEmpty()) {
      yaml.key("scrape_configs");
      for (ScrapeJob job : file.jobs()) {
        yaml.item(() -> job(yaml, job));
      }
    }
    return yaml.text();
  }

  /** One element of scrape_configs. */
  public static String of(ScrapeJob job) {
    YamlText yaml = new YamlText();
    job(yaml, job);
    return yaml.text();
  }

  private static void global(YamlText yaml, PrometheusFile file) {
    GlobalSettings global = file.global();
    yaml.map(
        "global",
        () -> {
          yaml.entry("scrape_interval", DurationForm.PROMETHEUS.format(global.scrapeInterval()));
          yaml.entry("scrape_timeout", DurationForm.PROMETHEUS.format(global.scrapeTimeout()));
          global.scrapeProtocols().ifPresent(protocols -> protocols(yaml, protocols));
          yaml.entry(
              "evaluation_interval", DurationForm.PROMETHEUS.format(global.evaluationInterval()));
          if (!global.ruleQueryOffset().isZero()) {
            yaml.entry(
                "rule_query_offset", DurationForm.PROMETHEUS.format(global.ruleQueryOffset()));
          }
          file.queryLogFile().ifPresent(log -> yaml.entry("query_log_file", log.toString()));
          if (!global.externalLabels().isEmpty()) {
            yaml.map("external_labels", () -> global.externalLabels().forEach(yaml::entry));
          }
          limits(yaml, global.limits());
          yaml.entry("metric_name_validation_scheme", word(global.nameValidation()));
          if (!global.escapingScheme().isEmpty()) {
            yaml.entry("metric_name_escaping_scheme", global.escapingScheme());
          }
          yaml.flag("scrape_native_histograms", false);
          if (global.alwaysScrapeClassicHistograms()) {
            yaml.flag("always_scrape_classic_histograms", true);
          }
          yaml.flag("extra_scrape_metrics", global.extraScrapeMetrics());
        });
  }

  private static void alerting(YamlText yaml, List<AlertmanagerTargets> alertmanagers) {
    yaml.map(
        "alerting",
        () -> {
          yaml.key("alertmanagers");
          for (AlertmanagerTargets targets : alertmanagers) {
            yaml.item(() -> {
              yaml.flag("follow_redirects", true);
              yaml.flag("enable_http2", true);
              yaml.entry("scheme", targets.scheme());
              if (!targets.pathPrefix().isEmpty()) {
                yaml.entry("path_prefix", targets.pathPrefix());
              }
              yaml.entry("timeout", "10s");
              yaml.entry("api_version", "v2");
              yaml.key("static_configs");
              yaml.item(() -> yaml.list("targets", targets.addresses()));
            });
          }
        });
  }

  private static void job(YamlText yaml, ScrapeJob job) {
    yaml.entry("job_name", job.name());
    if (job.honorLabels()) {
      yaml.flag("honor_labels", true);
    }
    yaml.flag("honor_timestamps", job.honorTimestamps());
    yaml.flag("track_timestamps_staleness", job.trackTimestampsStaleness());
    if (!job.params().isEmpty()) {
      yaml.map("params", () -> new TreeMap<>(job.params()).forEach(yaml::list));
    }
    yaml.entry("scrape_interval", DurationForm.PROMETHEUS.format(job.interval()));
    yaml.entry("scrape_timeout", DurationForm.PROMETHEUS.format(job.timeout()));
    protocols(yaml, job.protocols());
    job.fallbackProtocol()
        .ifPresent(protocol -> yaml.entry("fallback_scrape_protocol", protocol.word()));
    yaml.flag("scrape_native_histograms", false);
    yaml.flag("always_scrape_classic_histograms", job.nativeHistograms().alwaysClassic());
    yaml.flag("convert_classic_histograms_to_nhcb", false);
    yaml.entry("metrics_path", job.metricsPath());
    yaml.entry("scheme", job.scheme());
    yaml.flag("enable_compression", job.enableCompression());
    limits(yaml, job.limits());
    yaml.entry("metric_name_validation_scheme", word(job.nameValidation()));
    yaml.entry("metric_name_escaping_scheme", job.escapingScheme());
    yaml.flag("extra_scrape_metrics", job.extraScrapeMetrics());
    http(yaml, job.http());
    rules(yaml, "relabel_configs", job.relabelRules());
    rules(yaml, "metric_relabel_configs", job.metricRelabelRules());
    if (!job.staticTargets().isEmpty()) {
      yaml.key("static_configs");
      job.staticTargets().forEach(targets -> yaml.item(() -> targets(yaml, targets)));
    }
  }

  private static void targets(YamlText yaml, StaticTargets targets) {
    yaml.list("targets", targets.addresses());
    if (!targets.labels().isEmpty()) {
      yaml.map("labels", () -> new TreeMap<>(targets.labels()).forEach(yaml::entry));
    }
  }

  private static void protocols(YamlText yaml, List<ScrapeProtocol> protocols) {
    yaml.list("scrape_protocols", protocols.stream().map(ScrapeProtocol::word).toList());
  }

  private static void limits(YamlText yaml, ScrapeLimits limits) {
    if (limits.bodySizeBytes() != 0) {
      yaml.entry("body_size_limit", limits.bodySizeBytes() + "B");
    }
    limit(yaml, "sample_limit", limits.samples());
    limit(yaml, "target_limit", limits.targets());
    limit(yaml, "label_limit", limits.labels());
    limit(yaml, "label_name_length_limit", limits.labelNameLength());
    limit(yaml, "label_value_length_limit", limits.labelValueLength());
    limit(yaml, "keep_dropped_targets", limits.keepDroppedTargets());
  }

  private static void limit(YamlText yaml, String name, long limit) {
    if (limit != 0) {
      yaml.number(name, limit);
    }
  }

  private static void http(YamlText yaml, ClientSettings http) {
    http.basicAuth()
        .ifPresent(auth ->
            yaml.map(
                "basic_auth",
                () -> {
                  user(yaml, auth.username());
                  secret(yaml, "password", auth.password());
                }));
    http.authorization()
        .ifPresent(authorization ->
            yaml.map(
                "authorization",
                () -> {
                  yaml.entry("type", authorization.type());
                  secret(yaml, "credentials", authorization.credentials());
                }));
    ClientSettings.Tls tls = http.tls();
    if (!tls.equals(ClientSettings.DEFAULT.tls())) {
      yaml.map("tls_config", () -> tls(yaml, tls));
    }
    yaml.flag("follow_redirects", http.followRedirects());
    yaml.flag("enable_http2", http.enableHttp2());
    if (!http.headers().isEmpty()) {
      yaml.map(
          "http_headers",
          () ->
              new TreeMap<>(http.headers())
                  .forEach((name, values) ->
                      yaml.map(
                          name,
                          () ->
                              yaml.list(
                                  "secrets", values.stream().map(value -> SECRET).toList()))));
    }
  }

  private static void tls(YamlText yaml, ClientSettings.Tls tls) {
    secret(yaml, "ca", tls.ca());
    secret(yaml, "cert", tls.certificate());
    secret(yaml, "key", tls.key());
    if (!tls.serverName().isEmpty()) {
      yaml.entry("server_name", tls.serverName());
    }
    yaml.flag("insecure_skip_verify", tls.insecureSkipVerify());
    if (!tls.minVersion().isEmpty()) {
      yaml.entry("min_version", tls.minVersion());
    }
    if (!tls.maxVersion().isEmpty()) {
      yaml.entry("max_version", tls.maxVersion());
    }
  }

  /** A user's name is no secret where it stands in the file. */
  private static void user(YamlText yaml, Optional<CredentialSource> source) {
    source.ifPresent(given -> {
      switch (given) {
        case CredentialSource.Inline inline -> yaml.entry("username", inline.secret().reveal());
        case CredentialSource.FromFile file -> yaml.entry("username_file", file.file().toString());
      }
    });
  }

  private static void secret(YamlText yaml, String name, Optional<CredentialSource> source) {
    source.ifPresent(given -> {
      switch (given) {
        case CredentialSource.Inline inline -> yaml.entry(name, SECRET);
        case CredentialSource.FromFile file -> yaml.entry(name + "_file", file.file().toString());
      }
    });
  }

  private static void rules(YamlText yaml, String name, List<RelabelRule> rules) {
    if (rules.isEmpty()) {
      return;
    }
    yaml.key(name);
    for (RelabelRule rule : rules) {
      yaml.item(() -> rule(yaml, rule));
    }
  }

  private static void rule(YamlText yaml, RelabelRule rule) {
    if (!rule.sourceLabels().isEmpty()) {
      yaml.flow("source_labels", rule.sourceLabels());
    }
    yaml.entry("separator", rule.separator());
    yaml.entry("regex", rule.regex());
    if (rule.modulus() != 0) {
      yaml.number("modulus", rule.modulus());
    }
    if (!rule.targetLabel().isEmpty()) {
      yaml.entry("target_label", rule.targetLabel());
    }
    yaml.entry("replacement", rule.replacement());
    yaml.entry("action", rule.action().word());
  }

  private static String word(NameValidation names) {
    return names.name().toLowerCase(Locale.ROOT).replace("_", "");
  }
}
