package io.ghostworks.server.settings;

import io.ghostworks.alertmanager.deliver.NotificationLimits;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.model.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what {@code limits} of {@code ghostworks.yml} says about notifications, for all tenants
 * and, under {@code tenants}, with the same keys for single ones.
 */
final class NotificationLimitsReader {

  private static final String RECEIVER_RATE = "notifications_per_minute";
  private static final String RECEIVER_BURST = "notifications_burst";
  private static final String TENANT_RATE = "tenant_notifications_per_minute";
  private static final String TENANT_BURST = "tenant_notifications_burst";
  private static final int MAX = 1_000_000;

  private NotificationLimitsReader() {}

  static NotificationLimitSettings read(ConfigMap map) {
    NotificationLimits standard = limits(map, NotificationLimits.DEFAULT);
    Map<TenantId, NotificationLimits> tenants = new LinkedHashMap<>();
    map.map("tenants")
        .ifPresent(named -> {
          for (String id : named.keys()) {
            named
                .map(id)
                .filter(own -> TenantId.isValid(id))
                .ifPresent(own -> tenants.put(new TenantId(id), limits(own, standard)));
          }
        });
    return new NotificationLimitSettings(standard, tenants);
  }

  /** Names the keys of a tenant's mapping that belong to this reader. */
  static void know(ConfigMap ofTenant) {
    ofTenant.know(RECEIVER_RATE, RECEIVER_BURST, TENANT_RATE, TENANT_BURST);
  }

  private static NotificationLimits limits(ConfigMap map, NotificationLimits absent) {
    return new NotificationLimits(
        (int) map.integer(RECEIVER_RATE, absent.receiverPerMinute(), 1, MAX),
        (int) map.integer(RECEIVER_BURST, absent.receiverBurst(), 1, MAX),
        (int) map.integer(TENANT_RATE, absent.tenantPerMinute(), 1, MAX),
        (int) map.integer(TENANT_BURST, absent.tenantBurst(), 1, MAX));
  }
}
