package io.ghostworks.server.settings;

import io.ghostworks.model.TenantId;
import java.util.Map;

/**
 * What queries of log records may ask for.
 *
 * @param standard for every tenant that is not in {@code tenants}
 */
public record LogQueryLimitSettings(
    LogQueryLimits standard, Map<TenantId, LogQueryLimits> tenants) {

  public LogQueryLimitSettings {
    tenants = Map.copyOf(tenants);
  }

  /** The limits of one tenant. */
  public LogQueryLimits of(TenantId tenant) {
    return tenants.getOrDefault(tenant, standard);
  }
}
