package io.ghostworks.server.settings;

import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.records.RecordRetention;
import io.ghostworks.scrape.SampleOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code ghostworks.yml} says, with defaults for what it does not say. Paths are resolved
 * against the file's folder.
 *
 * @param hosts where another file names {@code host:port}, what is meant instead
 * @param ingest what Prometheus has as feature flags of taking samples in
 * @param metricsGenerator what metrics are made of spans
 * @param heartbeat empty for none
 * @param alertMatchers the form of matchers in alertmanager.yml and in requests to its API
 */
public record Settings(
    Files files,
    Listen listen,
    Map<String, String> hosts,
    List<String> pipelinesNotStored,
    Storage storage,
    Retention retention,
    Tenants tenants,
    Limits limits,
    Promql promql,
    RunningQueries queries,
    SampleOptions ingest,
    MetricsGeneratorSettings metricsGenerator,
    Optional<HeartbeatSettings> heartbeat,
    MatcherSyntax alertMatchers) {

  public Settings {
    hosts = Map.copyOf(hosts);
    pipelinesNotStored = List.copyOf(pipelinesNotStored);
  }

  /** Files of other owners. Dashboards are paths or globs; a folder stands for the files in it. */
  public record Files(
      Optional<Path> prometheus,
      List<RuleFilePattern> rules,
      Optional<Path> alertmanager,
      Optional<Path> collector,
      List<String> dashboards) {
    public Files {
      rules = List.copyOf(rules);
      dashboards = List.copyOf(dashboards);
    }
  }

  /**
   * @param ports the port of a listener by its name, where it is not the default; 0 takes a free
   *     one
   * @param origins web origins beside loopback that browsers may send from
   * @param adminApi whether Prometheus's admin API is switched on
   * @param lifecycleApi whether the process may be reloaded and ended by HTTP
   */
  public record Listen(
      Map<String, Integer> ports, List<String> origins, boolean adminApi, boolean lifecycleApi) {
    public Listen {
      ports = Map.copyOf(ports);
      origins = List.copyOf(origins);
    }
  }

  /**
   * @param fsyncInterval how long an acknowledged row may stay unsynced; zero means that none does
   * @param journalBytesMax what the journal of one engine may hold before it refuses its signal
   */
  public record Storage(Duration fsyncInterval, long journalBytesMax) {}

  /** How long rows are kept, by kind. */
  public record Retention(MetricsRetention metrics, RecordRetention records) {}

  /** The tenant of the operator's files and of the platform's own telemetry. */
  public record Tenants(String operator) {}

  /**
   * @param requestBytesMax of a request's body, after decompression
   * @param series what tenants may store
   * @param logs what tenants may send of log records
   * @param logIntake how these are filed, and what is looked for in them
   * @param logQueries what queries of log records may ask for
   * @param traceQueries what queries of traces may ask for
   * @param ruler how many rules tenants may store
   * @param notifications how many notifications receivers get
   * @param queryMemoryBytes what all queries together may hold; a share of the heap if it is empty
   * @param queryTimeout of one query
   * @param querySamplesMax what one PromQL query may load at once
   */
  public record Limits(
      long requestBytesMax,
      SeriesLimitSettings series,
      LogLimitSettings logs,
      SpanLimitSettings spans,
      LogIntakeSettings logIntake,
      LogQueryLimitSettings logQueries,
      TraceQueryLimitSettings traceQueries,
      RulerLimitSettings ruler,
      NotificationLimitSettings notifications,
      OptionalLong queryMemoryBytes,
      Duration queryTimeout,
      long querySamplesMax) {}

  /**
   * @param engine what Prometheus has as flags of its query engine and as features
   * @param perStepStats whether statistics of queries are told for each step where asked for
   * @param resultCacheBytes what kept results of range queries may take, 0 for none; a share of the
   *     heap if it is empty
   */
  public record Promql(EngineOptions engine, boolean perStepStats, OptionalLong resultCacheBytes) {}

  /**
   * How running queries are watched.
   *
   * @param concurrencyMax how many are evaluated at once; others wait
   * @param slowThreshold from which time on a query is logged
   */
  public record RunningQueries(int concurrencyMax, Duration slowThreshold) {}
}
