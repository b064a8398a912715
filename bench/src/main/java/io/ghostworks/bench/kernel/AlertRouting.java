package io.ghostworks.bench.kernel;

import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.AlertmanagerConfigReader;
import io.ghostworks.alertmanager.config.Route;
import io.ghostworks.alertmanager.inhibit.Inhibitor;
import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * 10,000 alerts against a tree of 200 teams with two routes each, and against 50 inhibition rules
 * of which each has 20 alerts as sources; nanoseconds an alert.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AlertRouting {

  private static final int ALERTS = 10_000;
  private static final int TEAMS = 200;
  private static final int RULES = 50;
  private static final int SOURCES = 20;

  private final List<Labels> alerts = new ArrayList<>(ALERTS);
  private final Route root;
  private final Inhibitor inhibitor;

  public AlertRouting() {
    Findings findings = new Findings();
    String text = configuration();
    AlertmanagerConfig config =
        AlertmanagerConfigReader.read(
            text,
            YamlReader.read("alertmanager.yml", text),
            Path.of("/"),
            MatcherSyntax.FALLBACK,
            findings);
    findings.throwIfNotServable();
    root = config.route();
    inhibitor = new Inhibitor(config.inhibitRules());
    for (int i = 0; i < ALERTS; i++) {
      alerts.add(alert(i));
    }
    for (int i = 0; i < RULES * SOURCES; i++) {
      Labels source =
          alert(i).toBuilder()
              .set("severity", "critical")
              .set("area", "a" + i % RULES)
              .set("instance", "i" + i / RULES)
              .build();
      inhibitor.put(new ReceivedAlerts.Row(source, Labels.EMPTY, 1, 0, 1, false, ""));
    }
  }

  private static Labels alert(int i) {
    return Labels.builder()
        .set("alertname", "Alert" + i % 100)
        .set("area", "a" + i % (RULES * 2))
        .set("instance", "i" + i % 1_000)
        .set("job", "job" + i % 50)
        .set("severity", i % 3 == 0 ? "page" : "warning")
        .set("team", "team" + i % (TEAMS + 10))
        .build();
  }

  private static String configuration() {
    StringBuilder text = new StringBuilder("receivers: [{name: r}]\nroute:\n  receiver: r\n");
    text.append("  group_by: [alertname, job]\n  routes:\n");
    for (int i = 0; i < TEAMS; i++) {
      text.append("    - matchers: [team=\"team").append(i).append("\"]\n      routes:\n");
      text.append("        - {matchers: ['severity=~\"page|critical\"'], continue: true}\n");
      text.append("        - {matchers: [severity!=\"info\"], group_by: [instance]}\n");
    }
    text.append("inhibit_rules:\n");
    for (int i = 0; i < RULES; i++) {
      text.append("  - source_matchers: [severity=\"critical\", area=\"a%d\"]\n".formatted(i));
      text.append(
          "    target_matchers: ['severity=~\"page|warning\"', area=\"a%d\"]\n".formatted(i));
      text.append("    equal: [instance]\n");
    }
    return text.toString();
  }

  /** The routes of each alert and its groups' labels. */
  @Benchmark
  @OperationsPerInvocation(ALERTS)
  public int route() {
    int labels = 0;
    for (Labels alert : alerts) {
      for (Route route : root.match(alert)) {
        labels += route.groupLabels(alert).size();
      }
    }
    return labels;
  }

  /** What inhibits each alert. */
  @Benchmark
  @OperationsPerInvocation(ALERTS)
  public int inhibit() {
    int inhibited = 0;
    for (Labels alert : alerts) {
      inhibited += inhibitor.inhibiting(alert, 1).isPresent() ? 1 : 0;
    }
    return inhibited;
  }
}
