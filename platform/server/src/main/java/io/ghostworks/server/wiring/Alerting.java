package io.ghostworks.server.wiring;

import io.ghostworks.alertmanager.Alertmanager;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.model.TenantId;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.query.RunningQueries;
import io.ghostworks.rules.GroupSettings;
import io.ghostworks.rules.InstantQuery;
import io.ghostworks.rules.LanguageQueries;
import io.ghostworks.rules.LogqlInstantQuery;
import io.ghostworks.rules.PromqlInstantQuery;
import io.ghostworks.rules.RuleEngine;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.RuleFileReader;
import io.ghostworks.rules.RuleQueries;
import io.ghostworks.rules.RuleQueryLog;
import io.ghostworks.rules.TraceqlInstantQuery;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.scrape.prometheusfile.GlobalSettings;
import io.ghostworks.server.alertmanager.TenantAlertmanagers;
import io.ghostworks.server.alerts.NotificationTrialsApi;
import io.ghostworks.server.alerts.TrialRequests;
import io.ghostworks.server.files.ConfigurationFiles;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.rules.StoredRules;
import io.ghostworks.server.settings.NotificationLimitSettings;
import io.ghostworks.state.State;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules, notifications and their state. Rules have threads and memory of their own: no user's query
 * keeps them from being evaluated, nor the reverse.
 */
