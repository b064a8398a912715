package io.ghostworks.server.settings;

import io.ghostworks.model.TenantId;
import java.util.Map;

/**
 * How many rules tenants may store.
 *
 * @param standard for every tenant that is not in {@code tenants}
 */
public record RulerLimitSettings(RulerLimits standard, Map<TenantId, RulerLimits> tenants) {

  public RulerLimitSettings {
    tenants = Map.copyOf(tenants);
  }

  /** The limits of one tenant. */
  public RulerLimits of(TenantId tenant) {
    return tenants.getOrDefault(tenant, standard);
  }
}
