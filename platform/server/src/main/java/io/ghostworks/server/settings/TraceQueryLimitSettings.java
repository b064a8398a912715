package io.ghostworks.server.settings;

import io.ghostworks.model.TenantId;
import java.util.Map;

/**
 * What queries of traces may ask for.
 *
 * @param standard for every tenant that is not in {@code tenants}
 */
public record TraceQueryLimitSettings(
    TraceQueryLimits standard, Map<TenantId, TraceQueryLimits> tenants) {

  public TraceQueryLimitSettings {
    tenants = Map.copyOf(tenants);
  }

  /** The limits of one tenant. */
  public TraceQueryLimits of(TenantId tenant) {
    return tenants.getOrDefault(tenant, standard);
  }
}