final class Alerting implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Alerting.class);
  private static final Duration RULE_QUERY_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);
  private static final int RULE_THREADS_MIN = 2;

  private final Parts parts;
  private final ThreadPoolExecutor ruleThreads;
  private final ExecutorService notifying;
  private final RuleQueries queries;
  private final TenantAlertmanagers alertmanagers;
  private final RuleEngine rules;
  private final StoredRules storedRules;
  private final RuleSources sources;

  private Alerting(
      Parts parts,
      ThreadPoolExecutor ruleThreads,
      ExecutorService notifying,
      RuleQueries queries,
      TenantAlertmanagers alertmanagers,
      RuleEngine rules,
      StoredRules storedRules,
      RuleSources sources) {
    this.parts = parts;
    this.ruleThreads = ruleThreads;
    this.notifying = notifying;
    this.queries = queries;
    this.alertmanagers = alertmanagers;
    this.rules = rules;
    this.storedRules = storedRules;
    this.sources = sources;
  }

  /**
   * What alerting stands on.
   *
   * @param limits what tenants may ask for and store, as it holds at the moment
   * @param ruleMemory for the rules alone
   */
  record Parts(
      State state,
      TenantId tenant,
      Stores stores,
      LiveLimits limits,
      EngineOptions promql,
      RunningQueries queries,
      RuleQueryLog ruleQueryLog,
      MemoryBudget ruleMemory,
      HttpTransport http,
      Clock clock,
      Timers timers,
      PlatformMetrics metrics,
      NotificationLimitSettings notificationLimits,
      URI externalUrl) {}

  static Alerting start(ConfigurationFiles files, Parts parts) {
    ThreadPoolExecutor ruleThreads = ruleThreads();
    ExecutorService notifying = Executors.newVirtualThreadPerTaskExecutor();
    String external = parts.externalUrl().toString().replaceAll("/+$", "");
    TenantAlertmanagers alertmanagers = alertmanagers(parts, notifying, external);
    RuleQueries queries =
        new RuleQueries(
            parts.queries(),
            new RuleQueries.Limits(
                RULE_QUERY_TIMEOUT, parts.ruleMemory(), parts.ruleMemory().limitBytes() / 2));
    RuleEngine rules =
        new RuleEngine(
            new RuleEngine.Parts(
                inAllLanguages(parts, queries),
                parts.stores().series().ruleOutput(),
                parts.state(),
                alertmanagers,
                parts.stores()::hold,
                parts.metrics(),
                parts.tenant()),
            parts.clock(),
            parts.timers(),
            ruleThreads,
            () -> idle(ruleThreads));
    alertmanagers.start(files.alertmanager());
    StoredRules storedRules =
        new StoredRules(
            parts.state(),
            new RuleFileReader(parts.promql().parser()),
            parts.limits()::ruler,
            parts.clock());
    RuleSources sources =
        new RuleSources(
            parts.tenant(),
            rules,
            storedRules,
            files,
            (given, tenant) -> settings(given, tenant, parts, external));
    sources.start();
    return new Alerting(
        parts, ruleThreads, notifying, queries, alertmanagers, rules, storedRules, sources);
  }

  private static TenantAlertmanagers alertmanagers(
      Parts parts, ExecutorService notifying, String external) {
    SecureRandom random = new SecureRandom();
    return new TenantAlertmanagers(
        parts.tenant(),
        (tenant, config, silences) ->
            new Alertmanager(
                tenant,
                config,
                external + "/alertmanager",
                new Alertmanager.Parts(
                    parts.state(),
                    parts.http(),
                    silences::silencing,
                    parts.clock(),
                    parts.timers(),
                    notifying,
                    random,
                    parts.metrics(),
                    parts.notificationLimits().of(tenant))),
        new TenantAlertmanagers.Parts(
            parts.state(), parts.clock(), parts.timers(), notifying, random, parts.metrics()));
  }

  private static LanguageQueries inAllLanguages(Parts parts, RuleQueries queries) {
    return new LanguageQueries(
        new PromqlInstantQuery(
            parts.stores().series(), parts.promql(), queries, parts.ruleQueryLog()),
        new LogqlInstantQuery(parts.stores().recordSource(), parts.limits()::logqlOptions, queries),
        new TraceqlInstantQuery(
            parts.stores().recordSource(), parts.limits()::traceqlOptions, queries));
  }

  /** How many threads could help with a group that is being evaluated. */
  private static int idle(ThreadPoolExecutor threads) {
    return threads.getQueue().isEmpty()
        ? threads.getMaximumPoolSize() - threads.getActiveCount()
        : 0;
  }

  /** At most one evaluation of each group waits, so that the queue is as long as the files. */
  private static ThreadPoolExecutor ruleThreads() {
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

  /** What prometheus.yml says of times is everybody's, what it says of labels the operator's. */
  private static GroupSettings settings(
      ConfigurationFiles files, TenantId tenant, Parts parts, String external) {
    GroupSettings defaults = GroupSettings.defaults(tenant, URI.create(external + "/prometheus"));
    boolean operators = tenant.equals(parts.tenant());
    return files
        .prometheus()
        .map(file -> {
          GlobalSettings global = file.global();
          return new GroupSettings(
              tenant,
              global.evaluationInterval(),
              global.ruleQueryOffset(),
              operators ? global.externalLabels() : defaults.externalLabels(),
              operators ? file.alertRelabelRules() : defaults.alertRelabelRules(),
              defaults.externalUrl(),
              defaults.resendDelay());
        })
        .orElse(defaults);
  }

  /**
   * Evaluates the rules of other files from now on; those that stay keep their state.
   *
   * @throws io.ghostworks.state.StateException if alerts cannot be taken over; then the rules are
   *     as before, and who is told as {@link TenantAlertmanagers#replace} says
   */
  void replace(ConfigurationFiles files) {
    alertmanagers.replace(files.alertmanager());
    sources.replace(files);
  }

  /** What counts for a tenant's groups. */
  GroupSettings settings(TenantId of) {
    return sources.settings(of);
  }

  /** A tenant's rules of files and of the ruler API. */
  List<RuleFile> ruleFiles(TenantId of) {
    return sources.rules(of);
  }

  /** Evaluates rules that people try out: on the memory and time of their queries. */
  InstantQuery trialQueries(MemoryBudget memory, Duration timeout) {
    return inAllLanguages(
        parts,
        new RuleQueries(
            parts.queries(), new RuleQueries.Limits(timeout, memory, memory.limitBytes() / 2)));
  }

  RuleEngine rules() {
    return rules;
  }

  /** The Alertmanagers of all tenants. */
  TenantAlertmanagers alertmanagers() {
    return alertmanagers;
  }

  /** Test sends and previews. */
  NotificationTrialsApi trials(Bodies bodies, Clock clock) {
    return new NotificationTrialsApi(
        alertmanagers::trials,
        bodies,
        notifying,
        new TrialRequests(clock, alertmanagers::alerts, alertmanagers::draft));
  }

  /** The groups that clients store. */
  StoredRules storedRules() {
    return storedRules;
  }

  /** Ends evaluations, then deliveries; the state and the stores that they use end after this. */
  @Override
  public void close() {
    queries.close();
    rules.close();
    end("evaluations", ruleThreads);
    alertmanagers.close();
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
