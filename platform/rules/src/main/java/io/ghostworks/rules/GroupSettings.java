package io.ghostworks.rules;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.relabel.RelabelRule;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What counts for all groups.
 *
 * @param tenant whose data the rules read and write
 * @param interval how often groups without an interval of their own are evaluated
 * @param queryOffset how far back groups without an offset of their own look
 * @param externalLabels added to alerts where they do not have them, and given to templates
 * @param alertRelabelRules change the labels of alerts that are told, after external labels are
 *     added; an alert that they drop is not told
 * @param externalUrl where people reach this platform
 * @param resendDelay how often a firing alert is told again
 */
public record GroupSettings(
    TenantId tenant,
    Duration interval,
    Duration queryOffset,
    Labels externalLabels,
    List<RelabelRule> alertRelabelRules,
    URI externalUrl,
    Duration resendDelay) {

  public GroupSettings {
    alertRelabelRules = List.copyOf(alertRelabelRules);
  }

  /** Prometheus's defaults for a tenant. */
  public static GroupSettings defaults(TenantId tenant, URI externalUrl) {
    return new GroupSettings(
        tenant,
        Duration.ofMinutes(1),
        Duration.ZERO,
        Labels.EMPTY,
        List.of(),
        externalUrl,
        Duration.ofMinutes(1));
  }

  /** The address without a slash at its end. */
  String externalAddress() {
    String address = externalUrl.toString();
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
