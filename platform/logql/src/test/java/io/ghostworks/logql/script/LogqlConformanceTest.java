package io.ghostworks.logql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ghostworks.config.conformance.CaseResult;
import io.ghostworks.config.conformance.ConformanceRun;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LogqlConformanceTest {

  @Test
  void publishedScriptsPass() throws IOException {
    String shared = System.getenv().getOrDefault("GHOSTWORKS_SHARED", "");
    Path folder = Path.of(shared, "conformance", "logql");
    if (!"true".equals(System.getenv("CI"))) {
      assumeTrue(
          !shared.isEmpty() && Files.isDirectory(folder),
          "skipped: GHOSTWORKS_SHARED has no conformance/logql");
    }
    assertAllPass(folder);
  }

  @Test
  void ownScriptsPass() throws IOException, URISyntaxException {
    assertAllPass(Path.of(Objects.requireNonNull(getClass().getResource("/logql")).toURI()));
  }

  private static void assertAllPass(Path folder) throws IOException {
    ConformanceRun run = ConformanceRun.of(new LogqlConformance(), folder);
    assertThat(run.failed()).extracting(CaseResult::toString).isEmpty();
    assertThat(run.passed()).isPositive();
  }
}
