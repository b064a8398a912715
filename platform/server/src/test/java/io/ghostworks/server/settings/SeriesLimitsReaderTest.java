package io.ghostworks.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.Findings;
import io.ghostworks.model.TenantId;
import io.ghostworks.series.SeriesLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesLimitsReaderTest {
  private static final TenantId ACME = new TenantId("acme");

  @TempDir private Path folder;
  private final Findings findings = new Findings();

  @Test
  void withoutKeysEveryTenantHasTheDefaults() throws IOException {
    assertThat(read("{}").of(ACME)).isEqualTo(SeriesLimits.defaults());
  }

  @Test
  void aTenantHasWhatItsKeysSayAndElseTheLimitsOfAll() throws IOException {
    SeriesLimitSettings read =
        read(
            """
            limits:
              active_series_max: 1000
              series_per_metric_max: 100
              labels_max: 20
              label_name_bytes_max: 64
              label_value_bytes_max: 256
              out_of_order_window: 5m
              tenants:
                acme: {active_series_max: 50, out_of_order_window: 1h}
            """);
    assertThat(findings.errors()).isEmpty();
    SeriesLimits standard = read.of(TenantId.DEFAULT);
    assertThat(standard)
        .isEqualTo(
            new SeriesLimits(
                1000,
                100,
                20,
                64,
                256,
                standard.histogramBucketsMax(),
                standard.familiesMax(),
                Duration.ofMinutes(5)));
    assertThat(read.of(ACME))
        .isEqualTo(standard.withActiveSeriesMax(50).withOutOfOrderWindow(Duration.ofHours(1)));
  }

  @Test
  void tellsEachMistakeWithItsPlace() throws IOException {
    var _ =
        read(
            """
            limits:
              active_series_max: 0
              out_of_order_window: 2d
              labels_max: 10000
              tenants:
                'a b': {labels_max: 3}
                acme: {labels: 3}
            """);
    assertThat(findings.errors().stream().map(Object::toString))
        .anySatisfy(text -> assertThat(text).contains("active_series_max"))
        .anySatisfy(text -> assertThat(text).contains("out_of_order_window", "at most 1d"))
        .anySatisfy(text -> assertThat(text).contains("1 MiB"))
        .anySatisfy(text -> assertThat(text).contains("a b"))
        .anySatisfy(text -> assertThat(text).contains("labels"));
  }

  private SeriesLimitSettings read(String yaml) throws IOException {
    Path file = folder.resolve("ghostworks.yml");
    Files.writeString(file, yaml);
    return SettingsReader.read(file, findings).limits().series();
  }
}
