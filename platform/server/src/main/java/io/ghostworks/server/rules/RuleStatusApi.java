package io.ghostworks.server.rules;

import io.ghostworks.rules.MissedEvaluations;
import io.ghostworks.rules.RuleEngine;
import io.ghostworks.rules.RuleLanguage;
import io.ghostworks.rules.RuleViews;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Authors;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.prometheus.PrometheusErrors;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.state.StoredRuleGroups;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What is told about groups of rules beyond Prometheus's API: all of a tenant's groups in all
 * languages, what was missed while the program did not run, and the versions of stored groups.
 */
public final class RuleStatusApi {

  private static final int VERSIONS_MAX = 1_000;
  private static final int VERSIONS_DEFAULT = 100;

  private final RuleEngine engine;
  private final StoredRules stored;
  private final Executor storing;

  public RuleStatusApi(RuleEngine engine, StoredRules stored, Executor storing) {
    this.engine = engine;
    this.stored = stored;
    this.storing = storing;
  }

  public void addTo(Routes routes) {
    Routes.Api api = routes.api(ListenerName.WEB, "", new PrometheusErrors());
    api.get(
            "/api/platform/rules/groups",
            Permission.READ,
            Route.Work.QUERY,
            exchange -> CompletableFuture.supplyAsync(() -> groups(exchange), storing))
        .get(
            "/api/platform/rules/missed",
            Permission.READ,
            Route.Work.QUERY,
            exchange -> CompletableFuture.supplyAsync(() -> missed(exchange), storing))
        .get(
            "/api/platform/rules/versions",
            Permission.READ,
            Route.Work.QUERY,
            exchange -> CompletableFuture.supplyAsync(() -> versions(exchange), storing))
        .post(
            "/api/platform/rules/restore",
            Permission.ADMIN,
            Route.Work.INGEST,
            exchange -> CompletableFuture.supplyAsync(() -> restore(exchange), storing));
  }

  private Answer groups(Exchange exchange) {
    Map<String, MissedEvaluations> missed = new HashMap<>();
    for (MissedEvaluations each : engine.missedWhileDown(exchange.tenant())) {
      missed.putIfAbsent(each.key(), each);
    }
    List<RuleViews.GroupStatus> groups = engine.views(exchange.tenant()).status();
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("groups");
          for (RuleViews.GroupStatus group : groups) {
            json.writeStartObject();
            json.writeStringField("key", group.key());
            json.writeStringField("file", group.file());
            json.writeStringField("name", group.name());
            json.writeStringField("origin", group.origin());
            json.writeStringField("language", group.language());
            json.writeNumberField("interval", group.intervalSeconds());
            json.writeNumberField("queryOffset", group.queryOffsetSeconds());
            json.writeNumberField("rules", group.rules());
            json.writeNumberField("steps", group.steps());
            json.writeNumberField("failing", group.failing());
            json.writeNumberField("held", group.held());
            json.writeNumberField("missed", group.missed());
            if (group.lastSlotNanos() != 0) {
              json.writeStringField("lastSlot", time(group.lastSlotNanos()));
              json.writeNumberField("lastSeconds", group.lastSeconds());
            }
            MissedEvaluations last = missed.get(group.key());
            if (last != null) {
              json.writeFieldName("missedWhileDown");
              write(json, last);
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        }));
  }

  private Answer missed(Exchange exchange) {
    List<MissedEvaluations> missed = engine.missedWhileDown(exchange.tenant());
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("missed");
          for (MissedEvaluations each : missed) {
            write(json, each);
          }
          json.writeEndArray();
          json.writeEndObject();
        }));
  }

  private static void write(com.fasterxml.jackson.core.JsonGenerator json, MissedEvaluations missed)
      throws java.io.IOException {
    json.writeStartObject();
    json.writeStringField("key", missed.key());
    json.writeStringField("file", missed.file());
    json.writeStringField("group", missed.group());
    json.writeStringField("from", time(missed.firstSlotNanos()));
    json.writeStringField("to", time(missed.lastSlotNanos()));
    json.writeNumberField("iterations", missed.iterations());
    json.writeStringField("noticedAt", time(missed.noticedAtNanos()));
    json.writeEndObject();
  }

  private Answer versions(Exchange exchange) {
    List<StoredRuleGroups.Version> versions =
        stored.versions(
            exchange.tenant(),
            language(exchange),
            new StoredRuleGroups.Filter(
                exchange.parameter("namespace").orElse(""), exchange.parameter("group").orElse("")),
            number(exchange, "limit", VERSIONS_DEFAULT, VERSIONS_MAX));
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("versions");
          for (StoredRuleGroups.Version version : versions) {
            json.writeStartObject();
            json.writeStringField("namespace", version.namespace());
            json.writeStringField("group", version.name());
            json.writeNumberField("version", version.version());
            json.writeStringField("change", version.change().kind());
            json.writeStringField("author", version.change().author());
            json.writeStringField("at", time(version.change().atNanos()));
            json.writeStringField("body", version.body());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        }));
  }

  private Answer restore(Exchange exchange) {
    StoredRules.GroupName name =
        new StoredRules.GroupName(
            language(exchange), required(exchange, "namespace"), required(exchange, "group"));
    int version = number(exchange, "version", 0, Integer.MAX_VALUE);
    try {
      if (!stored.restore(exchange.tenant(), name, version, Authors.of(exchange))) {
        throw new RequestException(
            404,
            "the group '%s' of the namespace '%s' has no version %d that could be restored"
                .formatted(name.group(), name.namespace(), version));
      }
    } catch (StoredRules.RefusedException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
    return Answer.empty(204);
  }

  private static RuleLanguage language(Exchange exchange) {
    String word = exchange.parameter("language").orElse(RuleLanguage.PROMQL.word());
    return RuleLanguage.find(word)
        .orElseThrow(() ->
            RequestException.bad(
                "language must be promql, logql or traceql, got '%s'".formatted(word)));
  }

  private static String required(Exchange exchange, String name) {
    return exchange
        .parameter(name)
        .orElseThrow(() -> RequestException.bad("%s must be given".formatted(name)));
  }

  private static int number(Exchange exchange, String name, int absent, int most) {
    String text = exchange.parameter(name).orElse("");
    if (text.isEmpty() && absent > 0) {
      return absent;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= 1) {
        return Math.min(value, most);
      }
    } catch (NumberFormatException e) {
      throw new RequestException(
          400, "%s must be a whole number from 1, got '%s'".formatted(name, text), e);
    }
    throw RequestException.bad("%s must be at least 1, got %s".formatted(name, text));
  }

  private static String time(long epochNanos) {
    return Instant.ofEpochSecond(0, epochNanos).toString();
  }
}
