package io.ghostworks.server.wiring;

import io.ghostworks.alertmanager.Alertmanager;
import io.ghostworks.alertmanager.AlertmanagerApi;
import io.ghostworks.alertmanager.OutboundTransport;
import io.ghostworks.model.TenantId;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryAnswer;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.rules.AlertSink;
import io.ghostworks.rules.GroupSettings;
import io.ghostworks.rules.InstantQuery;
import io.ghostworks.rules.RuleEngine;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.scrape.prometheusfile.GlobalSettings;
import io.ghostworks.server.files.ConfigurationFiles;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.state.State;
import io.ghostworks.wire.http.OutboundHttp;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Rules, notifications and their state, for the operator's tenant. */
final class Alerting implements AutoCloseable {

  private static final Duration RULE_QUERY_TIMEOUT = Duration.ofMinutes(2);

  private final ExecutorService executor;
  private final Optional<Alertmanager> alertmanager;
  private final RuleEngine rules;

  private Alerting(
      ExecutorService executor, Optional<Alertmanager> alertmanager, RuleEngine rules) {
    this.executor = executor;
    this.alertmanager = alertmanager;
    this.rules = rules;
  }

  /** What alerting stands on. */
  record Parts(
      State state,
      TenantId tenant,
      Stores stores,
      MemoryBudget queryMemory,
      OutboundHttp http,
      Clock clock,
      Timers timers,
      PlatformMetrics metrics,
      URI externalUrl) {}

  static Alerting start(ConfigurationFiles files, Parts parts) {
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    String external = parts.externalUrl().toString().replaceAll("/+$", "");
    Optional<Alertmanager> alertmanager =
        files
            .alertmanager()
            .map(config ->
                new Alertmanager(
                    parts.tenant(),
                    config,
                    external + "/alertmanager",
                    new Alertmanager.Parts(
                        parts.state(),
                        new OutboundTransport(parts.http()),
                        parts.clock(),
                        parts.timers(),
                        executor,
                        new SecureRandom(),
                        parts.metrics())));
    RuleEngine rules =
        new RuleEngine(
            new RuleEngine.Parts(
                query(parts),
                parts.stores().series().ruleOutput(),
                parts.state(),
                sink(alertmanager),
                parts.stores()::holdReason,
                parts.metrics()),
            parts.clock(),
            parts.timers(),
            executor);
    alertmanager.ifPresent(Alertmanager::start);
    rules.start(files.rules(), settings(files, parts, external));
    return new Alerting(executor, alertmanager, rules);
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
              defaults.externalUrl(),
              defaults.resendDelay());
        })
        .orElse(defaults);
  }

  private static InstantQuery query(Parts parts) {
    return (tenant, expression, timestampMs) -> {
      try (QueryContext context =
          new QueryContext(
              tenant,
              parts.clock(),
              RULE_QUERY_TIMEOUT,
              parts.queryMemory(),
              parts.queryMemory().limitBytes() / 2)) {
        QueryAnswer answer =
            PromqlEngine.instant(
                expression, timestampMs, context, parts.stores().series(), EngineOptions.DEFAULT);
        return elements(answer.result());
      }
    };
  }

  private static List<InstantQuery.Element> elements(QueryResult result) {
    return switch (result) {
      case QueryResult.Vector vector ->
          vector.samples().stream()
              .map(sample ->
                  new InstantQuery.Element(sample.labels(), sample.value(), sample.histogram()))
              .toList();
      case QueryResult.Scalar scalar ->
          List.of(new InstantQuery.Element(io.ghostworks.model.label.Labels.EMPTY, scalar.value()));
      case QueryResult.Matrix matrix -> throw notAVector();
      case QueryResult.StringResult text -> throw notAVector();
    };
  }

  private static QueryException notAVector() {
    return new QueryException(
        QueryException.Kind.EXECUTION, "rule result is not a vector or scalar");
  }

  private static AlertSink sink(Optional<Alertmanager> alertmanager) {
    return new AlertSink() {
      @Override
      public void store(State.Tables tables, TenantId tenant, List<ReceivedAlerts.Row> alerts) {
        alertmanager.ifPresent(manager -> manager.store(tables, alerts));
      }

      @Override
      public void announce(TenantId tenant, List<ReceivedAlerts.Row> alerts) {
        alertmanager.ifPresent(manager -> manager.announce(alerts));
      }
    };
  }

  RuleEngine rules() {
    return rules;
  }

  Optional<AlertmanagerApi> api() {
    return alertmanager.map(Alertmanager::api);
  }

  @Override
  public void close() {
    rules.close();
    alertmanager.ifPresent(Alertmanager::close);
    executor.shutdown();
  }
}
