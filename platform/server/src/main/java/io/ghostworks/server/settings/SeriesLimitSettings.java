package io.ghostworks.server.settings;

import io.ghostworks.model.TenantId;
import io.ghostworks.series.SeriesLimits;
import java.util.Map;

/**
 * What tenants may store of series.
 *
 * @param standard for every tenant that is not in {@code tenants}
 */
public record SeriesLimitSettings(SeriesLimits standard, Map<TenantId, SeriesLimits> tenants) {

  public SeriesLimitSettings {
    tenants = Map.copyOf(tenants);
  }

  /** The limits of one tenant. */
  public SeriesLimits of(TenantId tenant) {
    return tenants.getOrDefault(tenant, standard);
  }
}
