package io.ghostworks.server.prometheus;

import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.promql.text.QuotedText;
import io.ghostworks.rules.RuleEngine;
import io.ghostworks.rules.RuleLanguage;
import io.ghostworks.rules.RuleViews;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * {@code rules} and {@code alerts} of a tenant: those of PromQL, or of what the parameter {@code
 * language} says (a language's word, or {@code all}).
 */
public final class RulesApi {

  private final RuleEngine rules;
  private final PromqlParser parser;

  public RulesApi(RuleEngine rules, ParserOptions promql) {
    this.rules = rules;
    this.parser = new PromqlParser(promql);
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors())
        .get(
            "/api/v1/rules",
            Permission.READ,
            Route.Work.QUERY,
            exchange -> CompletableFuture.completedFuture(rules(exchange)))
        .get(
            "/api/v1/alerts",
            Permission.READ,
            Route.Work.QUERY,
            exchange -> CompletableFuture.completedFuture(alerts(exchange)));
  }

  private Answer alerts(Exchange exchange) {
    List<RuleViews.Alert> alerts = views(exchange).alerts();
    return PrometheusAnswers.stream(
        "{\"alerts\":[", alerts.iterator(), RulesApi::alert, "]}", List.of(), List.of());
  }

  private Answer rules(Exchange exchange) {
    RuleViews.Request request = request(exchange);
    RuleViews.Discovery found;
    try {
      found = views(exchange).rules(request);
    } catch (IllegalArgumentException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
    String next = found.groupNextToken();
    return PrometheusAnswers.stream(
        "{\"groups\":[",
        found.groups().iterator(),
        RulesApi::group,
        next == null ? "]}" : "],\"groupNextToken\":\"" + next + "\"}",
        List.of(),
        List.of());
  }

  private RuleViews.Request request(Exchange exchange) {
    var matchers = Selectors.of(exchange, parser, "");
    String type = exchange.parameter("type").orElse("").toLowerCase(Locale.ROOT);
    if (!Set.of("", "alert", "record").contains(type)) {
      throw PrometheusErrors.parameter("type", "not supported value " + QuotedText.quote(type));
    }
    boolean excludeAlerts = excludeAlerts(exchange);
    int limit = groupLimit(exchange);
    return new RuleViews.Request(
        type,
        Set.copyOf(exchange.parameters("rule_name[]")),
        Set.copyOf(exchange.parameters("rule_group[]")),
        Set.copyOf(exchange.parameters("file[]")),
        matchers,
        excludeAlerts,
        limit,
        limit > 0 ? exchange.parameter("group_next_token").orElse("") : "");
  }

  private static boolean excludeAlerts(Exchange exchange) {
    String text = exchange.parameter("exclude_alerts").orElse("false").toLowerCase(Locale.ROOT);
    try {
      return GoParameters.truth(text);
    } catch (NumberFormatException e) {
      throw PrometheusErrors.parameter(
          "exclude_alerts", "error converting exclude_alerts: " + e.getMessage());
    }
  }

  /** How many groups a page has, 0 for all. */
  private static int groupLimit(Exchange exchange) {
    String text = exchange.parameter("group_limit").orElse("");
    if (text.isEmpty()) {
      if (exchange.parameter("group_next_token").isPresent()) {
        throw PrometheusErrors.parameter(
            "group_next_token",
            "group_limit needs to be present in order to paginate over the groups");
      }
      return 0;
    }
    int limit;
    try {
      limit = GoParameters.integer32(text);
    } catch (NumberFormatException e) {
      throw PrometheusErrors.parameter(
          "group_limit", "group_limit needs to be a valid number: " + e.getMessage());
    }
    if (limit <= 0) {
      throw PrometheusErrors.parameter("group_limit", "group_limit needs to be greater than 0");
    }
    return limit;
  }

  private RuleViews views(Exchange exchange) {
    String word = exchange.parameter("language").orElse(RuleLanguage.PROMQL.word());
    Set<RuleLanguage> languages =
        word.equals("all")
            ? EnumSet.allOf(RuleLanguage.class)
            : Set.of(
                RuleLanguage.find(word)
                    .orElseThrow(() ->
                        PrometheusErrors.parameter(
                            "language", "not supported value " + QuotedText.quote(word))));
    return rules.views(exchange.tenant(), languages);
  }

  private static void group(GoJson json, RuleViews.Group group) {
    json.object().name("name").text(group.name()).name("file").text(group.file());
    json.name("rules").array();
    for (Object rule : group.rules()) {
      switch (rule) {
        case RuleViews.AlertingView alerting -> alerting(json, alerting);
        case RuleViews.RecordingView recording -> recording(json, recording);
        default -> throw new IllegalStateException("a rule of an unknown kind: " + rule);
      }
    }
    json.endArray().name("interval").number(group.interval()).name("limit").number(group.limit());
    json.name("evaluationTime").number(group.evaluationTime());
    json.name("lastEvaluation").text(group.lastEvaluation()).endObject();
  }

  private static void alerting(GoJson json, RuleViews.AlertingView rule) {
    json.object().name("state").text(rule.state()).name("name").text(rule.name());
    json.name("query").text(rule.query()).name("duration").number(rule.duration());
    json.name("keepFiringFor").number(rule.keepFiringFor());
    map(json.name("labels"), rule.labels());
    map(json.name("annotations"), rule.annotations());
    json.name("alerts");
    List<RuleViews.Alert> alerts = rule.alerts();
    if (alerts == null) {
      json.nothing();
    } else {
      json.array();
      alerts.forEach(alert -> alert(json, alert));
      json.endArray();
    }
    health(json, rule.health(), rule.lastError());
    json.name("evaluationTime").number(rule.evaluationTime());
    json.name("lastEvaluation").text(rule.lastEvaluation());
    json.name("type").text(rule.type()).endObject();
  }

  private static void recording(GoJson json, RuleViews.RecordingView rule) {
    json.object().name("name").text(rule.name()).name("query").text(rule.query());
    map(json.name("labels"), rule.labels());
    health(json, rule.health(), rule.lastError());
    json.name("evaluationTime").number(rule.evaluationTime());
    json.name("lastEvaluation").text(rule.lastEvaluation());
    json.name("type").text(rule.type()).endObject();
  }

  private static void health(
      GoJson json, String health, @org.jspecify.annotations.Nullable String lastError) {
    json.name("health").text(health);
    if (lastError != null) {
      json.name("lastError").text(lastError);
    }
  }

  private static void alert(GoJson json, RuleViews.Alert alert) {
    map(json.object().name("labels"), alert.labels());
    map(json.name("annotations"), alert.annotations());
    json.name("state").text(alert.state()).name("activeAt").text(alert.activeAt());
    String since = alert.keepFiringSince();
    if (since != null) {
      json.name("keepFiringSince").text(since);
    }
    json.name("value").text(alert.value()).endObject();
  }

  private static void map(GoJson json, Map<String, String> labels) {
    json.object();
    labels.forEach(json::label);
    json.endObject();
  }
}
