package io.ghostworks.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.model.TenantId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogQueryLimitsReaderTest {

  private final Findings findings = new Findings();

  private LogQueryLimitSettings read(String yaml) {
    return LogQueryLimitsReader.read(
        ConfigMap.of(YamlReader.read("ghostworks.yml", yaml), findings), Duration.ofMinutes(2));
  }

  @Test
  void hasLokisDefaults() {
    LogQueryLimits limits = read("{}").of(new TenantId("any"));
    assertThat(limits.entriesMax()).isEqualTo(5000);
    assertThat(limits.lengthMax()).isEqualTo(Duration.ofHours(721));
    assertThat(limits.seriesMax()).isEqualTo(500);
    assertThat(limits.timeout()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aTenantHasWhatItSaysAndOtherwiseWhatAllHave() {
    LogQueryLimitSettings settings =
        read(
            """
            max_query_series: 7
            max_query_length: 1h
            tenants:
              acme: {max_query_series: 9, query_timeout: 5s}
            """);
    LogQueryLimits acme = settings.of(new TenantId("acme"));
    assertThat(acme.seriesMax()).isEqualTo(9);
    assertThat(acme.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(acme.lengthMax()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.of(new TenantId("other")).seriesMax()).isEqualTo(7);
    findings.throwIfErrors();
  }

  @Test
  void refusesWhatIsNoLimit() {
    var _ = read("{max_query_series: -1, query_timeout: 0s}");
    assertThat(findings.errors()).hasSize(2);
  }
}
