package io.ghostworks.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.Findings;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.parse.ParserOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromqlSettingsTest {

  @TempDir private Path folder;
  private final Findings findings = new Findings();

  @Test
  void defaultsArePrometheussWithExperimentalFunctions() {
    EngineOptions engine = SettingsReader.defaults().promql().engine();
    assertThat(engine.parser()).isEqualTo(new ParserOptions(true, false, false));
    assertThat(engine.lookbackMs()).isEqualTo(300_000);
    assertThat(engine.samplesMax()).isEqualTo(50_000_000);
    assertThat(engine.delayedNameRemoval()).isFalse();
    assertThat(engine.startTimestamps()).isFalse();
    assertThat(SettingsReader.defaults().promql().perStepStats()).isFalse();
    assertThat(SettingsReader.defaults().promql().resultCacheBytes()).isEmpty();
    assertThat(SettingsReader.defaults().limits().queryTimeout()).isEqualTo(Duration.ofMinutes(2));
    assertThat(SettingsReader.defaults().queries().concurrencyMax()).isEqualTo(20);
  }

  @Test
  void everyFeatureHasItsKey() throws IOException {
    Settings.Promql read =
        read("""
        promql:
          lookback_delta: 1m
          experimental_functions: false
          delayed_name_removal: true
          extended_range_selectors: true
          fill_modifiers: true
          start_timestamps: true
          per_step_stats: true
          result_cache_memory: 0
        limits: {query_samples_max: 7}
        """)
            .promql();
    assertThat(findings.errors()).isEmpty();
    assertThat(read)
        .isEqualTo(
            new Settings.Promql(
                new EngineOptions(
                    new ParserOptions(false, true, true), 60_000, 7, 60_000, true, true, false, 0),
                true,
                OptionalLong.of(0)));
  }

  @Test
  void refusesWhatIsUnknownOrOutOfRange() throws IOException {
    read("promql: {lookback_delta: 0s, duration_expressions: true}\nqueries: {concurrency: 0}");
    assertThat(findings.errors()).hasSize(3);
  }

  private Settings read(String text) throws IOException {
    Path file = folder.resolve("ghostworks.yml");
    Files.writeString(file, text);
    return SettingsReader.read(file, findings);
  }
}
