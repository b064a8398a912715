package io.ghostworks.server.settings;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.model.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what {@code limits} of {@code ghostworks.yml} says about stored rules, for all tenants and,
 * under {@code tenants}, with the same keys for single ones.
 */
final class RulerLimitsReader {

  private static final String RULES = "ruler_max_rules_per_rule_group";
  private static final String GROUPS = "ruler_max_rule_groups_per_tenant";

  private RulerLimitsReader() {}

  static RulerLimitSettings read(ConfigMap map) {
    RulerLimits standard = limits(map, RulerLimits.DEFAULT);
    Map<TenantId, RulerLimits> tenants = new LinkedHashMap<>();
    map.map("tenants")
        .ifPresent(named -> {
          for (String id : named.keys()) {
            named
                .map(id)
                .filter(own -> TenantId.isValid(id))
                .ifPresent(own -> tenants.put(new TenantId(id), limits(own, standard)));
          }
        });
    return new RulerLimitSettings(standard, tenants);
  }

  /** Names the keys of a tenant's mapping that belong to this reader. */
  static void know(ConfigMap ofTenant) {
    ofTenant.know(RULES, GROUPS);
  }

  private static RulerLimits limits(ConfigMap map, RulerLimits absent) {
    return new RulerLimits(
        (int) map.integer(RULES, absent.rulesPerGroupMax(), 0, 1_000_000),
        (int) map.integer(GROUPS, absent.groupsMax(), 0, 1_000_000));
  }
}
