package io.ghostworks.server.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.conformance.CaseResult;
import io.ghostworks.config.conformance.ConformanceRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

class JaegerConformanceTest {

  private static final String TRACE =
      """
      {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}}]},
        "scopeSpans":[{"spans":[{"traceId":"0000000000000000000000000000000%d","spanId":"0000000000000001",
        "name":"n","startTimeUnixNano":"1485449191639875000","endTimeUnixNano":"1485449191639876000",
        "attributes":[{"key":"k","value":{"stringValue":"%s"}}]}]}]}]}
      """;
  private static final String QUERY =
      """
      {"Caption":"%s","Query":{"ServiceName":"s","OperationName":"","Tags":{"k":"%s"},
       "StartTimeMin":"2017-01-26T15:46:31.639875Z","StartTimeMax":"2017-01-26T17:46:31.639875Z",
       "DurationMin":0,"DurationMax":0,"NumTraces":1000},"ExpectedFixtures":[%s]}
      """;

  @Test
  void findsWhatQueriesSayAndTellsWhatTheyDoNot(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("traces"));
    Files.writeString(folder.resolve("traces/one.json"), TRACE.formatted(1, "same*"));
    Files.writeString(folder.resolve("traces/two.json"), TRACE.formatted(2, "sameother"));
    Files.writeString(
        folder.resolve("queries.json"),
        "[%s,%s,%s,%s]"
            .formatted(
                QUERY.formatted("plain", "sameother", "\"two\""),
                QUERY.formatted("escaped", "same\\\\*", "\"one\",\"not there\""),
                QUERY.formatted("pattern", "same.*", "\"one\",\"two\""),
                QUERY.formatted("wrong", "sameother", "\"one\"")));
    ConformanceRun run = ConformanceRun.of(new JaegerConformance(), folder);
    assertThat(run.passed()).isEqualTo(3);
    assertThat(run.failed())
        .singleElement()
        .extracting(CaseResult::failure)
        .asString()
        .startsWith("expected the traces [00000000000000000000000000000001], found");
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "GHOSTWORKS_SHARED", matches = ".+")
  void findsAllThatIsPublished() throws IOException {
    Path published = Path.of(System.getenv("GHOSTWORKS_SHARED"), "conformance", "jaeger");
    ConformanceRun run = ConformanceRun.of(new JaegerConformance(), published);
    assertThat(run.failed()).isEmpty();
    assertThat(run.passed()).isEqualTo(25);
  }
}
