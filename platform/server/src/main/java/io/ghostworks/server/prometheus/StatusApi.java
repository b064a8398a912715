package io.ghostworks.server.prometheus;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.config.DurationForm;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.rules.RuleEngine;
import io.ghostworks.rules.RuleViews;
import io.ghostworks.scrape.ActiveTarget;
import io.ghostworks.scrape.DroppedTarget;
import io.ghostworks.scrape.Targets;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import io.ghostworks.server.settings.ListenerName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * {@code targets}, {@code rules}, {@code alerts} and {@code status/buildinfo}. Targets and rules
 * are the operator's; another tenant has none.
 */
public final class StatusApi {

  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final TenantId operator;
  private final Supplier<Targets> targets;
  private final RuleEngine rules;
  private final String version;
  private final PromqlParser parser;

  public StatusApi(
      TenantId operator,
      Supplier<Targets> targets,
      RuleEngine rules,
      ParserOptions promql,
      String version) {
    this.operator = operator;
    this.targets = targets;
    this.rules = rules;
    this.parser = new PromqlParser(promql);
    this.version = version;
  }

  public void addTo(Routes routes) {
    Routes.Api api = routes.api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors());
    api.get(
        "/api/v1/targets", Permission.READ, Route.Work.QUERY, exchange -> done(targets(exchange)));
    api.get("/api/v1/rules", Permission.READ, Route.Work.QUERY, exchange -> done(rules(exchange)));
    api.get(
        "/api/v1/alerts", Permission.READ, Route.Work.QUERY, exchange -> done(alerts(exchange)));
    api.get(
        "/api/v1/status/buildinfo",
        Permission.READ,
        Route.Work.INSTANT,
        exchange -> done(buildInfo()));
    api.local(
        "/-/healthy",
        Permission.PUBLIC,
        Route.Work.INSTANT,
        exchange -> done(Answer.text(200, "Prometheus Server is Healthy.\n")));
    api.local(
        "/-/ready",
        Permission.PUBLIC,
        Route.Work.QUERY,
        exchange -> done(Answer.text(200, "Prometheus Server is Ready.\n")));
  }

  private static CompletionStage<Answer> done(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }

  private Answer buildInfo() {
    return PrometheusAnswers.success(json -> {
      json.writeStartObject();
      // Clients choose what they ask for by the version of Prometheus whose interface this is.
      json.writeStringField("version", "3.14.0");
      json.writeStringField("revision", "ghostworks-" + version);
      json.writeStringField("branch", "");
      json.writeStringField("buildUser", "");
      json.writeStringField("buildDate", "");
      json.writeStringField("goVersion", "");
      json.writeEndObject();
    });
  }

  private Answer alerts(Exchange exchange) {
    List<RuleViews.Alert> alerts = isOperator(exchange) ? rules.views().alerts() : List.of();
    return view(new Alerts(alerts));
  }

  private record Alerts(List<RuleViews.Alert> alerts) {}

  private record NoRules(List<Object> groups) {}

  private Answer rules(Exchange exchange) {
    if (!isOperator(exchange)) {
      return view(new NoRules(List.of()));
    }
    try {
      return view(rules.views().rules(request(exchange)));
    } catch (IllegalArgumentException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
  }

  private RuleViews.Request request(Exchange exchange) {
    List<List<LabelMatcher>> matchers =
        exchange.parameters("match[]").stream()
            .map(text -> {
              try {
                return parser.parseSelector(text);
              } catch (PromqlParseException e) {
                throw new RequestException(400, String.valueOf(e.getMessage()), e);
              }
            })
            .toList();
    int limit;
    try {
      limit = exchange.parameter("group_limit").map(Integer::parseInt).orElse(0);
    } catch (NumberFormatException e) {
      throw new RequestException(400, "invalid parameter \"group_limit\": must be a number", e);
    }
    return new RuleViews.Request(
        exchange.parameter("type").orElse(""),
        Set.copyOf(exchange.parameters("rule_name[]")),
        new HashSet<>(exchange.parameters("rule_group[]")),
        new HashSet<>(exchange.parameters("file[]")),
        matchers,
        exchange.parameter("exclude_alerts").map("true"::equals).orElse(false),
        limit,
        exchange.parameter("group_next_token").orElse(""));
  }

  private static Answer view(Object data) {
    return PrometheusAnswers.success(
        json -> json.writeRawValue(new String(Views.bytes(data), StandardCharsets.UTF_8)));
  }

  private boolean isOperator(Exchange exchange) {
    return exchange.tenant().equals(operator);
  }

  private Answer targets(Exchange exchange) {
    Targets all =
        isOperator(exchange)
            ? targets.get()
            : new Targets(List.of(), List.of(), Map.of(), List.of());
    String state = exchange.parameter("state").orElse("");
    String pool = exchange.parameter("scrapePool").orElse("");
    boolean active = state.isEmpty() || state.equals("active") || state.equals("any");
    boolean dropped = state.isEmpty() || state.equals("dropped") || state.equals("any");
    return PrometheusAnswers.success(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("activeTargets");
      for (ActiveTarget target : active ? all.active() : List.<ActiveTarget>of()) {
        if (pool.isEmpty() || pool.equals(target.scrapePool())) {
          target(json, target);
        }
      }
      json.writeEndArray();
      json.writeArrayFieldStart("droppedTargets");
      for (DroppedTarget target : dropped ? all.dropped() : List.<DroppedTarget>of()) {
        if (pool.isEmpty() || pool.equals(target.scrapePool())) {
          json.writeStartObject();
          json.writeFieldName("discoveredLabels");
          PrometheusAnswers.labels(json, target.discoveredLabels());
          json.writeStringField("scrapePool", target.scrapePool());
          json.writeEndObject();
        }
      }
      json.writeEndArray();
      json.writeObjectFieldStart("droppedTargetCounts");
      for (var count : all.droppedCounts().entrySet()) {
        json.writeNumberField(count.getKey(), count.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  private static void target(JsonGenerator json, ActiveTarget target) throws IOException {
    json.writeStartObject();
    json.writeFieldName("discoveredLabels");
    PrometheusAnswers.labels(json, target.discoveredLabels());
    json.writeFieldName("labels");
    PrometheusAnswers.labels(json, target.labels());
    json.writeStringField("scrapePool", target.scrapePool());
    json.writeStringField("scrapeUrl", target.scrapeUrl());
    json.writeStringField("globalUrl", target.scrapeUrl());
    json.writeStringField("lastError", target.lastError());
    json.writeStringField(
        "lastScrape",
        target.lastScrapeMs() == 0
            ? NEVER
            : Instant.ofEpochMilli(target.lastScrapeMs()).toString());
    json.writeNumberField("lastScrapeDuration", target.lastScrapeDuration().toNanos() / 1e9);
    json.writeStringField("health", target.health().word());
    json.writeStringField(
        "scrapeInterval", DurationForm.PROMETHEUS.format(target.scrapeInterval()));
    json.writeStringField("scrapeTimeout", DurationForm.PROMETHEUS.format(target.scrapeTimeout()));
    json.writeEndObject();
  }
}
