package io.ghostworks.server.settings;

import io.ghostworks.collector.generator.GeneratorSettings;
import io.ghostworks.model.TenantId;
import java.util.Map;

/**
 * What metrics are made of spans.
 *
 * @param standard for every tenant that is not in {@code tenants}
 */
public record MetricsGeneratorSettings(
    GeneratorSettings standard, Map<TenantId, GeneratorSettings> tenants) {

  public MetricsGeneratorSettings {
    tenants = Map.copyOf(tenants);
  }

  /** The settings of one tenant. */
  public GeneratorSettings of(TenantId tenant) {
    return tenants.getOrDefault(tenant, standard);
  }
}
