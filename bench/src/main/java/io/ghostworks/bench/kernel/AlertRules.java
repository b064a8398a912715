package io.ghostworks.bench.kernel;

import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.rules.AlertSink;
import io.ghostworks.rules.GroupSettings;
import io.ghostworks.rules.HoldSwitch;
import io.ghostworks.rules.InstantQuery;
import io.ghostworks.rules.RuleEngine;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.RuleFileReader;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.SqliteState;
import io.ghostworks.state.State.Tables;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One evaluation of a rule with 100 alerts that fire: states, templates, series and what is told to
 * the notifier, with state in SQLite; nanoseconds an alert. The expression's own cost is in {@link
 * SeriesScan}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AlertRules {

  private static final int ALERTS = 100;
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final String RULES =
      """
      groups:
        - name: bench
          rules:
            - alert: TooManyErrors
              expr: sum by (instance) (rate(errors_total[5m])) > 5
              for: 15s
              labels: {severity: page}
              annotations:
                summary: "{{ $labels.instance }} has {{ $value }} errors a second"
      """;

  private final Workspace workspace = Workspace.create();
  private final SqliteState state = SqliteState.open(workspace.folder());
  private final SimulatedTime time = new SimulatedTime(1_800_000_000_000L);
  private final Notifier notifier = new Notifier();
  private final RuleEngine engine;

  public AlertRules() {
    List<InstantQuery.Element> elements = new ArrayList<>();
    for (int i = 0; i < ALERTS; i++) {
      elements.add(new InstantQuery.Element(Labels.of("instance", "host-" + i), i + 6));
    }
    engine =
        new RuleEngine(
            new RuleEngine.Parts(
                (tenant, expression, timestampMs) -> elements,
                (tenant, batch) ->
                    CompletableFuture.completedFuture(Acknowledgement.accepted(batch.rows())),
                state,
                notifier,
                HoldSwitch.NEVER,
                new PlatformMetrics(),
                Workspace.TENANT),
            time,
            time,
            Runnable::run,
            () -> 0);
    engine.start(
        List.of(file()),
        new GroupSettings(
            Workspace.TENANT,
            INTERVAL,
            Duration.ZERO,
            Labels.EMPTY,
            List.of(),
            URI.create("http://localhost:3000/"),
            Duration.ofMinutes(1)));
    time.advance(INTERVAL.multipliedBy(4));
    if (notifier.announced < ALERTS) {
      throw new IllegalStateException("%d alerts fire".formatted(notifier.announced));
    }
  }

  private static RuleFile file() {
    Findings findings = new Findings();
    RuleFile file =
        new RuleFileReader(ParserOptions.STABLE)
            .read("rules.yml", YamlReader.read("rules.yml", RULES), findings);
    findings.throwIfErrors();
    return file;
  }

  @Benchmark
  @OperationsPerInvocation(ALERTS)
  public long evaluate() {
    time.advance(INTERVAL);
    return notifier.announced;
  }

  /** Stores alerts as the platform does, and counts those that it is told of. */
  private static final class Notifier implements AlertSink {
    private long announced;

    @Override
    public void store(Tables tables, TenantId tenant, List<ReceivedAlerts.Row> alerts) {
      alerts.forEach(alert -> tables.receivedAlerts().put(tenant, alert));
    }

    @Override
    public void announce(TenantId tenant, List<ReceivedAlerts.Row> alerts) {
      announced += alerts.size();
    }
  }

  @TearDown
  public void close() throws IOException {
    engine.close();
    state.close();
    workspace.close();
  }
}
