package io.ghostworks.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.Findings;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.series.RetentionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsRetentionReaderTest {
  private static final TenantId ACME = new TenantId("acme");

  @TempDir private Path folder;
  private final Findings findings = new Findings();

  @Test
  void withoutKeysRawStaysAMonthAndLevelsAYear() throws IOException {
    assertThat(read("{}").policy()).isEqualTo(RetentionPolicy.defaults());
  }

  @Test
  void readsDurationsSizesAndRules() throws IOException {
    MetricsRetention read =
        read(
            """
            retention:
              metrics: 60d
              metrics_5m: 180d
              metrics_1h: 2y
              metrics_size: 10GiB
              metrics_tenant_sizes: {acme: 1GiB}
              metrics_rules:
                - selector: '{__name__=~"debug_.*"}'
                  keep: 7d
                - {tenant: acme, keep: 90d, keep_1h: 3y}
            """);

    assertThat(findings.errors()).isEmpty();
    RetentionPolicy policy = read.policy();
    assertThat(policy.sizeBytesMax()).hasValue(10L << 30);
    assertThat(policy.tenantBytesMax()).isEqualTo(Map.of(ACME, 1L << 30));
    assertThat(policy.of(ACME, Labels.of("__name__", "debug_x")).oneHour())
        .isEqualTo(Duration.ofDays(7));
    assertThat(policy.of(ACME, Labels.of("__name__", "up")).oneHour())
        .isEqualTo(Duration.ofDays(3 * 365));
    assertThat(policy.of(TenantId.DEFAULT, Labels.of("__name__", "up")).fiveMinutes())
        .isEqualTo(Duration.ofDays(180));
  }

  @Test
  void tellsEachMistakeWithItsPlace() throws IOException {
    var _ =
        read(
            """
            retention:
              metrics: 5m
              metrics_size: 5
              metrics_tenant_sizes: {'a b': 1GiB}
              metrics_rules:
                - selector: '{job='
                  keep: 7d
                - keep: 7d
                - tenant: a b
                  kept: 1d
            """);

    assertThat(findings.errors())
        .extracting(ConfigError::toString)
        .anySatisfy(text -> assertThat(text).contains("retention.metrics", "at least 1h"))
        .anySatisfy(text -> assertThat(text).contains("retention.metrics_size"))
        .anySatisfy(text -> assertThat(text).contains("metrics_tenant_sizes", "a b"))
        .anySatisfy(text -> assertThat(text).contains("metrics_rules[0].selector"))
        .anySatisfy(text -> assertThat(text).contains("metrics_rules[1]", "a tenant, a selector"))
        .anySatisfy(text -> assertThat(text).contains("metrics_rules[2].kept"));
  }

  @Test
  void whatTheFileSaysGoesBeforePrometheus() throws IOException {
    Optional<Duration> raw = Optional.of(Duration.ofDays(15));

    assertThat(read("{}").orElse(raw, OptionalLong.of(5 << 20)).standard().raw())
        .isEqualTo(Duration.ofDays(15));
    assertThat(read("{}").orElse(raw, OptionalLong.of(5 << 20)).sizeBytesMax()).hasValue(5 << 20);
    MetricsRetention given = read("retention: {metrics: 60d, metrics_size: 2MiB}");
    assertThat(given.orElse(raw, OptionalLong.of(5 << 20)).standard().raw())
        .isEqualTo(Duration.ofDays(60));
    assertThat(given.orElse(raw, OptionalLong.of(5 << 20)).sizeBytesMax()).hasValue(2 << 20);
  }

  private MetricsRetention read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("ghostworks.yml"), yaml);
    return SettingsReader.read(file, findings).retention().metrics();
  }
}
