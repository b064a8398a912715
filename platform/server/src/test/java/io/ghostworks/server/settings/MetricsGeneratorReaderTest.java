package io.ghostworks.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.collector.generator.FilterPolicy;
import io.ghostworks.collector.generator.GeneratorSettings;
import io.ghostworks.config.Findings;
import io.ghostworks.model.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsGeneratorReaderTest {
  @TempDir private Path folder;
  private final Findings findings = new Findings();

  private MetricsGeneratorSettings read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("ghostworks.yml"), text);
    return SettingsReader.read(file, findings).metricsGenerator();
  }

  @Test
  void tempoNamesAndAllProcessorsAreTheDefault() throws IOException {
    GeneratorSettings settings = read("{}").of(TenantId.DEFAULT);
    assertThat(settings.names()).isEqualTo(GeneratorSettings.Names.TEMPO);
    assertThat(settings.spanMetrics().size()).isTrue();
    assertThat(settings.serviceGraphs().request()).isTrue();
    assertThat(settings.spanMetrics().buckets()).hasSize(14);
    assertThat(findings.hasErrors()).isFalse();
  }

  @Test
  void aTenantHasWhatItSaysAndTheRestFromAbove() throws IOException {
    MetricsGeneratorSettings settings =
        read(
            """
            metrics_generator:
              collection_interval: 30s
              processor:
                span_metrics:
                  dimensions: [http.method]
                  filter_policies:
                    - include: {match_type: strict, attributes: [{key: kind, value: SPAN_KIND_SERVER}]}
              tenants:
                acme:
                  processors: [span-metrics-count]
                  max_active_series: 7
                  metric_names: connector
            """);
    assertThat(findings.errors()).isEmpty();
    GeneratorSettings acme = settings.of(new TenantId("acme"));
    assertThat(acme.collectionInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(acme.maxActiveSeries()).isEqualTo(7);
    assertThat(acme.spanMetrics().dimensions()).containsExactly("http.method");
    assertThat(acme.spanMetrics().latency()).isFalse();
    assertThat(acme.serviceGraphs().request()).isFalse();
    assertThat(acme.spanMetrics().buckets()).hasSize(16);
    FilterPolicy policy = acme.spanMetrics().filterPolicies().getFirst();
    assertThat(policy.include()).isNotNull();
    assertThat(settings.standard().spanMetrics().latency()).isTrue();
  }

  @Test
  void mistakesAreToldWithTheirKeys() throws IOException {
    read(
        """
        metrics_generator:
          processors: [span-metric]
          collection_interval: 0s
          processor:
            span_metrics: {histogram_buckets: [2, 1], dimension: [x]}
            service_graphs: {filter_policies: [{}]}
        """);
    assertThat(findings.hasErrors()).isTrue();
    String told = findings.errors().toString();
    assertThat(told)
        .contains("metrics_generator.processors")
        .contains("metrics_generator.collection_interval")
        .contains("histogram_buckets")
        .contains("dimension")
        .contains("filter_policies");
  }
}
