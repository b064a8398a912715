package io.ghostworks.server.rules;

import io.ghostworks.rules.RuleLanguage;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Authors;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * What the ruler API does with the stored groups of one language ({@code pkg/ruler/api.go} of
 * Mimir, {@code pkg/ruler/base/api.go} of Loki): answers are YAML, changes are answered with status
 * 202.
 */
final class RulerEndpoints {

  static final String NAMESPACE = "namespace";
  static final String GROUP = "groupName";

  private static final Map<String, String> NO_HEADERS = Map.of();

  private final StoredRules rules;
  private final RuleLanguage language;
  private final Bodies bodies;
  private final Executor storing;

  /**
   * @param storing runs what waits for the state
   */
  RulerEndpoints(StoredRules rules, RuleLanguage language, Bodies bodies, Executor storing) {
    this.rules = rules;
    this.language = language;
    this.bodies = bodies;
    this.storing = storing;
  }

  CompletionStage<Answer> list(Exchange exchange) {
    return listed(exchange, "");
  }

  CompletionStage<Answer> listNamespace(Exchange exchange) {
    return listed(exchange, exchange.variable(NAMESPACE));
  }

  private CompletionStage<Answer> listed(Exchange exchange, String namespace) {
    Map<String, List<String>> bodies = rules.bodies(exchange.tenant(), language, namespace);
    if (bodies.isEmpty()) {
      throw new RequestException(404, "no rule groups found");
    }
    return yaml(GroupYaml.byNamespace(bodies));
  }

  CompletionStage<Answer> get(Exchange exchange) {
    return yaml(
        rules.find(exchange.tenant(), name(exchange)).orElseThrow(RulerEndpoints::noGroup).body());
  }

  CompletionStage<Answer> set(Exchange exchange) {
    return CompletableFuture.supplyAsync(
        () -> {
          String text = new String(bodies.decompressed(exchange), StandardCharsets.UTF_8);
          try {
            rules.set(
                exchange.tenant(),
                language,
                exchange.variable(NAMESPACE),
                text,
                Authors.of(exchange),
                "set");
          } catch (StoredRules.RefusedException e) {
            throw new RequestException(400, String.valueOf(e.getMessage()), e);
          }
          return accepted();
        },
        storing);
  }

  CompletionStage<Answer> delete(Exchange exchange) {
    return CompletableFuture.supplyAsync(
        () -> {
          if (!rules.delete(exchange.tenant(), name(exchange), Authors.of(exchange))) {
            throw noGroup();
          }
          return accepted();
        },
        storing);
  }

  CompletionStage<Answer> deleteNamespace(Exchange exchange) {
    return CompletableFuture.supplyAsync(
        () -> {
          if (!rules.deleteNamespace(
              exchange.tenant(), language, exchange.variable(NAMESPACE), Authors.of(exchange))) {
            throw new RequestException(404, "group namespace does not exist");
          }
          return accepted();
        },
        storing);
  }

  private StoredRules.GroupName name(Exchange exchange) {
    return new StoredRules.GroupName(
        language, exchange.variable(NAMESPACE), exchange.variable(GROUP));
  }

  private static RequestException noGroup() {
    return new RequestException(404, "group does not exist");
  }

  private static CompletionStage<Answer> yaml(String text) {
    return CompletableFuture.completedFuture(
        new Answer(200, "application/yaml", text.getBytes(StandardCharsets.UTF_8), NO_HEADERS));
  }

  private static Answer accepted() {
    return Answer.json(
        202,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeStringField("status", "success");
          json.writeNullField("data");
          json.writeStringField("errorType", "");
          json.writeStringField("error", "");
          json.writeEndObject();
        }));
  }
}
