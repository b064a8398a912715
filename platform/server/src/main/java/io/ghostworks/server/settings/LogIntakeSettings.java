package io.ghostworks.server.settings;

import io.ghostworks.model.TenantId;
import io.ghostworks.wire.logs.RecordFields;
import io.ghostworks.wire.loki.ServiceName;
import io.ghostworks.wire.otlp.logs.LogStreams;
import java.util.Map;

/**
 * How tenants' log records are filed, and what is looked for in them.
 *
 * @param standard for every tenant that is not in {@code tenants}
 */
public record LogIntakeSettings(LogIntake standard, Map<TenantId, LogIntake> tenants) {

  public LogIntakeSettings {
    tenants = Map.copyOf(tenants);
  }

  /**
   * What one tenant has.
   *
   * @param fields finds levels and trace context
   * @param streams files OTLP log records
   * @param serviceName finds the names of services
   */
  public record LogIntake(RecordFields fields, LogStreams streams, ServiceName serviceName) {}

  /** How one tenant's log records are filed. */
  public LogIntake of(TenantId tenant) {
    return tenants.getOrDefault(tenant, standard);
  }
}
