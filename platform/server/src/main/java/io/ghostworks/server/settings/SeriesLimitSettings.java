package io.ghostworks.server.settings;

import io.ghostworks.model.TenantId;
import io.ghostworks.series.SeriesLimits;
import java.util.Map;
import java.util.Set;

/**
 * What tenants may store of series.
 *
 * @param standard for every tenant that is not in {@code tenants}
 * @param windowGiven whether the file names an out-of-order window for all tenants
 * @param tenantsWithWindow for which it names one of their own
 */
public record SeriesLimitSettings(
    SeriesLimits standard,
    Map<TenantId, SeriesLimits> tenants,
    boolean windowGiven,
    Set<TenantId> tenantsWithWindow) {

  public SeriesLimitSettings {
    tenants = Map.copyOf(tenants);
    tenantsWithWindow = Set.copyOf(tenantsWithWindow);
  }

  /** The limits of one tenant. */
  public SeriesLimits of(TenantId tenant) {
    return tenants.getOrDefault(tenant, standard);
  }

  /** Whether the file names the tenant's out-of-order window. */
  public boolean givesWindow(TenantId tenant) {
    return windowGiven || tenantsWithWindow.contains(tenant);
  }
}
