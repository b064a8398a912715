package io.ghostworks.server.rules;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.rules.RuleEngine;
import io.ghostworks.rules.RuleLanguage;
import io.ghostworks.rules.RuleViews;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Endpoint;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The states of LogQL's rules and alerts on Loki's own listener, as Loki's ruler tells them ({@code
 * pkg/ruler/base/api.go}).
 */
public final class LokiRulesApi {

  private static final Set<RuleLanguage> LOGQL = Set.of(RuleLanguage.LOGQL);

  private final RuleEngine rules;

  public LokiRulesApi(RuleEngine rules) {
    this.rules = rules;
  }

  public void addTo(Routes routes) {
    Routes.Api api = routes.api(ListenerName.LOKI, "", new RulerErrors());
    Endpoint states = exchange -> CompletableFuture.completedFuture(rules(exchange));
    Endpoint alerts = exchange -> CompletableFuture.completedFuture(alerts(exchange));
    for (String path : List.of("/prometheus/api/v1", "/api/prom/api/v1")) {
      api.local(path + "/rules", Permission.READ, Route.Work.QUERY, states)
          .local(path + "/alerts", Permission.READ, Route.Work.QUERY, alerts);
    }
  }

  private Answer rules(Exchange exchange) {
    String type = exchange.parameter("type").orElse("").toLowerCase(Locale.ROOT);
    if (!Set.of("", "alert", "record").contains(type)) {
      return bad("not supported value \"%s\"".formatted(type));
    }
    RuleViews.Discovery found =
        rules
            .views(exchange.tenant(), LOGQL)
            .rules(
                new RuleViews.Request(
                    type,
                    Set.copyOf(exchange.parameters("rule_name")),
                    Set.copyOf(exchange.parameters("rule_group")),
                    Set.copyOf(exchange.parameters("file")),
                    List.of(),
                    false,
                    0,
                    ""));
    return good(json -> {
      json.writeArrayFieldStart("groups");
      for (RuleViews.Group group : found.groups()) {
        group(json, group);
      }
      json.writeEndArray();
    });
  }

  private Answer alerts(Exchange exchange) {
    List<RuleViews.Alert> alerts = rules.views(exchange.tenant(), LOGQL).alerts();
    return good(json -> writeAlerts(json, alerts));
  }

  private static void group(JsonGenerator json, RuleViews.Group group) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", group.name());
    json.writeStringField("file", group.file());
    json.writeArrayFieldStart("rules");
    for (Object rule : group.rules()) {
      switch (rule) {
        case RuleViews.AlertingView alerting -> alerting(json, alerting);
        case RuleViews.RecordingView recording -> recording(json, recording);
        default -> throw new IllegalStateException("a rule of an unknown kind: " + rule);
      }
    }
    json.writeEndArray();
    json.writeNumberField("interval", group.interval());
    json.writeNumberField("limit", group.limit());
    json.writeStringField("lastEvaluation", group.lastEvaluation());
    json.writeNumberField("evaluationTime", group.evaluationTime());
    json.writeEndObject();
  }

  private static void alerting(JsonGenerator json, RuleViews.AlertingView rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("state", rule.state());
    json.writeStringField("name", rule.name());
    json.writeStringField("query", rule.query());
    json.writeNumberField("duration", rule.duration());
    map(json, "labels", rule.labels());
    map(json, "annotations", rule.annotations());
    List<RuleViews.Alert> alerts = rule.alerts();
    writeAlerts(json, alerts == null ? List.of() : alerts);
    health(json, rule.health(), rule.lastError(), rule.type());
    json.writeStringField("lastEvaluation", rule.lastEvaluation());
    json.writeNumberField("evaluationTime", rule.evaluationTime());
    json.writeEndObject();
  }

  private static void recording(JsonGenerator json, RuleViews.RecordingView rule)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", rule.name());
    json.writeStringField("query", rule.query());
    map(json, "labels", rule.labels());
    health(json, rule.health(), rule.lastError(), rule.type());
    json.writeStringField("lastEvaluation", rule.lastEvaluation());
    json.writeNumberField("evaluationTime", rule.evaluationTime());
    json.writeEndObject();
  }

  private static void health(
      JsonGenerator json, String health, @Nullable String lastError, String type)
      throws IOException {
    json.writeStringField("health", health);
    json.writeStringField("lastError", lastError == null ? "" : lastError);
    json.writeStringField("type", type);
  }

  private static void writeAlerts(JsonGenerator json, List<RuleViews.Alert> alerts)
      throws IOException {
    json.writeArrayFieldStart("alerts");
    for (RuleViews.Alert alert : alerts) {
      json.writeStartObject();
      map(json, "labels", alert.labels());
      map(json, "annotations", alert.annotations());
      json.writeStringField("state", alert.state());
      json.writeStringField("activeAt", alert.activeAt());
      json.writeStringField("value", alert.value());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void map(JsonGenerator json, String name, Map<String, String> labels)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> label : labels.entrySet()) {
      json.writeStringField(label.getKey(), label.getValue());
    }
    json.writeEndObject();
  }

  /** Writes the fields of the data. */
  @FunctionalInterface
  private interface Data {
    void write(JsonGenerator json) throws IOException;
  }

  private static Answer good(Data data) {
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("status", "success");
          json.writeObjectFieldStart("data");
          data.write(json);
          json.writeEndObject();
          json.writeStringField("errorType", "");
          json.writeStringField("error", "");
          json.writeEndObject();
        }));
  }

  private static Answer bad(String message) {
    return Answer.json(
        400,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("status", "error");
          json.writeNullField("data");
          json.writeStringField("errorType", "bad_data");
          json.writeStringField("error", message);
          json.writeEndObject();
        }));
  }
}
