package io.ghostworks.server.wiring;

import io.ghostworks.model.TenantId;
import io.ghostworks.rules.GroupSettings;
import io.ghostworks.rules.RuleEngine;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.RuleSet;
import io.ghostworks.server.files.ConfigurationFiles;
import io.ghostworks.server.files.TenantRules;
import io.ghostworks.server.rules.StoredRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * All rules of all tenants: those of the files that hold, and those that clients store. A change of
 * either takes effect whole before the next. Thread-safe.
 */
final class RuleSources {

  private final TenantId operator;
  private final RuleEngine engine;
  private final StoredRules stored;
  private final BiFunction<ConfigurationFiles, TenantId, GroupSettings> settings;
  private ConfigurationFiles files;

  /**
   * @param settings of a tenant's groups under some files
   */
  RuleSources(
      TenantId operator,
      RuleEngine engine,
      StoredRules stored,
      ConfigurationFiles files,
      BiFunction<ConfigurationFiles, TenantId, GroupSettings> settings) {
    this.operator = operator;
    this.engine = engine;
    this.stored = stored;
    this.files = files;
    this.settings = settings;
  }

  /** What counts for a tenant's groups at the moment. */
  synchronized GroupSettings settings(TenantId tenant) {
    return settings.apply(files, tenant);
  }

  /** A tenant's rules at the moment, those that come with the program aside. */
  synchronized List<RuleFile> rules(TenantId tenant) {
    return set(tenant).files();
  }

  /** Begins to evaluate. */
  synchronized void start() {
    stored.open(this::storedChanged);
    engine.start(sets());
  }

  /** From now on other files hold. */
  synchronized void replace(ConfigurationFiles anew) {
    files = anew;
    engine.replace(sets());
  }

  private synchronized void storedChanged(TenantId tenant) {
    engine.replaceTenant(set(tenant));
  }

  private List<RuleSet> sets() {
    Set<TenantId> tenants = new LinkedHashSet<>();
    tenants.add(operator);
    files.tenantRules().forEach(each -> tenants.add(each.tenant()));
    tenants.addAll(stored.tenants());
    return tenants.stream().map(this::set).toList();
  }

  private RuleSet set(TenantId tenant) {
    List<RuleFile> all = new ArrayList<>();
    if (tenant.equals(operator)) {
      all.addAll(files.rules());
    }
    for (TenantRules each : files.tenantRules()) {
      if (each.tenant().equals(tenant)) {
        all.addAll(each.files());
      }
    }
    all.addAll(stored.files(tenant));
    return new RuleSet(settings.apply(files, tenant), all);
  }
}
