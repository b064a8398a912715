package io.ghostworks.rules;

import io.ghostworks.model.TenantId;
import java.util.Optional;

/** Says whether the data of a tenant are whole enough to judge alerts by them. */
@FunctionalInterface
public interface HoldSwitch {

  /** Data are always whole: for tests, tools and rules that read no data. */
  HoldSwitch NEVER = tenant -> Optional.empty();

  /** Why the tenant's alerts must keep their states now; empty if they need not. */
  Optional<Hold> find(TenantId tenant);
}
