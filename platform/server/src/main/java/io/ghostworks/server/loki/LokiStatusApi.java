package io.ghostworks.server.loki;

import io.ghostworks.config.DurationForm;
import io.ghostworks.model.TenantId;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.settings.LogQueryLimits;
import io.ghostworks.wire.logs.LogFieldOptions;
import io.ghostworks.wire.loki.ServiceName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What Loki says of itself: {@code buildinfo}, {@code drilldown-limits}, {@code config}, {@code
 * services}, {@code metrics}.
 */
final class LokiStatusApi {

  /** Clients choose what they ask for by the version of Loki whose interface this is. */
  private static final String LOKI_VERSION = "3.5.0";

  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final LokiEndpoints endpoints;
  private final Facts facts;

  LokiStatusApi(LokiEndpoints endpoints, Facts facts) {
    this.endpoints = endpoints;
    this.facts = facts;
  }

  /**
   * What is told about the process.
   *
   * @param operator whose the process's metrics are
   * @param version of this platform
   * @param retention of log records
   * @param metrics in the text format
   * @param levels where each tenant's levels are looked for
   * @param serviceNames from which labels each tenant's services are named
   */
  record Facts(
      TenantId operator,
      String version,
      Duration retention,
      Supplier<byte[]> metrics,
      Function<TenantId, LogFieldOptions> levels,
      Function<TenantId, ServiceName> serviceNames) {}

  void addTo(Routes routes, Routes.Api api) {
    var _ =
        api.get(
                "/loki/api/v1/status/buildinfo",
                Permission.PUBLIC,
                Route.Work.INSTANT,
                exchange -> done(buildInfo()))
            .get(
                "/loki/api/v1/drilldown-limits",
                Permission.READ,
                Route.Work.INSTANT,
                exchange -> done(drilldownLimits(exchange)));
    var _ =
        routes
            .api(ListenerName.LOKI, "/loki", new LokiErrors())
            .get("/config", Permission.READ, Route.Work.INSTANT, exchange -> done(config(exchange)))
            .get(
                "/config/tenant/v1/limits",
                Permission.READ,
                Route.Work.INSTANT,
                exchange -> done(Answer.text(200, yaml("", limits(exchange)))))
            .get(
                "/services",
                Permission.READ,
                Route.Work.INSTANT,
                exchange -> done(Answer.text(200, "ghostworks => Running\n")))
            .get("/metrics", Permission.READ, Route.Work.QUERY, this::metrics);
  }

  private Answer buildInfo() {
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("version", LOKI_VERSION);
          json.writeStringField("revision", "ghostworks-" + facts.version());
          for (String none : new String[] {"branch", "buildUser", "buildDate", "goVersion"}) {
            json.writeStringField(none, "");
          }
          json.writeEndObject();
        }));
  }

  private Answer drilldownLimits(Exchange exchange) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("limits", limits(exchange));
    view.put("pattern_ingester_enabled", true);
    view.put("version", LOKI_VERSION);
    return Views.answer(view);
  }

  /** The tenant's limits by Loki's names. */
  private Map<String, Object> limits(Exchange exchange) {
    LogQueryLimits limits = endpoints.limits(exchange);
    LogFieldOptions levels = facts.levels().apply(exchange.tenant());
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("cardinality_limit", limits.streamsMax());
    named.put("discover_log_levels", levels.levels());
    named.put("discover_service_name", facts.serviceNames().apply(exchange.tenant()).candidates());
    named.put("log_level_fields", levels.levelFields());
    named.put("max_concurrent_tail_requests", limits.tailsMax());
    named.put("max_entries_limit_per_query", limits.entriesMax());
    named.put("max_query_bytes_read", limits.bytesMax() + "B");
    named.put("max_query_length", text(limits.lengthMax()));
    named.put("max_query_lookback", text(limits.lookbackMax()));
    named.put("max_query_range", text(limits.rangeMax()));
    named.put("max_query_series", limits.seriesMax());
    named.put("max_streams_matchers_per_query", limits.matchersMax());
    named.put("metric_aggregation_enabled", false);
    named.put("pattern_persistence_enabled", false);
    named.put("query_timeout", text(limits.timeout()));
    named.put("retention_period", text(facts.retention()));
    named.put("volume_enabled", true);
    named.put("volume_max_series", limits.volumeSeriesMax());
    return named;
  }

  private static String text(Duration duration) {
    return DurationForm.PROMETHEUS.format(duration);
  }

  /** What of Loki's configuration has a counterpart here. */
  private Answer config(Exchange exchange) {
    return Answer.text(200, "auth_enabled: true\nlimits_config:\n" + yaml("  ", limits(exchange)));
  }

  private static String yaml(String indent, Map<String, Object> named) {
    StringBuilder yaml = new StringBuilder();
    named.forEach(
        (name, value) -> yaml.append(indent).append(name).append(": ").append(value).append('\n'));
    return yaml.toString();
  }

  /** The process's metrics concern all tenants: they are the operator's. */
  private CompletionStage<Answer> metrics(Exchange exchange) {
    if (!exchange.tenant().equals(facts.operator())) {
      throw new RequestException(
          403,
          "the metrics of the process are answered to the operator's tenant '%s' only"
              .formatted(facts.operator()));
    }
    return done(new Answer(200, METRICS_TYPE, facts.metrics().get(), Map.of()).compressed());
  }

  private static CompletionStage<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
