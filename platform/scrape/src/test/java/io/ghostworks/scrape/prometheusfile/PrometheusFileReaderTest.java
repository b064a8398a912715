package io.ghostworks.scrape.prometheusfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.Findings;
import io.ghostworks.config.Secret;
import io.ghostworks.config.WithoutEffect;
import io.ghostworks.model.label.AttributeNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.label.NameValidation;
import io.ghostworks.wire.otlp.metrics.MetricTranslation;
import io.ghostworks.wire.otlp.metrics.TranslationStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusFileReaderTest {
  @TempDir Path folder;
  private final Findings findings = new Findings();

  @Test
  void aJobHasTheGlobalDefaults() throws IOException {
    PrometheusFile file =
        read(
            """
            global:
              scrape_interval: 15s
              sample_limit: 7
              external_labels: {region: $REGION, cost: 5$$}
            scrape_configs:
              - job_name: api
                static_configs:
                  - targets: ['api:8000', 'api:8001']
                    labels: {env: prod}
              - job_name: worker
                scrape_interval: 5s
                metrics_path: /m
                scheme: https
                sample_limit: 9
                params: {collect: [a, b]}
                basic_auth: {username: u, password_file: secret.txt}
                tls_config: {insecure_skip_verify: on}
                metric_relabel_configs:
                  - {source_labels: [__name__], regex: go_.*, action: drop}
            rule_files: ['rules/*.yml']
            """);
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.unsupported()).isEmpty();
    assertThat(file.global().externalLabels()).isEqualTo(Labels.of("region", "eu", "cost", "5$"));
    assertThat(file.ruleFiles()).containsExactly(folder.resolve("rules/*.yml").toString());
    ScrapeJob api = file.jobs().getFirst();
    assertThat(api.interval()).isEqualTo(Duration.ofSeconds(15));
    assertThat(api.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(api.metricsPath()).isEqualTo("/metrics");
    assertThat(api.limits().samples()).isEqualTo(7);
    assertThat(api.honorTimestamps()).isTrue();
    assertThat(api.escapingScheme()).isEqualTo("allow-utf-8");
    assertThat(api.protocols()).first().isEqualTo(ScrapeProtocol.OPEN_METRICS_TEXT_1_0_0);
    assertThat(api.staticTargets())
        .containsExactly(new StaticTargets(List.of("api:8000", "api:8001"), Map.of("env", "prod")));
    ScrapeJob worker = file.jobs().get(1);
    assertThat(worker.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(worker.limits().samples()).isEqualTo(9);
    assertThat(worker.params()).isEqualTo(Map.of("collect", List.of("a", "b")));
    assertThat(worker.http().tls().insecureSkipVerify()).isTrue();
    assertThat(worker.metricRelabelRules()).hasSize(1);
    Files.writeString(folder.resolve("secret.txt"), "hush\n");
    assertThat(worker.http().basicAuth().orElseThrow().password().orElseThrow().read())
        .isEqualTo(Secret.of("hush"));
  }

  @Test
  void allMistakesComeOutTogether() throws IOException {
    read(
        """
        global: {scrape_intervall: 1s}
        scrape_configs:
          - job_name: a
            static_configs: [{targets: ['http://x/metrics']}]
            scrape_timeout: 5m
          - job_name: a
            relabel_configs: [{action: jump}]
        """);
    assertThat(findings.errors())
        .extracting(ConfigError::keyPath)
        .containsExactly(
            "global.scrape_intervall",
            "scrape_configs[0].static_configs[0].targets",
            "scrape_configs[0].scrape_timeout",
            "scrape_configs[1].relabel_configs[0].action",
            "scrape_configs[1]");
  }

  @Test
  void whatIsValidAndHasNoEffectIsNamedAndNotRefused() throws IOException {
    read(
        """
        runtime: {gogc: 50}
        tracing: {endpoint: 'x:4317'}
        storage: {tsdb: {chunk_encoding: {floats: xor2}, out_of_order_time_window: 2d}}
        remote_read: []
        remote_write: [{url: 'http://x'}]
        scrape_configs:
          - job_name: a
            file_sd_configs: [{files: [x.json]}]
            proxy_url: http://proxy
        """);
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.unsupported()).isEmpty();
    assertThat(findings.withoutEffect())
        .extracting(WithoutEffect::keyPath)
        .containsExactlyInAnyOrder(
            "runtime",
            "tracing",
            "storage.tsdb.chunk_encoding",
            "storage.tsdb.out_of_order_time_window",
            "remote_write[0]",
            "scrape_configs[0].file_sd_configs");
    assertThat(findings.withoutEffect().getFirst())
        .asString()
        .contains("prometheus.yml:")
        .contains(" has no effect: ");
  }

  @Test
  void namedScrapeConfigFilesAreReadWithThisFilesDefaults() throws IOException {
    Files.writeString(folder.resolve("more-1.yml"), "scrape_configs: [{job_name: b}]");
    Files.writeString(folder.resolve("more-2.yml"), "scrape_configs: [{job_name: a}]\nother: 1\n");
    PrometheusFile file =
        read(
            """
            global: {scrape_interval: 3s}
            scrape_configs: [{job_name: a}]
            scrape_config_files: ['more-*.yml']
            """);
    assertThat(file.jobs()).extracting(ScrapeJob::name).containsExactly("a", "b", "a");
    assertThat(file.jobs().get(1).interval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(findings.errors())
        .extracting(ConfigError::file)
        .containsOnly(folder.resolve("more-2.yml").toString());
    assertThat(findings.errors()).hasSize(2);
  }

  @Test
  void nullOverwritesADefaultAsInGo() throws IOException {
    PrometheusFile file =
        read(
            "global:\nscrape_configs:\n  - job_name: a\n    metrics_path:\n    scrape_interval:\n");
    assertThat(findings.errors()).isEmpty();
    assertThat(file.jobs().getFirst().metricsPath()).isEmpty();
    assertThat(file.jobs().getFirst().interval()).isEqualTo(Duration.ofMinutes(1));
    read("remote_write: [{url: 'http://x', queue_config: }]");
    assertThat(findings.errors())
        .extracting(ConfigError::keyPath)
        .containsExactly("remote_write[0].queue_config");
  }

  @Test
  void legacyNamesGoWithUnderscoreEscaping() throws IOException {
    PrometheusFile file =
        read(
            """
            scrape_configs:
              - {job_name: a, metric_name_validation_scheme: legacy}
              - {job_name: b}
            """);
    assertThat(file.jobs().getFirst().nameValidation()).isEqualTo(NameValidation.LEGACY);
    assertThat(file.jobs().getFirst().escapingScheme()).isEqualTo("underscores");
    assertThat(file.jobs().get(1).escapingScheme()).isEqualTo("allow-utf-8");
    read(
        "scrape_configs: [{job_name: a, metric_name_validation_scheme: legacy,"
            + " metric_name_escaping_scheme: allow-utf-8}]");
    assertThat(findings.errors()).hasSize(1);
  }

  @Test
  void namesOtlpMetricsAsTheSectionOtlpSays() throws IOException {
    assertThat(read("global: {}").otlp()).isEqualTo(MetricTranslation.DEFAULT);
    assertThat(read("otlp: {translation_strategy: NoTranslation}").otlp().resourceAttributes())
        .isEqualTo(MetricTranslation.DEFAULT.resourceAttributes());
    MetricTranslation named =
        read("""
        otlp:
          translation_strategy: NoUTF8EscapingWithSuffixes
          promote_resource_attributes: [' team ', zone]
          keep_identifying_resource_attributes: true
          promote_scope_metadata: false
        """)
            .otlp();
    assertThat(named)
        .isEqualTo(
            new MetricTranslation(
                TranslationStrategy.NO_UTF8_ESCAPING_WITH_SUFFIXES,
                "",
                false,
                Set.of("team", "zone"),
                true,
                false,
                true,
                new AttributeNames(false, true, true),
                false,
                false));
    MetricTranslation all =
        read("""
        otlp:
          promote_all_resource_attributes: true
          ignore_resource_attributes: [os.type]
          label_name_underscore_sanitization: false
          label_name_preserve_multiple_underscores: false
        """)
            .otlp();
    assertThat(all.promoteAll()).isTrue();
    assertThat(all.resourceAttributes()).containsExactly("os.type");
    assertThat(all.labelNames()).isEqualTo(new AttributeNames(true, false, false));
    assertThat(read("otlp: {promote_resource_attributes: []}").otlp().resourceAttributes())
        .isEmpty();
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.unsupported()).isEmpty();
  }

  @Test
  void saysWhatOfTheSectionOtlpIsWrong() throws IOException {
    read("otlp: {convert_histograms_to_nhcb: true, keep_identifying_resource_attributes: 7}");
    read("otlp: {translation_strategy: Loud, ignore_resource_attributes: [a]}");
    read(
        "global: {metric_name_validation_scheme: legacy}\n"
            + "otlp: {translation_strategy: NoTranslation}");
    assertThat(findings.withoutEffect()).isEmpty();
    assertThat(findings.errors())
        .extracting(ConfigError::keyPath)
        .containsExactly(
            "otlp.keep_identifying_resource_attributes",
            "otlp.ignore_resource_attributes",
            "otlp.translation_strategy",
            "otlp.translation_strategy");
  }

  @Test
  void retentionWindowAndExemplarsOfStorageAreRead() throws IOException {
    StorageRetention both =
        read("storage: {tsdb: {retention: {time: 15d, size: 1GB}}}").storage().retention();
    assertThat(both.time()).contains(Duration.ofDays(15));
    assertThat(both.sizeBytesOn(1L << 40)).hasValue(1L << 30);
    StorageRetention share =
        read("storage: {tsdb: {retention: {size: 1GB, percentage: 50}}}").storage().retention();
    assertThat(share.sizeBytesOn(1L << 40)).hasValue(1L << 39);
    assertThat(share.time().orElseThrow()).isGreaterThan(Duration.ofDays(36_000));
    assertThat(read("global: {}").storage()).isEqualTo(StorageSettings.NONE);
    assertThat(findings.errors()).isEmpty();
    StorageSettings rest =
        read("storage: {tsdb: {out_of_order_time_window: 5m}, exemplars: {max_exemplars: 5}}")
            .storage();
    assertThat(rest.outOfOrderWindow()).contains(Duration.ofMinutes(5));
    assertThat(rest.exemplarsMax()).hasValue(5);
    assertThat(read("storage: {exemplars: {max_exemplars: -1}}").storage().exemplarsMax())
        .hasValue(0);
    assertThat(findings.withoutEffect()).isEmpty();

    assertThat(read("storage: {tsdb: {retention: {time: 5m}}}").storage().retention().time())
        .contains(Duration.ofHours(1));
    assertThat(findings.errors()).isEmpty();
    assertThat(findings.withoutEffect()).hasSize(1);
  }

  @Test
  void anAbsentFileIsOneError() {
    PrometheusFileReader.read(folder.resolve("none.yml"), name -> "", findings);
    assertThat(findings.errors()).hasSize(1);
  }

  private PrometheusFile read(String text) throws IOException {
    Path path = Files.writeString(folder.resolve("prometheus.yml"), text);
    return PrometheusFileReader.read(path, name -> name.equals("REGION") ? "eu" : "", findings);
  }
}
