package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The accounts of all tenants. Thread-safe. */
final class Accounts {
  private final PlatformMetrics metrics;
  private final Map<TenantId, TenantAccount> byTenant = new ConcurrentHashMap<>();

  Accounts(PlatformMetrics metrics) {
    this.metrics = metrics;
  }

  TenantAccount of(TenantId tenant) {
    return byTenant.computeIfAbsent(tenant, t -> new TenantAccount(t, metrics));
  }
}
