package io.ghostworks.server.settings;

import io.ghostworks.alertmanager.deliver.NotificationLimits;
import io.ghostworks.model.TenantId;
import java.util.Map;

/**
 * How many notifications tenants' receivers get.
 *
 * @param standard for every tenant that is not in {@code tenants}
 */
public record NotificationLimitSettings(
    NotificationLimits standard, Map<TenantId, NotificationLimits> tenants) {

  /** The same for all. */
  public static final NotificationLimitSettings DEFAULT =
      new NotificationLimitSettings(NotificationLimits.DEFAULT, Map.of());

  public NotificationLimitSettings {
    tenants = Map.copyOf(tenants);
  }

  public NotificationLimits of(TenantId tenant) {
    return tenants.getOrDefault(tenant, standard);
  }
}
