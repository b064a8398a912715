package io.ghostworks.wire.openmetrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.conformance.ConformanceRun;
import io.ghostworks.wire.Shared;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenMetricsConformanceTest {

  @TempDir private Path folder;

  private static String result(Path path) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ConformanceRun.of(new OpenMetricsConformance(), path)
        .print(new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void passesAllPublishedCases() throws IOException {
    assertThat(result(Shared.path("conformance/openmetrics"))).contains(" passed, 0 failed");
  }

  @Test
  void failsWhereTheAnswerIsAnother() throws IOException {
    Files.writeString(folder.resolve("metrics"), "a 1\n# EOF\n");
    Files.writeString(
        folder.resolve("test.json"), "{\"file\": \"metrics\", \"shouldParse\": false}");
    assertThat(result(folder))
        .contains("accepted, but must be refused")
        .contains("0 passed, 1 failed");
  }
}
