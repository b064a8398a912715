package io.ghostworks.server.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.alertmanager.api.MalformedBodyException;
import io.ghostworks.alertmanager.api.PostedAlerts;
import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.config.ConfigException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.state.ReceivedAlerts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what is to be tried out from the body of a request. */
public final class TrialRequests {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ALERTS_MAX = 1_000;
  private static final long TIMEOUT_SECONDS = 15;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final Set<String> FIELDS =
      Set.of(
          "receiver",
          "configuration",
          "templateFiles",
          "template",
          "field",
          "definitions",
          "html",
          "alerts",
          "currentAlerts",
          "groupLabels",
          "timeoutSeconds");

  private final Clock clock;
  private final CurrentAlerts current;
  private final Configurations configurations;

  /** Reads a configuration that is tried before it is in use. */
  @FunctionalInterface
  public interface Configurations {
    /**
     * @param templates the texts of the files that it names
     * @throws ConfigException if it is wrong, or asks for what a request may not have
     */
    AlertmanagerConfig read(TenantId tenant, String yaml, Map<String, String> templates);
  }

  /** The alerts that a tenant's Alertmanager knows at the moment. */
  @FunctionalInterface
  public interface CurrentAlerts {
    /**
     * @param filter matchers as of the API
     * @throws IllegalArgumentException if one is no matcher
     */
    List<ReceivedAlerts.Row> matching(TenantId tenant, List<String> filter);
  }

  public TrialRequests(Clock clock, CurrentAlerts current, Configurations configurations) {
    this.clock = clock;
    this.current = current;
    this.configurations = configurations;
  }

  /**
   * @throws RequestException if the body is not as it has to be
   */
  TrialRequest read(TenantId tenant, byte[] body) {
    JsonNode node;
    try {
      node = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new RequestException(400, "the body must be JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new RequestException(400, "the body must be JSON", e);
    }
    if (!node.isObject()) {
      throw RequestException.bad("the body must be a JSON object");
    }
    node.fieldNames()
        .forEachRemaining(name -> {
          if (!FIELDS.contains(name)) {
            throw RequestException.bad("the field '%s' is not known".formatted(name));
          }
        });
    long now = clock.epochNanos();
    long seconds = node.path("timeoutSeconds").asLong(TIMEOUT_SECONDS);
    if (seconds < 1 || seconds > NotificationTrialsApi.TIMEOUT_MAX.toSeconds()) {
      throw RequestException.bad("timeoutSeconds must be from 1 to 30");
    }
    return new TrialRequest(
        text(node, "receiver"),
        text(node, "configuration")
            .map(yaml -> configuration(tenant, yaml, texts(node, "templateFiles"))),
        text(node, "template"),
        text(node, "field"),
        texts(node, "definitions"),
        node.path("html").asBoolean(false),
        alerts(tenant, node, now),
        node.has("groupLabels")
            ? Optional.of(Labels.of(texts(node, "groupLabels")))
            : Optional.empty(),
        Duration.ofSeconds(seconds),
        now);
  }

  private static Optional<String> text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw RequestException.bad("the field '%s' must be a text".formatted(field));
    }
    return Optional.of(value.asText());
  }

  private static Map<String, String> texts(JsonNode node, String field) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonNode value = node.path(field);
    if (!value.isMissingNode() && !value.isObject()) {
      throw RequestException.bad("the field '%s' must be an object of texts".formatted(field));
    }
    value
        .properties()
        .forEach(entry -> {
          if (!entry.getValue().isTextual()) {
            throw RequestException.bad(
                "the field '%s' must be an object of texts".formatted(field));
          }
          texts.put(entry.getKey(), entry.getValue().asText());
        });
    return texts;
  }

  private AlertmanagerConfig configuration(
      TenantId tenant, String yaml, Map<String, String> templates) {
    try {
      return configurations.read(tenant, yaml, templates);
    } catch (ConfigException | IllegalArgumentException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
  }

  private List<ReceivedAlerts.Row> alerts(TenantId tenant, JsonNode node, long now) {
    JsonNode given = node.path("alerts");
    JsonNode filter = node.path("currentAlerts");
    if (!given.isMissingNode() && !filter.isMissingNode()) {
      throw RequestException.bad("at most one of alerts and currentAlerts may be given");
    }
    List<ReceivedAlerts.Row> alerts;
    if (!filter.isMissingNode()) {
      alerts = current(tenant, filter);
    } else if (given.isMissingNode()) {
      alerts = List.of(sample(now));
    } else {
      alerts = posted(given, now);
    }
    if (alerts.isEmpty() || alerts.size() > ALERTS_MAX) {
      throw RequestException.bad(
          "a notification tells of 1 to %d alerts, got %d".formatted(ALERTS_MAX, alerts.size()));
    }
    return alerts;
  }

  private List<ReceivedAlerts.Row> current(TenantId tenant, JsonNode filter) {
    if (!filter.isArray()) {
      throw RequestException.bad("the field 'currentAlerts' must be a list of matchers");
    }
    List<String> matchers = new ArrayList<>();
    filter.forEach(each -> matchers.add(each.asText()));
    try {
      return current.matching(tenant, matchers);
    } catch (IllegalArgumentException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
  }

  private static List<ReceivedAlerts.Row> posted(JsonNode given, long now) {
    try {
      return PostedAlerts.read(JSON.writeValueAsBytes(given)).stream()
          .map(alert -> row(alert, now))
          .toList();
    } catch (MalformedBodyException e) {
      throw new RequestException(400, "alerts: " + e.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new RequestException(400, "alerts must be a list", e);
    }
  }

  private static ReceivedAlerts.Row row(PostedAlerts.Posted alert, long now) {
    long end = nanos(alert.endsAt(), 0);
    return new ReceivedAlerts.Row(
        alert.labels(),
        alert.annotations(),
        nanos(alert.startsAt(), now),
        end > now ? 0 : end,
        now,
        false,
        alert.generatorUrl());
  }

  private static long nanos(@Nullable Instant time, long absent) {
    return time == null ? absent : time.getEpochSecond() * NANOS_PER_SECOND + time.getNano();
  }

  private static ReceivedAlerts.Row sample(long now) {
    return new ReceivedAlerts.Row(
        Labels.of("alertname", "TestAlert", "instance", "ghostworks", "severity", "info"),
        Labels.of(
            "summary",
            "Notification test",
            "description",
            "Somebody has asked for this notification to see that it arrives."),
        now,
        0,
        now,
        false,
        "");
  }
}
