package io.ghostworks.dashboards.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ghostworks.config.conformance.ConformanceRun;
import io.ghostworks.dashboards.conformance.AskedText.Language;
import io.ghostworks.dashboards.document.DocumentException;
import io.ghostworks.dashboards.document.DocumentReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardsConformanceTest {

  @TempDir Path folder;

  @Test
  void everyExpressionOfPublishedDashboardsCanBeRead() throws IOException {
    ConformanceRun run =
        ConformanceRun.of(new DashboardsConformance(), shared("conformance/dashboards"));
    assertThat(run.failed()).isEmpty();
    assertThat(run.passed()).isGreaterThan(300);
    ConformanceRun decision = ConformanceRun.of(new DashboardsConformance(), shared("adr"));
    assertThat(decision.failed()).isEmpty();
    assertThat(decision.passed()).isEqualTo(3);
  }

  @Test
  void tellsWhatCannotBeReadAndWhatIsNotSupported() throws IOException {
    Files.writeString(
        folder.resolve("odd.json"),
        """
        {"title": "Odd", "panels": [
          {"title": "Map", "type": "geomap", "targets": [{"refId": "A", "expr": "sum((up)"}],
           "transformations": [{"id": "spatial"}, {"id": "merge"}]},
          {"title": "Search", "type": "table", "datasource": {"type": "elasticsearch"},
           "targets": [{"refId": "A", "query": "x"}]},
          {"title": "Logs", "type": "logs", "datasource": "Loki",
           "targets": [{"refId": "A", "expr": "{a=\\"b\\"} |= `x`"}]},
          {"title": "Spans", "type": "table", "datasource": {"type": "tempo", "uid": "t"},
           "targets": [{"refId": "A", "query": "{ .a = \\"b\\" }"}]}]}
        """);
    Files.writeString(folder.resolve("none.bad.json"), "{\"a\": 1}");
    ConformanceRun run = ConformanceRun.of(new DashboardsConformance(), folder);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    run.print(new PrintStream(out, true, StandardCharsets.UTF_8));
    String file = folder.resolve("odd.json").toString();
    assertThat(out.toString(StandardCharsets.UTF_8).lines().toList())
        .hasSize(5)
        .contains(
            "NOTE %s not supported: panel 'Map' has the transformation 'spatial'".formatted(file),
            "NOTE %s not supported: panel 'Map' has the type 'geomap', whose data are shown as a table"
                .formatted(file),
            "NOTE %s not supported: panel 'Search' A asks a data source of the type 'elasticsearch'"
                .formatted(file),
            "4 passed, 1 failed")
        .anySatisfy(line ->
            assertThat(line).startsWith("FAIL %s panel 'Map' A: 'sum((up)'".formatted(file)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "x{a=~\"$multi\"};PROMQL;x{a=~\"(a\\\\.b|c)\"}",
        "x{a=~\"$multi\"};LOGQL;x{a=~\"a\\\\.b|c\"}",
        "$one [[one]] ${one} ${one:regex};PROMQL;v.1 v.1 v.1 v\\.1",
        "${multi:csv} ${multi:pipe} ${multi:regex};PROMQL;a.b,c a.b|c (a\\.b|c)",
        "$all;PROMQL;.+",
        "rate(x[$__rate_interval]) > $__range_s;PROMQL;rate(x[2m]) > 3600",
        "$unknown ${unknown:x} $;PROMQL;$unknown ${unknown:x} $",
        "$auto;PROMQL;1m",
        "${one.text} ${one;PROMQL;v.1 ${one"
      })
  void fillsInVariablesAsGrafanaDoes(String text, Language language, String filled)
      throws DocumentException {
    Variables variables =
        Variables.of(
            DocumentReader.read(
                """
                {"title": "t", "templating": {"list": [
                  {"name": "one", "type": "query", "current": {"value": "v.1"}},
                  {"name": "multi", "type": "query", "multi": true, "current": {"value": ["a.b", "c"]}},
                  {"name": "all", "type": "query", "includeAll": true, "allValue": ".+",
                   "current": {"value": ["$__all"]}},
                  {"name": "auto", "type": "interval", "current": {"value": "$__auto_interval_auto"}}]}}
                """));
    assertThat(variables.fill(text, language)).isEqualTo(filled);
  }

  private static Path shared(String name) {
    String shared = System.getenv("GHOSTWORKS_SHARED");
    Path path = Path.of(shared == null ? "../shared" : shared, name);
    boolean there = Files.exists(path);
    assertThat(there || !"true".equals(System.getenv("CI"))).as(path + " exists").isTrue();
    assumeTrue(there, "skipped: no published file " + path);
    return path;
  }
}
