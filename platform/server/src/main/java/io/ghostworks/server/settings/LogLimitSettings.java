package io.ghostworks.server.settings;

import io.ghostworks.model.TenantId;
import io.ghostworks.records.LogLimits;
import java.util.Map;

/**
 * What tenants may send of log records.
 *
 * @param standard for every tenant that is not in {@code tenants}
 */
public record LogLimitSettings(LogLimits standard, Map<TenantId, LogLimits> tenants) {

  public LogLimitSettings {
    tenants = Map.copyOf(tenants);
  }

  /** The limits of one tenant. */
  public LogLimits of(TenantId tenant) {
    return tenants.getOrDefault(tenant, standard);
  }
}
