package io.ghostworks.server.settings;

import io.ghostworks.model.TenantId;
import io.ghostworks.records.SpanLimits;
import java.util.Map;

/**
 * What tenants may send of spans.
 *
 * @param standard for every tenant that is not in {@code tenants}
 */
public record SpanLimitSettings(SpanLimits standard, Map<TenantId, SpanLimits> tenants) {

  public SpanLimitSettings {
    tenants = Map.copyOf(tenants);
  }

  /** The limits of one tenant. */
  public SpanLimits of(TenantId tenant) {
    return tenants.getOrDefault(tenant, standard);
  }
}
