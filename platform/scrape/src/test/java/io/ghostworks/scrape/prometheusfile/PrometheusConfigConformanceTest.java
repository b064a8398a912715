package io.ghostworks.scrape.prometheusfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ghostworks.config.conformance.CaseResult;
import io.ghostworks.config.conformance.ConformanceRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PrometheusConfigConformanceTest {

  @Test
  void publishedGoodFilesAreAcceptedAndBadOnesRefused() throws IOException {
    String shared = System.getenv().getOrDefault("GHOSTWORKS_SHARED", "");
    Path folder = Path.of(shared, "conformance", "prometheus-config");
    if (!"true".equals(System.getenv("CI"))) {
      assumeTrue(
          !shared.isEmpty() && Files.isDirectory(folder),
          "skipped: GHOSTWORKS_SHARED has no conformance/prometheus-config");
    }
    ConformanceRun run = ConformanceRun.of(new PrometheusConfigConformance(), folder);
    assertThat(run.failed()).extracting(CaseResult::toString).isEmpty();
    assertThat(run.passed()).isPositive();
  }
}
