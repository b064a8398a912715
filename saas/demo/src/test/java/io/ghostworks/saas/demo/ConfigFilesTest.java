package io.ghostworks.saas.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo runs the decision's own files. */
class ConfigFilesTest {
  @ParameterizedTest
  @CsvSource({
    "prometheus.yml,prometheus.yml",
    "otelcol-config.yml,otelcol-config.yml",
    "alert-rules.yml,alert-rules.yml",
    "dashboards/dashboard-api-golden-signals.json,dashboard-api-golden-signals.json"
  })
  void areTheDecisionsByteForByte(String file, String published) throws IOException {
    String shared = System.getenv("GHOSTWORKS_SHARED");
    if (shared == null || !Files.isDirectory(Path.of(shared, "adr"))) {
      String message = "GHOSTWORKS_SHARED must name the directory with adr/, got " + shared;
      if ("true".equals(System.getenv("CI"))) {
        fail(message);
      }
      abort(message);
    }
    assertThat(Files.readAllBytes(Path.of("config").resolve(file)))
        .isEqualTo(Files.readAllBytes(Path.of(shared, "adr", published)));
  }
}
