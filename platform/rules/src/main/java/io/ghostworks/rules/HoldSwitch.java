package io.ghostworks.rules;

import io.ghostworks.model.TenantId;

/** Says whether the data of a tenant are whole enough to judge alerts by them. */
@FunctionalInterface
public interface HoldSwitch {

  /** Data are always whole: for tests and tools. */
  HoldSwitch NEVER = tenant -> "";

  /**
   * Why the tenant's alerts must keep their states now (data are replayed, refused or partial), or
   * "" if they need not.
   */
  String reason(TenantId tenant);
}
