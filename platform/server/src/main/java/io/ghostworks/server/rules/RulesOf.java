package io.ghostworks.server.rules;

import io.ghostworks.model.TenantId;
import io.ghostworks.rules.GroupSettings;
import io.ghostworks.rules.RuleFile;
import io.ghostworks.rules.RuleLanguage;
import io.ghostworks.rules.RuleViews;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The rules of PromQL of a tenant at the moment.
 *
 * @param files its rules of files and of the ruler API
 * @param storedRules those of the ruler API as they were sent
 * @param settings what counts for its groups
 * @param views how they were evaluated
 */
public record RulesOf(
    Function<TenantId, List<RuleFile>> files,
    StoredRules storedRules,
    Function<TenantId, GroupSettings> settings,
    Function<TenantId, RuleViews> views) {

  List<RuleFile> loaded(TenantId tenant) {
    return files.apply(tenant).stream()
        .filter(file -> file.language() == RuleLanguage.PROMQL)
        .toList();
  }

  /** The groups that clients store, as YAML by namespace. */
  Map<String, List<String>> stored(TenantId tenant) {
    return storedRules.bodies(tenant, RuleLanguage.PROMQL, "");
  }
}
