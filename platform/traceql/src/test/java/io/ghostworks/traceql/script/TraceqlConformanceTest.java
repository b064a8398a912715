package io.ghostworks.traceql.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ghostworks.config.conformance.CaseResult;
import io.ghostworks.config.conformance.ConformanceRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceqlConformanceTest {

  @Test
  void publishedQueriesPass() throws IOException {
    String shared = System.getenv().getOrDefault("GHOSTWORKS_SHARED", "");
    Path folder = Path.of(shared, "conformance", "traceql");
    if (!"true".equals(System.getenv("CI"))) {
      assumeTrue(
          !shared.isEmpty() && Files.isDirectory(folder),
          "skipped: GHOSTWORKS_SHARED has no conformance/traceql");
    }
    ConformanceRun run = ConformanceRun.of(new TraceqlConformance(), folder);
    assertThat(run.failed()).extracting(CaseResult::toString).isEmpty();
    assertThat(run.passed()).isPositive();
  }

  @Test
  void queriesInTheWrongListFail(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("queries.yaml");
    Files.writeString(
        file,
        """
        valid:
          - '{ .a'
          - '{ "text" }'
        parse_fails:
          - '{ .a = 1 }'
        validate_fails:
          - '{ .a = 1 }'
          - '{ parent.a = 1 }'
        unsupported:
          - '{ "text" }'
          - '{ parent.a = 1 }'
        """);

    ConformanceRun run = ConformanceRun.of(new TraceqlConformance(), file);

    assertThat(run.failed()).hasSize(6).extracting(CaseResult::place).contains(file + ":2");
    assertThat(run.passed()).isEqualTo(1);
  }
}
