package io.ghostworks.rules;

import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.SqliteState;
import io.ghostworks.state.State;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Rules over simulated time, answers by expression and a real state; tells what came out. */
final class RuleBench implements AutoCloseable {
  static final TenantId TENANT = TenantId.DEFAULT;
  static final long START_MS = 1_700_000_000_000L;

  final SimulatedTime time = new SimulatedTime(START_MS);
  final Map<String, List<InstantQuery.Element>> answers = new HashMap<>();
  final List<ReceivedAlerts.Row> announced = new ArrayList<>();

  /** Series to "value@seconds since the start", {@code stale} for the marker. */
  final Map<String, List<String>> written = new TreeMap<>();

  final PlatformMetrics metrics = new PlatformMetrics();
  RuntimeException failure;
  Optional<Hold> hold = Optional.empty();
  private final Path directory;
  private final String rules;
  private State state;
  private RuleEngine engine;

  RuleBench(Path directory, String rules) {
    this.directory = directory;
    this.rules = rules;
    open();
  }

  void restart() {
    end();
    open();
  }

  /** Ends without any orderly end of the rules. */
  void end() {
    engine.close();
    state.close();
  }

  @Override
  public void close() {
    end();
  }

  void open() {
    state = SqliteState.open(directory);
    AlertSink sink =
        new AlertSink() {
          @Override
          public void store(State.Tables tables, TenantId tenant, List<ReceivedAlerts.Row> alerts) {
            alerts.forEach(alert -> tables.receivedAlerts().put(tenant, alert));
          }

          @Override
          public void announce(TenantId tenant, List<ReceivedAlerts.Row> alerts) {
            announced.addAll(alerts);
          }
        };
    engine =
        new RuleEngine(
            new RuleEngine.Parts(
                (tenant, expression, atMs) -> {
                  if (failure != null) {
                    throw failure;
                  }
                  return answers.getOrDefault(expression, List.of());
                },
                (tenant, batch) -> {
                  for (int i = 0; i < batch.rows(); i++) {
                    String at = "@" + (batch.timestampMs(i) - START_MS) / 1000;
                    String value =
                        Samples.isStale(batch.valueBits(i))
                            ? "stale"
                            : String.valueOf(Double.longBitsToDouble(batch.valueBits(i)));
                    written
                        .computeIfAbsent(
                            batch.sets().labels(batch.set(i)).toString(), s -> new ArrayList<>())
                        .add(value + at);
                  }
                  return CompletableFuture.completedFuture(Acknowledgement.accepted(batch.rows()));
                },
                state,
                sink,
                tenant -> hold,
                metrics,
                TENANT),
            time,
            time,
            Runnable::run,
            () -> 0);
    engine.start(List.of(file(rules)), settings());
  }

  static RuleFile file(String rules) {
    Findings findings = new Findings();
    RuleFile file =
        new RuleFileReader(ParserOptions.STABLE)
            .read("rules.yml", YamlReader.read("rules.yml", rules), findings);
    findings.throwIfErrors();
    return file;
  }

  static GroupSettings settings() {
    return new GroupSettings(
        TENANT,
        Duration.ofSeconds(15),
        Duration.ZERO,
        Labels.of("cluster", "eu"),
        List.of(),
        URI.create("http://localhost:3000/"),
        Duration.ofMinutes(1));
  }

  RuleEngine engine() {
    return engine;
  }

  State state() {
    return state;
  }

  void advance(long seconds) {
    time.advance(Duration.ofSeconds(seconds));
  }

  void answer(String expression, InstantQuery.Element... elements) {
    answers.put(expression, List.of(elements));
  }

  static InstantQuery.Element element(double value, String... labels) {
    return new InstantQuery.Element(Labels.of(labels), value);
  }

  /** The state of the rule with a name. */
  String state(String rule) {
    for (RuleViews.Group group : engine.views(TENANT).rules(RuleViews.Request.ALL).groups()) {
      for (Object each : group.rules()) {
        if (each instanceof RuleViews.AlertingView view && view.name().equals(rule)) {
          return view.state();
        }
      }
    }
    throw new IllegalArgumentException("no rule " + rule);
  }

  /** What was announced of an alert, in order. */
  List<ReceivedAlerts.Row> told(String alert) {
    return announced.stream().filter(row -> row.labels().get("alertname").equals(alert)).toList();
  }

  /** The first rule, which is an alert. */
  RuleViews.AlertingView rule() {
    return (RuleViews.AlertingView)
        engine().views(TENANT).rules(RuleViews.Request.ALL).groups().getFirst().rules().getFirst();
  }
}
