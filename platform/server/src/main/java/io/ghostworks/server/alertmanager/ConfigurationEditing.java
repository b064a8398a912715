package io.ghostworks.server.alertmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.alertmanager.alert.Fingerprint;
import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.Route;
import io.ghostworks.alertmanager.config.SecretMask;
import io.ghostworks.config.ConfigError;
import io.ghostworks.config.ConfigException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route.Work;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.state.AlertmanagerConfigurations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How people edit the configuration of a tenant's Alertmanager: {@code
 * /api/platform/alerts/configuration}. Secrets are never given; where an edited text has {@code
 * <secret>} the stored one stays. The operator's file is shown and not changed.
 */
public final class ConfigurationEditing {

  private static final String PATH = "/api/platform/alerts/configuration";
  private static final int ALERTS_MAX = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TenantAlertmanagers alertmanagers;
  private final Bodies bodies;
  private final Executor storing;

  /**
   * @param storing runs what waits for the disk
   */
  public ConfigurationEditing(TenantAlertmanagers alertmanagers, Bodies bodies, Executor storing) {
    this.alertmanagers = alertmanagers;
    this.bodies = bodies;
    this.storing = storing;
  }

  public void addTo(Routes routes) {
    Routes.Api api = routes.api(ListenerName.WEB, "", ErrorForm.TEXT);
    api.get(PATH, Permission.READ, Work.QUERY, later(this::shown))
        .post(PATH, Permission.ADMIN, Work.INGEST, later(this::save))
        .post(PATH + "/check", Permission.ADMIN, Work.QUERY, later(this::check))
        .post(
            "/api/platform/alerts/configurations/restore",
            Permission.ADMIN,
            Work.INGEST,
            later(this::restore));
  }

  private io.ghostworks.server.http.Endpoint later(Function<Exchange, Answer> answering) {
    return exchange -> CompletableFuture.supplyAsync(() -> answering.apply(exchange), storing);
  }

  /**
   * @param source {@code file}, {@code stored} or {@code none}
   * @param version of what is stored
   */
  private record Shown(
      String source,
      @Nullable Long version,
      String configuration,
      Map<String, String> templateFiles,
      List<Receiver> receivers) {}

  private record Receiver(String name, List<String> integrations) {
    static Receiver of(AlertmanagerConfig.Receiver receiver) {
      return new Receiver(
          receiver.name(), receiver.integrations().stream().map(each -> each.kind()).toList());
    }
  }

  private Answer shown(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    List<Receiver> receivers =
        alertmanagers.config(tenant).receivers().stream().map(Receiver::of).toList();
    if (alertmanagers.isOperator(tenant)) {
      String original = alertmanagers.api(tenant).original();
      return Views.answer(
          new Shown("file", null, SecretMask.hidden(original), Map.of(), receivers));
    }
    Optional<AlertmanagerConfigurations.Row> current = current(tenant);
    return Views.answer(
        current
            .map(row -> {
              TenantConfiguration stored = TenantConfiguration.of(row);
              return new Shown(
                  "stored",
                  row.version(),
                  SecretMask.hidden(stored.text()),
                  new TreeMap<>(stored.templates()),
                  receivers);
            })
            .orElse(new Shown("none", null, "", Map.of(), List.of())));
  }

  private Optional<AlertmanagerConfigurations.Row> current(TenantId tenant) {
    return alertmanagers.versions(tenant).stream().findFirst().filter(row -> !row.deleted());
  }

