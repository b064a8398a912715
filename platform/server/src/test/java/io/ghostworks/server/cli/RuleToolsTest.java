package io.ghostworks.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.testing.Client;
import io.ghostworks.server.wiring.Platform;
import io.ghostworks.server.wiring.ServeOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checking, testing, trying out and reviewing rules, as their users reach it. */
class RuleToolsTest {

  /** The rules that the decision behind the platform begins with. */
  private static final String RULES =
      """
      groups:
        - name: api-health
          rules:
            - alert: HighErrorRate
              expr: rate(http_requests_total{status_code=~"5.."}[5m]) > 0.05
              for: 2m
              labels:
                severity: critical
              annotations:
                summary: "High error rate detected"
                description: "API error rate is {{ $value }} requests/sec"
            - alert: HighLatency
              expr: histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m])) > 0.5
              for: 5m
            - alert: Typo
              expr: http_request_total > 1
              for: 5m
      """;

  @TempDir private Path directory;

  @Test
  void checksRuleFilesWithoutData() throws IOException {
    Path file = write("rules.yml", RULES);
    String told = run(0, "check", "rules", file.toString());
    assertThat(told)
        .contains("warning: " + file + ":5: HighErrorRate: rate(http_requests_total{status_code")
        .contains("(absolute-error-rate)")
        .contains("{{ $value | humanizePercentage }} of requests")
        .contains("advice: " + file + ":13: HighLatency:")
        .contains(
            "  better: histogram_quantile(0.95, sum by (le)"
                + " (rate(http_request_duration_seconds_bucket[5m]))) > 0.5")
        .contains("(missing-runbook)")
        .contains(file + ": good rules file, 3 rules");
    assertThat(run(0, "check", file.toString())).contains("(absolute-error-rate)");
    assertThat(run(0, "check", "rules", "--lint", "none", file.toString()))
        .isEqualTo(file + ": good rules file, 3 rules\n");
    run(1, "check", "rules", "--lint-fatal", file.toString());
    run(0, "check", "rules", "--lint-fatal", "--lint", "missing-for", file.toString());
    run(2, "check", "rules", "--lint", "nonsense", file.toString());
  }

  @Test
  void checksForMistakesAndUnknownFields() throws IOException {
    Path file = write("extra.yml", "groups: [{name: g, team: x, rules: [{record: a, expr: b}]}]\n");
    assertThat(run(1, "check", "rules", file.toString())).contains("extra.yml:1", "team");
    run(0, "check", "rules", "--ignore-unknown-fields", file.toString());
    assertThat(
            run(
                1,
                "check",
                "rules",
                write("bad.yml", "groups: [{name: g, rules: [{record: a, expr: 'b('}]}]")
                    .toString()))
        .contains("could not parse expression");
    assertThat(run(1, "check", "rules", directory.resolve("none.yml").toString()))
        .contains("none.yml");
  }

  @Test
  void looksAtThePanelsOfDashboards() throws IOException {
    Path file =
        write(
            "golden.json",
            """
            {"dashboard": {"title": "Golden", "panels": [{"title": "Error Rate", "targets": [
              {"expr": "rate(r_total{code=~\\"5..\\"}[5m]) / rate(r_total[5m])"}]}]}}
            """);
    assertThat(run(0, "check", file.toString()))
        .contains("golden.json:2: Error Rate: rate(r_total", "divides each series by itself")
        .contains("  better: sum(rate(r_total{code=~\"5..\"}[5m])) / sum(rate(r_total[5m]))")
        .contains("good dashboards file");
  }

  @Test
  void runsUnitTests() throws IOException {
    write("rules.yml", "groups: [{name: g, rules: [{record: two, expr: one * 2}]}]");
    Path good =
        write(
            "good.yml",
            "{rule_files: [rules.yml], tests: [{input_series: [{series: one, values: 1}],"
                + " promql_expr_test: [{expr: two, eval_time: 0, exp_samples: [{labels: two,"
                + " value: 2}]}]}]}");
    Path bad = write("bad.yml", "tests: [{name: b, promql_expr_test: [{expr: vector(1)}]}]");
    Path junit = directory.resolve("junit.xml");
    assertThat(run(0, "test", "rules", good.toString())).contains("SUCCESS");
    assertThat(
            run(1, "test", "--junit", junit.toString(), "rules", good.toString(), bad.toString()))
        .contains(
            "FAILED:\n    expr: \"vector(1)\", time: 0s,\n        exp: nil\n        got: {} 1E+00");
    assertThat(junit).content().contains("tests=\"1\" failures=\"1\"");
    run(0, "test", "rules", "--run", "good", bad.toString());
    run(2, "test", "rules", "--run", "(", bad.toString());
    run(2, "test", "rules", "--enable-feature", "x", bad.toString());
    run(2, "test");
    assertThat(run(0, "conformance", "rules", good.toString())).contains("1 passed, 0 failed");
  }

