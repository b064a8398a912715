package io.ghostworks.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghostworks.config.ConfigFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules backtest}: tells when alerting rules would have fired over a server's history. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description = {
      "Tells when alerting rules would have fired over the history of a running server:",
      "those of files, one expression, or without either those that the server has loaded.",
      "",
      "  ./ghostworks rules backtest rules.yml --start 2026-01-31T00:00:00Z",
      "  ./ghostworks rules backtest --expr 'up == 0' --for 5m"
    })
final class RuleBacktests implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ServerAddress server = new ServerAddress();

  @Option(names = "--expr", paramLabel = "EXPR", description = "The condition of one rule.")
  private @Nullable String expression;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "How long the condition must hold; with --expr.")
  private @Nullable String holdFor;

  @Option(
      names = "--keep-firing-for",
      paramLabel = "DURATION",
      description = "How long the alert goes on after it; with --expr.")
  private @Nullable String keepFiringFor;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      description = "How often it is evaluated; with --expr.")
  private @Nullable String interval;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "A label of the alert; with --expr, more than once.")
  private List<String> labels = new ArrayList<>();

  @Option(names = "--group", paramLabel = "NAME", description = "Only rules of this group.")
  private @Nullable String group;

  @Option(names = "--rule", paramLabel = "NAME", description = "Only rules of this name.")
  private @Nullable String rule;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description = "Unix seconds or RFC 3339 (default a day before the end).")
  private @Nullable String start;

  @Option(
      names = "--end",
      paramLabel = "TIME",
      description = "Unix seconds or RFC 3339 (default now).")
  private @Nullable String end;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, or json (the answer's data as the server gave it; default table).")
  private Format format = Format.TABLE;

  /** The forms of output; option values are their names in lower case. */
  enum Format {
    TABLE,
    JSON
  }

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "Rule files.")
  private List<Path> files = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    try {
      if (files.isEmpty()) {
        print(ask(List.of()));
      }
      for (Path file : files) {
        print(
            ask(
                List.of(
                    Map.entry("file", file.toString()),
                    Map.entry("rules", ConfigFile.text(file)))));
      }
      return 0;
    } catch (ServerAddress.ServerException e) {
      spec.commandLine().getErr().println("ghostworks: " + e.getMessage());
      return 1;
    }
  }

  private JsonNode ask(List<Map.Entry<String, String>> about)
      throws ServerAddress.ServerException, InterruptedException {
    List<Map.Entry<String, String>> form = new ArrayList<>(about);
    add(form, "expr", expression);
    add(form, "for", holdFor);
    add(form, "keep_firing_for", keepFiringFor);
    add(form, "interval", interval);
    labels.forEach(label -> add(form, "label", label));
    add(form, "group", group);
    add(form, "rule", rule);
    add(form, "start", start);
    add(form, "end", end);
    return server.ask("/api/platform/rules/backtest", form);
  }

  private static void add(
      List<Map.Entry<String, String>> form, String name, @Nullable String value) {
    if (value != null) {
      form.add(Map.entry(name, value));
    }
  }

  private void print(JsonNode answer) {
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.JSON) {
      out.println(answer.path("data"));
      out.flush();
      return;
    }
    for (JsonNode each : answer.path("data").path("rules")) {
      printRule(out, each);
    }
    out.flush();
  }

  private static void printRule(PrintWriter out, JsonNode report) {
    out.printf(
        "%s: fired %d times for %s in all (%s at least one), %d only pending, %d flaps; %s to %s,"
            + " %d evaluations%s%n",
        report.path("rule").asText(),
        report.path("fired").asInt(),
        duration(report.path("firingSeconds").asDouble()),
        duration(report.path("anyFiringSeconds").asDouble()),
        report.path("pendingOnly").asInt(),
        report.path("flaps").asInt(),
        report.path("start").asText(),
        report.path("end").asText(),
        report.path("evaluations").asInt(),
        report.path("failedEvaluations").asInt() == 0
            ? ""
            : ", %d failed: %s"
                .formatted(
                    report.path("failedEvaluations").asInt(), report.path("failure").asText()));
    if (report.path("alerts").isEmpty()) {
      return;
    }
    TableText table =
        new TableText(List.of("  PENDING", "FIRING", "RESOLVED", "FOR", "VALUE", "LABELS"));
    for (JsonNode alert : report.path("alerts")) {
      table.add(
          List.of(
              "  " + alert.path("pendingAt").asText("-"),
              alert.path("firingAt").asText("-"),
              alert.path("resolvedAt").asText("-"),
              duration(alert.path("firingSeconds").asDouble()),
              alert.path("firstValue").asText(),
              labels(alert.path("labels"))));
    }
    table.printTable(out);
    if (report.path("truncated").asBoolean()) {
      out.println("  … and more");
    }
  }

  private static String labels(JsonNode labels) {
    List<String> texts = new ArrayList<>();
    labels
        .properties()
        .forEach(label -> {
          if (!label.getKey().equals("alertname")) {
            texts.add(label.getKey() + "=\"" + label.getValue().asText() + "\"");
          }
        });
    return "{" + String.join(", ", texts) + "}";
  }

  private static String duration(double seconds) {
    return io.ghostworks.config.DurationForm.PROMETHEUS.format(
        java.time.Duration.ofMillis(Math.round(seconds * 1000)));
  }
}
