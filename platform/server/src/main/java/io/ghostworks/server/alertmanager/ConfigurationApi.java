package io.ghostworks.server.alertmanager;

import io.ghostworks.alertmanager.config.SecretMask;
import io.ghostworks.config.ConfigException;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.state.AlertmanagerConfigurations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Mimir's configuration API for the Alertmanager of a tenant: {@code /api/v1/alerts} on the web
 * listener. The operator's tenant follows its {@code alertmanager.yml} instead.
 */
public final class ConfigurationApi {

  private static final String PATH = "/api/v1/alerts";

  /** Grafana takes this text for a configuration that is still empty. */
  private static final String NOT_FOUND = "alertmanager storage object not found\n";

  private static final String OPERATORS =
      "the operator's tenant '%s' is configured by alertmanager.yml (files.alertmanager of"
          + " ghostworks.yml): change the file and reload\n";

  private final TenantAlertmanagers alertmanagers;
  private final Bodies bodies;
  private final Executor storing;

  /**
   * @param storing runs what waits for the disk
   */
  public ConfigurationApi(TenantAlertmanagers alertmanagers, Bodies bodies, Executor storing) {
    this.alertmanagers = alertmanagers;
    this.bodies = bodies;
    this.storing = storing;
  }

  public void addTo(Routes routes) {
    Routes.Api api = routes.api(ListenerName.WEB, "", ErrorForm.TEXT);
    // A reader of Grafana's data source asks these to learn which of Mimir and Prometheus is here.
    routes.api(ListenerName.WEB, "", new AlertmanagerErrors()).refuseUnknown("/api/v2");
    add(api::get, PATH, this::configuration);
    add(api::post, PATH, this::set);
    add(api::delete, PATH, this::delete);
    add(api::get, "/api/platform/alerts/configurations", this::versions);
  }

  @FunctionalInterface
  private interface Adding {
    Routes.Api add(
        String path,
        Permission permission,
        Route.Work work,
        io.ghostworks.server.http.Endpoint endpoint);
  }

  private void add(Adding adding, String path, Function<Exchange, Answer> answering) {
    var _ =
        adding.add(
            path,
            Permission.ADMIN,
            Route.Work.INGEST,
            e -> CompletableFuture.supplyAsync(() -> answering.apply(e), storing));
  }

  private Answer configuration(Exchange exchange) {
    if (alertmanagers.isOperator(exchange.tenant())) {
      String original = alertmanagers.api(exchange.tenant()).original();
      return yaml(new TenantConfiguration(SecretMask.masked(original), Map.of()));
    }
    return alertmanagers
        .configuration(exchange.tenant())
        .map(ConfigurationApi::yaml)
        .orElse(Answer.text(404, NOT_FOUND));
  }

  private static Answer yaml(TenantConfiguration configuration) {
    return new Answer(200, "application/yaml", configuration.yaml(), Map.of());
  }

  private Answer set(Exchange exchange) {
    if (alertmanagers.isOperator(exchange.tenant())) {
      return Answer.text(403, OPERATORS.formatted(exchange.tenant()));
    }
    byte[] body = bodies.decompressed(exchange);
    if (body.length > TenantConfiguration.BYTES_MAX) {
      return Answer.text(
          400,
          "Alertmanager configuration is too big, limit: %d bytes\n"
              .formatted(TenantConfiguration.BYTES_MAX));
    }
    TenantConfiguration configuration;
    try {
      configuration = TenantConfiguration.read(body);
    } catch (ConfigException e) {
      return Answer.text(
          400, "error marshalling YAML Alertmanager config: %s\n".formatted(e.getMessage()));
    }
    if (configuration.text().isEmpty()) {
      return invalid(
          "configuration provided is empty, if you'd like to remove your configuration please use"
              + " the delete configuration endpoint");
    }
    try {
      alertmanagers.configure(exchange.tenant(), configuration);
      return Answer.empty(201);
    } catch (ConfigException e) {
      return invalid(String.valueOf(e.getMessage()));
    }
  }

  private static Answer invalid(String why) {
    return Answer.text(400, "error validating Alertmanager config: %s\n".formatted(why));
  }

  private Answer delete(Exchange exchange) {
    if (alertmanagers.isOperator(exchange.tenant())) {
      return Answer.text(403, OPERATORS.formatted(exchange.tenant()));
    }
    alertmanagers.unconfigure(exchange.tenant());
    return Answer.empty(200);
  }

  private record VersionView(
      long version,
      String createdAt,
      boolean deleted,
      String configuration,
      Map<String, String> templateFiles) {}

  private record VersionsView(List<VersionView> versions) {}

  private Answer versions(Exchange exchange) {
    return Views.answer(
        new VersionsView(
            alertmanagers.versions(exchange.tenant()).stream()
                .map(ConfigurationApi::view)
                .toList()));
  }

  private static VersionView view(AlertmanagerConfigurations.Row row) {
    return new VersionView(
        row.version(),
        Instant.ofEpochSecond(0, row.createdAtNanos()).toString(),
        row.deleted(),
        SecretMask.hidden(row.configuration()),
        row.deleted() ? Map.of() : TenantConfiguration.of(row).templates());
  }
}