  private Answer save(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    refuseOperator(tenant);
    JsonNode body = body(exchange);
    long newest = current(tenant).map(AlertmanagerConfigurations.Row::version).orElse(0L);
    if (body.has("version") && body.path("version").asLong() != newest) {
      throw new RequestException(
          409, "the configuration was changed meanwhile: load it anew and make your changes again");
    }
    try {
      alertmanagers.configure(tenant, alertmanagers.whole(tenant, edited(body)));
    } catch (ConfigException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
    return Answer.empty(204);
  }

  private Answer restore(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    refuseOperator(tenant);
    String wanted = exchange.parameter("version").orElse("");
    AlertmanagerConfigurations.Row row =
        alertmanagers.versions(tenant).stream()
            .filter(each -> Long.toString(each.version()).equals(wanted) && !each.deleted())
            .findFirst()
            .orElseThrow(() ->
                new RequestException(
                    404, "there is no version '%s' that could be restored".formatted(wanted)));
    try {
      alertmanagers.configure(tenant, TenantConfiguration.of(row));
    } catch (ConfigException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
    return Answer.empty(204);
  }

  private void refuseOperator(TenantId tenant) {
    if (alertmanagers.isOperator(tenant)) {
      throw new RequestException(
          403,
          "the operator's tenant '%s' is configured by alertmanager.yml: change the file and reload"
              .formatted(tenant));
    }
  }

  /**
   * @param line from 1; 0 where none can be named
   */
  private record Mistake(int line, String key, String message) {
    static Mistake of(ConfigError error) {
      String value = error.value().isEmpty() ? "" : ", got '%s'".formatted(error.value());
      String mending = error.howToMend().isEmpty() ? "" : "; " + error.howToMend();
      return new Mistake(error.line(), error.keyPath(), error.rule() + value + mending);
    }
  }

  private record Told(String receiver, List<String> path) {}

  private record Change(
      Map<String, String> labels, String fingerprint, List<Told> before, List<Told> after) {}

  /**
   * @param changes of who is told of the alerts that are known
   * @param alerts how many were looked at
   */
  private record Checked(
      List<Mistake> mistakes, List<Receiver> receivers, List<Change> changes, int alerts) {}

  private Answer check(Exchange exchange) {
    TenantId tenant = exchange.tenant();
    TenantConfiguration edited = edited(body(exchange));
    AlertmanagerConfig after;
    try {
      after = alertmanagers.draft(tenant, edited.text(), edited.templates());
    } catch (ConfigException e) {
      return Views.answer(
          new Checked(e.errors().stream().map(Mistake::of).toList(), List.of(), List.of(), 0));
    }
    Route before = alertmanagers.config(tenant).route();
    Set<Labels> known = new LinkedHashSet<>();
    alertmanagers.alerts(tenant, List.of()).forEach(alert -> known.add(alert.labels()));
    List<Change> changes = new ArrayList<>();
    for (Labels labels : known) {
      if (changes.size() < ALERTS_MAX) {
        changes.add(
            new Change(
                labels.toMap(),
                Fingerprint.of(labels),
                told(before, labels),
                told(after.route(), labels)));
      }
    }
    return Views.answer(
        new Checked(
            List.of(),
            after.receivers().stream().map(Receiver::of).toList(),
            changes,
            known.size()));
  }

  private static List<Told> told(Route root, Labels labels) {
    return root.match(labels).stream()
        .map(route -> new Told(route.options().receiver(), List.of(route.id())))
        .toList();
  }

  private JsonNode body(Exchange exchange) {
    byte[] bytes = bodies.decompressed(exchange);
    if (bytes.length > 2 * TenantConfiguration.BYTES_MAX) {
      throw new RequestException(
          413, "a configuration may have %d bytes".formatted(TenantConfiguration.BYTES_MAX));
    }
    try {
      JsonNode node = JSON.readTree(bytes);
      if (node != null && node.isObject() && node.path("configuration").isTextual()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new RequestException(400, "the body must be JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new RequestException(400, "the body must be JSON", e);
    }
    throw RequestException.bad("the body must be a JSON object with the text 'configuration'");
  }

  private static TenantConfiguration edited(JsonNode body) {
    Map<String, String> templates = new TreeMap<>();
    body.path("templateFiles")
        .properties()
        .forEach(entry -> templates.put(entry.getKey(), entry.getValue().asText()));
    String text = body.path("configuration").asText();
    if (text.length() > TenantConfiguration.BYTES_MAX) {
      throw new RequestException(
          413, "a configuration may have %d bytes".formatted(TenantConfiguration.BYTES_MAX));
    }
    return new TenantConfiguration(text, templates);
  }
}
