package io.ghostworks.server.wiring;

import io.ghostworks.alertmanager.Alertmanager;
import io.ghostworks.alertmanager.AlertmanagerApi;
import io.ghostworks.alertmanager.OutboundTransport;
import io.ghostworks.alertmanager.PostedAlerts;
import io.ghostworks.alertmanager.RecentNotifications;
import io.ghostworks.model.TenantId;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.rules.GroupSettings;
import io.ghostworks.rules.PromqlInstantQuery;
import io.ghostworks.rules.RuleEngine;
import io.ghostworks.rules.RuleQueryLog;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.scrape.prometheusfile.GlobalSettings;
import io.ghostworks.server.files.ConfigurationFiles;
import io.ghostworks.state.State;
import io.ghostworks.wire.http.OutboundHttp;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules, notifications and their state, for the operator's tenant. Rules have threads and memory of
 * their own: no user's query keeps them from being evaluated, nor the reverse.
 */
final class Alerting implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Alerting.class);
  private static final Duration RULE_QUERY_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);
  private static final int RULE_THREADS_MIN = 2;

  private final ExecutorService ruleThreads;
  private final ExecutorService notifying;
  private final PromqlInstantQuery query;
  private final LiveAlertmanager alertmanager;
  private final RuleEngine rules;
  private final Function<ConfigurationFiles, GroupSettings> settings;

  private Alerting(
      ExecutorService ruleThreads,
      ExecutorService notifying,
      PromqlInstantQuery query,
      LiveAlertmanager alertmanager,
      RuleEngine rules,
      Function<ConfigurationFiles, GroupSettings> settings) {
    this.ruleThreads = ruleThreads;
    this.notifying = notifying;
    this.query = query;
    this.alertmanager = alertmanager;
    this.rules = rules;
    this.settings = settings;
  }

  /**
   * What alerting stands on.
   *
   * @param ruleMemory for the rules alone
   */
  record Parts(
      State state,
      TenantId tenant,
      Stores stores,
      EngineOptions promql,
      RunningQueries queries,
      RuleQueryLog ruleQueryLog,
      MemoryBudget ruleMemory,
      OutboundHttp http,
      Clock clock,
      Timers timers,
      PlatformMetrics metrics,
      URI externalUrl) {}

  static Alerting start(ConfigurationFiles files, Parts parts) {
    ExecutorService ruleThreads = ruleThreads();
    ExecutorService notifying = Executors.newVirtualThreadPerTaskExecutor();
    String external = parts.externalUrl().toString().replaceAll("/+$", "");
    LiveAlertmanager alertmanager =
        new LiveAlertmanager(config ->
            new Alertmanager(
                parts.tenant(),
                config,
                external + "/alertmanager",
                new Alertmanager.Parts(
                    parts.state(),
                    new OutboundTransport(parts.http()),
                    parts.clock(),
                    parts.timers(),
                    notifying,
                    new SecureRandom(),
                    parts.metrics())));
    PromqlInstantQuery query = query(parts);
    RuleEngine rules =
        new RuleEngine(
            new RuleEngine.Parts(
                query,
                parts.stores().series().ruleOutput(),
                parts.state(),
                alertmanager,
                parts.stores()::hold,
                parts.metrics()),
            parts.clock(),
            parts.timers(),
            ruleThreads);
    alertmanager.replace(files.alertmanager());
    Function<ConfigurationFiles, GroupSettings> settings =
        given -> settings(given, parts, external);
    rules.start(files.rules(), settings.apply(files));
    return new Alerting(ruleThreads, notifying, query, alertmanager, rules, settings);
  }

  /** At most one evaluation of each group waits, so that the queue is as long as the files. */
  private static ExecutorService ruleThreads() {
    int threads = Math.max(RULE_THREADS_MIN, Runtime.getRuntime().availableProcessors());
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform()
                .daemon()
                .name("rules-", 1)
                .stackSize(RunningQueries.STACK_BYTES)
                .factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static GroupSettings settings(ConfigurationFiles files, Parts parts, String external) {
    GroupSettings defaults =
        GroupSettings.defaults(parts.tenant(), URI.create(external + "/prometheus"));
    return files
        .prometheus()
        .map(file -> {
          GlobalSettings global = file.global();
          return new GroupSettings(
              parts.tenant(),
              global.evaluationInterval(),
              global.ruleQueryOffset(),
              global.externalLabels(),
              file.alertRelabelRules(),
              defaults.externalUrl(),
              defaults.resendDelay());
        })
        .orElse(defaults);
  }

  private static PromqlInstantQuery query(Parts parts) {
    return new PromqlInstantQuery(
        parts.stores().series(),
        parts.promql(),
        parts.queries(),
        new PromqlInstantQuery.Limits(
            RULE_QUERY_TIMEOUT, parts.ruleMemory(), parts.ruleMemory().limitBytes() / 2),
        parts.ruleQueryLog());
  }

  /**
   * Evaluates the rules of other files from now on; those that stay keep their state.
   *
   * @throws io.ghostworks.state.StateException if alerts cannot be taken over; then the rules are
   *     as before, and who is told as {@link LiveAlertmanager#replace} says
   */
  void replace(ConfigurationFiles files) {
    alertmanager.replace(files.alertmanager());
    rules.replace(files.rules(), settings.apply(files));
  }

  RuleEngine rules() {
    return rules;
  }

  Optional<AlertmanagerApi> api() {
    return alertmanager.api();
  }

  /** Takes alerts of a client; empty if nobody is told. */
  Optional<List<String>> post(List<PostedAlerts.Posted> alerts) {
    return alertmanager.post(alerts);
  }

  Optional<RecentNotifications> notifications() {
    return alertmanager.notifications();
  }

  /** Ends evaluations, then deliveries; the state and the stores that they use end after this. */
  @Override
  public void close() {
    query.close();
    rules.close();
    end("evaluations", ruleThreads);
    alertmanager.close();
    notifying.shutdownNow(); // a receiver may take minutes; what it is told stays pending
    end("notifications", notifying);
  }

  private static void end(String what, ExecutorService executor) {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_WAIT.toSeconds(), TimeUnit.SECONDS)) {
        log.warn("{} still run after {} s and are left behind", what, CLOSE_WAIT.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
