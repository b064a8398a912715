package io.ghostworks.server.wiring;

import io.ghostworks.alertmanager.notify.OutboundTransport;
import io.ghostworks.config.Findings;
import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryWatch;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.rules.RuleQueryLog;
import io.ghostworks.rules.RuleViews;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.scrape.prometheusfile.StorageSettings;
import io.ghostworks.server.files.ConfigurationFiles;
import io.ghostworks.server.settings.Settings;
import io.ghostworks.server.settings.SettingsReader;
import io.ghostworks.state.SqliteState;
import io.ghostworks.state.State;
import io.ghostworks.wire.http.HostMap;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Alerting over real stores on a disk whose free space the test says. The clock runs, and the test
 * moves it on; timers only run when it does.
 */
final class AlertingBench implements AutoCloseable {
  static final TenantId TENANT = TenantId.DEFAULT;

  private static final Duration SLOT = Duration.ofSeconds(15);
  private static final long WAIT_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long NUDGE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long POLL_NANOS = 1_000_000;

  private final MovedClock clock = new MovedClock();
  private final SimulatedTime timers = new SimulatedTime(0);
  private final MemoryLedger ledger = new MemoryLedger();
  private final MemoryBudget queries = ledger.open("queries", 1 << 20);
  private final PlatformMetrics metrics = new PlatformMetrics();
  private final OutboundTransport http = new OutboundTransport(HostMap.NONE, clock);
  final GivenFreeSpace files = new GivenFreeSpace();
  private final Stores stores;
  private final State state;
  private final Alerting alerting;

  AlertingBench(Path folder, String rules) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("ghostworks.yml"),
            "files:\n  rules: [rules.yml]\n  alertmanager: alertmanager.yml\n");
    Files.writeString(folder.resolve("rules.yml"), rules);
    Files.writeString(
        folder.resolve("alertmanager.yml"), "route: {receiver: none}\nreceivers: [{name: none}]\n");
    Findings findings = new Findings();
    Settings settings = SettingsReader.read(config, findings);
    ConfigurationFiles read = ConfigurationFiles.read(Optional.of(config), settings, findings);
    findings.throwIfNotServable();
    Path data = Files.createDirectories(folder.resolve("data"));
    stores =
        new Stores(
            new Stores.Parts(
                files,
                data,
                settings,
                settings.limits().series()::of,
                settings.limits().logs()::of,
                settings.limits().spans()::of,
                tenant -> settings.limits().logIntake().of(tenant).fields(),
                StorageSettings.NONE,
                clock,
                timers,
                ledger,
                MemoryPlan.of(1L << 30, settings.limits(), settings.promql().resultCacheBytes()),
                metrics));
    state = SqliteState.open(data);
    alerting =
        Alerting.start(
            read,
            new Alerting.Parts(
                state,
                TENANT,
                stores,
                new LiveLimits(TENANT, SettingsReader.defaults(), Optional.empty()),
                EngineOptions.DEFAULT,
                new RunningQueries(clock, timers, 1, QueryWatch.NONE),
                RuleQueryLog.NONE,
                ledger.open("rules", 8 << 20),
                http,
                clock,
                timers,
                metrics,
                settings.limits().notifications(),
                URI.create("http://localhost:3000")));
    stores.open(() -> Long.MAX_VALUE);
  }

  /** A clock that runs, some time ahead. */
  private static final class MovedClock implements Clock {
    private final Clock running = Clock.system();
    private final AtomicLong aheadNanos = new AtomicLong();

    @Override
    public long epochNanos() {
      return running.epochNanos() + aheadNanos.get();
    }

    @Override
    public long monotonicNanos() {
      return running.monotonicNanos() + aheadNanos.get();
    }
  }

  /** Offers one sample of the moment. */
  CompletableFuture<Acknowledgement> offer(double value, String... labels) {
    SeriesBatch batch = new SeriesBatch("test");
    batch.add(batch.sets().add(Labels.of(labels)), clock.epochMs(), value);
    return stores.samples().offer(TENANT, batch);
  }

  /**
   * Moves on by slots of the groups, and waits until each group was evaluated in each. A group that
   * reads the clock before a move and sets its timer after it has a timer that is due a slot late,
   * as clock and timers cannot move at once: where a group is not evaluated, timers alone move on.
   */
  void slots(int count) {
    for (int i = 0; i < count; i++) {
      List<String> before = lastEvaluations();
      clock.aheadNanos.addAndGet(SLOT.toNanos());
      timers.advance(SLOT);
      await(() -> {
        timers.advance(Duration.ZERO);
        List<String> now = lastEvaluations();
        for (int group = 0; group < now.size(); group++) {
          if (now.get(group).equals(before.get(group))) {
            return false;
          }
        }
        return true;
      });
    }
  }

  private List<String> lastEvaluations() {
    return alerting.rules().views(TenantId.DEFAULT).rules(RuleViews.Request.ALL).groups().stream()
        .map(RuleViews.Group::lastEvaluation)
        .toList();
  }

  private void await(BooleanSupplier condition) {
    long started = System.nanoTime();
    long nudged = started;
    while (!condition.getAsBoolean()) {
      long now = System.nanoTime();
      if (now - started > WAIT_NANOS) {
        throw new AssertionError("the rules were not evaluated within 30 s");
      }
      if (now - nudged > NUDGE_NANOS) {
        nudged = now;
        timers.advance(SLOT);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** What a user's query answers now; it shares the memory of users' queries. */
  int results(String expression) {
    try (QueryContext context =
        new QueryContext(TENANT, clock, Duration.ofSeconds(10), queries, queries.limitBytes())) {
      QueryResult result =
          PromqlEngine.instant(
                  expression, clock.epochMs(), context, stores.series(), EngineOptions.DEFAULT)
              .result();
      return ((QueryResult.Vector) result).samples().size();
    }
  }

  MemoryBudget queries() {
    return queries;
  }

  Alerting alerting() {
    return alerting;
  }

  /** The view of the alerting rule with a name. */
  RuleViews.AlertingView rule(String name) {
    return alerting.rules().views(TenantId.DEFAULT).rules(RuleViews.Request.ALL).groups().stream()
        .flatMap(group -> group.rules().stream())
        .filter(RuleViews.AlertingView.class::isInstance)
        .map(RuleViews.AlertingView.class::cast)
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    alerting.close();
    state.close();
    stores.close();
    http.close();
  }
}
