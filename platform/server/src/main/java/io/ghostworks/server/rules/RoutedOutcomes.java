package io.ghostworks.server.rules;

import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.Route;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.rules.review.AlertOutcomes;
import io.ghostworks.server.alertmanager.TenantAlertmanagers;
import java.util.ArrayList;
import java.util.List;

/** Asks a tenant's routes, silences and incidents. A receiver that tells nobody counts as none. */
final class RoutedOutcomes implements AlertOutcomes {
  private final TenantId tenant;
  private final TenantAlertmanagers alertmanagers;
  private final AlertmanagerConfig config;
  private final Labels externalLabels;
  private final AcknowledgedAlerts acknowledged;

  /**
   * @param config of the tenant
   * @param externalLabels that are added to alerts where they do not have them
   */
  RoutedOutcomes(
      TenantId tenant,
      TenantAlertmanagers alertmanagers,
      AlertmanagerConfig config,
      Labels externalLabels,
      AcknowledgedAlerts acknowledged) {
    this.tenant = tenant;
    this.alertmanagers = alertmanagers;
    this.config = config;
    this.externalLabels = externalLabels;
    this.acknowledged = acknowledged;
  }

  @Override
  public List<String> receivers(Labels labels) {
    Labels sent = sent(labels);
    List<String> receivers = new ArrayList<>();
    for (Route route : config.route().match(sent)) {
      String name = route.options().receiver();
      if (!config.receiver(name).integrations().isEmpty() && !receivers.contains(name)) {
        receivers.add(name);
      }
    }
    return receivers;
  }

  @Override
  public boolean wasSilenced(Labels labels, long startMs, long endMs) {
    return alertmanagers.wasSilenced(tenant, sent(labels), startMs * 1_000_000, endMs * 1_000_000);
  }

  @Override
  public boolean wasAcknowledged(Labels labels, long startMs, long endMs) {
    return acknowledged.between(sent(labels), startMs, endMs);
  }

  private Labels sent(Labels labels) {
    Labels.Builder sent = labels.toBuilder();
    externalLabels.forEach((name, value) -> {
      if (!labels.has(name)) {
        sent.set(name, value);
      }
    });
    return sent.build();
  }
}