  @Test
  void asksARunningServer() throws IOException {
    write("rules.yml", RULES);
    Path config =
        write("ghostworks.yml", "files: {rules: [" + directory.resolve("rules.yml") + "]}\n");
    try (Platform platform =
        Platform.start(
            new ServeOptions(
                Optional.of(config),
                directory.resolve("data"),
                0,
                "127.0.0.1",
                Optional.empty(),
                Optional.empty(),
                true))) {
      String url = "http://127.0.0.1:" + platform.address(ListenerName.PROMETHEUS).getPort();
      long begin = System.currentTimeMillis() / 1000 - 4_000;
      load(platform, begin);

      String told =
          run(
              0,
              "check",
              "rules",
              "--with-data",
              "-s",
              url,
              directory.resolve("rules.yml").toString());
      assertThat(told)
          .contains(
              "there is no metric http_request_total in the last 1d; did you mean"
                  + " http_requests_total?")
          .contains("  better: http_requests_total > 1");
      assertThat(
              run(
                  1,
                  "check",
                  "rules",
                  "--with-data",
                  "-s",
                  "http://127.0.0.1:1",
                  directory.resolve("rules.yml").toString()))
          .contains("gives no answer");

      assertThat(
              run(
                  0,
                  "rules",
                  "backtest",
                  "-s",
                  url,
                  "--expr",
                  "rate(http_requests_total{status_code=~\"5..\"}[1m]) > 0.05",
                  "--for",
                  "2m",
                  "--interval",
                  "30s",
                  "--label",
                  "severity=critical",
                  "--start",
                  "" + begin,
                  "--end",
                  "" + (begin + 3_600)))
          .contains("backtest: fired 1 times for 1")
          .contains("severity=\"critical\"")
          .containsPattern("RESOLVED.*\\n  20[0-9-]+T");
      assertThat(run(0, "rules", "backtest", "-s", url, "--rule", "Typo"))
          .contains("Typo: fired 0 times for 0s in all");
      assertThat(run(1, "rules", "backtest", "-s", url, "--expr", "up("))
          .contains("invalid parameter \"expr\"");
      assertThat(
              run(
                  1,
                  "rules",
                  "backtest",
                  "-s",
                  url,
                  "--expr",
                  "up",
                  "--interval",
                  "1s",
                  "--start",
                  "0"))
          .contains("a backtest may have 50000 evaluations");

      assertThat(run(0, "rules", "review", "-s", url, "--window", "1h"))
          .contains("RULE", "Typo", "never fired in 1h", "nobody is told of it")
          .contains("there is no metric http_request_total");
      Client.Reply lint =
          new Client(platform.address(ListenerName.WEB)).get("/api/platform/rules/lint");
      assertThat(lint.status()).isEqualTo(200);
      assertThat(lint.text())
          .startsWith("{\"status\":\"success\",\"data\":{\"findings\":[{\"check\":")
          .contains("\"rule\":\"HighErrorRate\"", "\"check\":\"absolute-error-rate\"");
    }
  }

  /** Failures for a quarter of an hour in the middle of an hour. */
  private static void load(Platform platform, long begin) {
    StringBuilder text = new StringBuilder();
    long failures = 0;
    for (int i = 0; i <= 240; i++) {
      failures += i >= 100 && i < 160 ? 5 : 0;
      long at = (begin + i * 15L) * 1000;
      text.append("http_requests_total{status_code=\"500\"} %d %d\n".formatted(failures, at));
      text.append("http_requests_total{status_code=\"200\"} %d %d\n".formatted(i * 30, at));
    }
    Client.Reply reply =
        new Client(platform.address(ListenerName.PROMETHEUS))
            .post(
                "/api/v1/import/prometheus",
                "text/plain",
                text.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(reply.text()).isBetween(200, 204);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  /** What a command prints, on both streams. */
  private static String run(int status, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    int exit = CommandLine.run(arguments, stream, stream);
    String told = out.toString(StandardCharsets.UTF_8);
    assertThat(exit).as(told).isEqualTo(status);
    return told;
  }
}
